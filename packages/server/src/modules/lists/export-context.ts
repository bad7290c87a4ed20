import type { CivilDate } from '../../kernel/civil-date.ts';
import type { RuleSet } from '../eligibility/index.ts';
import type { EntryCell } from './entry-columns.ts';
import type { MissingSource, SourceBasis } from './freshness.ts';

/** What every list of a campaign says of itself. */
export interface ListContext {
  readonly campaign: string;
  readonly asOf: CivilDate;
  readonly ruleSet: RuleSet;
  readonly sources: readonly SourceBasis[];
  /** Required sources that nobody sent, published all the same because the operator allowed it. */
  readonly missingSources: readonly MissingSource[];
}

/** One département's list: its code and its name. */
export interface ListHead {
  readonly department: string;
  readonly departmentName: string;
}

/** An entry as the files of a list tell it, worked out once for all of them. */
export interface ListRow {
  /** Its JSON. */
  readonly text: string;
  /** One a column of `ENTRY_COLUMNS`. */
  readonly cells: readonly EntryCell[];
}

/** Takes the entries of one list, page by page, and writes a file. */
export interface ListWriter {
  add(rows: readonly ListRow[]): Promise<void> | void;
  close(): Promise<void> | void;
}

/** What an empty list says. */
export const EMPTY_LIST_NOTICE =
  'Personne n’est à signaler ici pour cette campagne. La liste est vide, mais elle a bien été établie.';

/** « établissements scolaires, missions locales », or null when nothing is missing. */
export function missingSourcesText(context: ListContext): string | null {
  const labels = context.missingSources.map((source) => source.label);
  return labels.length > 0 ? labels.join(', ') : null;
}

/** A date as people write it: dd/mm/yyyy. */
export function frenchDate(date: CivilDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}
