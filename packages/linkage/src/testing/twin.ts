import type { LinkRule } from '../exact/spec.ts';
import type { TestRecord } from './people.ts';
import { twinLitiges } from './twin-litiges.ts';
import { twinPersons } from './twin-persons.ts';
import { Cluster, idsOf, sameDate, sameNameCompatibleFirstName } from './twin-records.ts';

/** The rules of the first stage once more, pair by pair and slowly, as they are told. Only for small worlds. */
export interface TwinResult {
  readonly personOf: ReadonlyMap<string, string>;
  /** Every pair of persons of which a person must decide, as `reason l r`. */
  readonly litigePairs: ReadonlySet<string>;
  /** Persons that are in two exclusive places at once. */
  readonly tornPersons: ReadonlySet<string>;
  /** Whether a rule allows a link between two records. */
  allows(a: string, b: string, rule: LinkRule, type: string | null): boolean;
}

function isAllowed(a: TestRecord, b: TestRecord, rule: LinkRule, type: string | null): boolean {
  if (rule === 'same_name_birth_date') {
    const keys = new Cluster('', [b]).keys();
    return type === null && new Cluster('', [a]).keys().some((key) => keys.includes(key));
  }
  if (type === null || !idsOf(a).has(type) || idsOf(a).get(type) !== idsOf(b).get(type)) return false;
  return rule === 'same_identifier_birth_date' ? sameDate(a, b) : sameNameCompatibleFirstName(a, b);
}

export function twinLinkage(records: readonly TestRecord[]): TwinResult {
  const found = twinPersons(records);
  const of = (id: string): TestRecord => records.find((r) => r.id === id) ?? { id };
  return {
    personOf: found.personOf,
    ...twinLitiges(records, found),
    allows: (a, b, rule, type) => isAllowed(of(a), of(b), rule, type),
  };
}
