import type {
  CheckCode,
  KnownSituation,
  LeavingReason,
  MissionLocaleKnowledge,
  PersonFlag,
  Sex,
  Source,
} from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';

/** A listed person as `liste-DD.json` tells them. Source: formats.md §8. An unknown value is null, never ''. */
export interface Entry {
  readonly siei: string;
  readonly familyName: string | null;
  readonly usageName: string | null;
  readonly firstNames: readonly string[];
  readonly sex: Sex | null;
  readonly birthDate: CivilDate;
  /** Full years at the reference date. */
  readonly age: number;
  readonly minor: boolean;
  /**
   * Without lines, nor phones, e-mail or representatives below, when `flags` say that a death is to be checked. All of one
   * sender's row. `commune` is an INSEE code, `country` too (99100 = France).
   */
  readonly address: {
    readonly lines: readonly string[];
    readonly postalCode: string | null;
    readonly commune: string | null;
    readonly communeName: string | null;
    readonly country: string | null;
  };
  readonly phones: readonly string[];
  readonly email: string | null;
  /** Of minors only. */
  readonly legalRepresentatives: readonly LegalRepresentative[];
  readonly lastSchool: { readonly uai: string | null };
  /** `leadsTo`: level of the French scale, 3 to 8. */
  readonly lastTraining: {
    readonly mef: string | null;
    readonly diplomaCode: string | null;
    readonly leadsTo: number | null;
  };
  readonly leftOn: CivilDate | null;
  readonly reason: LeavingReason | null;
  readonly missionLocale: MissionLocaleKnowledge;
  readonly knownSituations: readonly KnownSituation[];
  readonly flags: readonly PersonFlag[];
  /** Every check of the rule set, in order. `evidence`: record ids. */
  readonly checks: readonly {
    readonly check: CheckCode;
    readonly passed: boolean;
    readonly evidence: readonly string[];
  }[];
  /** Where all this was read. */
  readonly records: readonly {
    readonly id: string;
    readonly source: Source;
    readonly file: string;
    readonly position: string;
  }[];
}

export interface LegalRepresentative {
  readonly familyName: string | null;
  readonly firstName: string | null;
  readonly relation: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Fields of JSON, in the order of the properties in the file, and the SQL of each over `lists.entries`. */
const FIELDS = {
  siei: 'siei',
  familyName: 'family_name',
  usageName: 'usage_name',
  firstNames: 'first_names',
  sex: 'sex',
  birthDate: 'birth_date',
  age: 'age',
  minor: 'minor',
  address: structSql({
    lines: 'coalesce(address."lines", [])',
    postalCode: 'address.postal_code',
    commune: 'address.commune',
    communeName: 'address.commune_name',
    country: 'address.country',
  }),
  phones: 'phones',
  email: 'email',
  legalRepresentatives: `list_transform(representatives, lambda one: ${structSql({
    familyName: 'one.family_name',
    firstName: 'one.first_name',
    relation: 'one.relation',
    phone: 'one.phone',
    email: 'one.email',
  })})`,
  lastSchool: structSql({ uai: 'last_uai' }),
  lastTraining: structSql({ mef: 'last_mef', diplomaCode: 'last_diploma_code', leadsTo: 'leads_to' }),
  leftOn: 'left_on',
  reason: 'reason',
  missionLocale: 'mission_locale',
  knownSituations: 'known_situations',
  flags: 'flags',
  checks: `list_transform(checks, lambda one: ${structSql({
    check: 'one.code',
    passed: 'one.passed',
    evidence: 'one.evidence',
  })})`,
  records: `list_transform(records, lambda one: ${structSql({
    id: 'one.id',
    source: 'one.source',
    file: 'one.file',
    position: 'one."position"',
  })})`,
} as const satisfies Readonly<Record<keyof Entry, string>>;

function structSql(fields: Readonly<Record<string, string>>): string {
  return `struct_pack(${Object.entries(fields)
    .map(([name, sql]) => `"${name}" := ${sql}`)
    .join(', ')})`;
}

/**
 * An entry as one text, over `lists.entries`: values within values cost ten times as much when the engine gives them one by one.
 * Read it back with `parseEntry`.
 */
export const ENTRY_SQL = `CAST(to_json(${structSql(FIELDS)}) AS VARCHAR)`;

/** What the columns tell of an entry: nothing of its checks, and of its records only who sent them. */
export interface EntryInColumns extends Omit<Entry, 'checks' | 'records'> {
  /** One a record. */
  readonly sources: readonly Source[];
}

/** What the columns tell of an entry, and the text of all of it that stands in `liste-DD.json`. */
export interface ToldEntry {
  readonly entry: EntryInColumns;
  readonly text: string;
}

/** The engine writes JSON as JSON.stringify does, but for control characters: `\u000B`, not `\u000b`. */
const CONTROL_CHARACTER = '\\u00';

/** The text of the entry that `ENTRY_SQL` gave, as JSON.stringify writes it. */
export function entryText(told: string): string {
  return told.includes(CONTROL_CHARACTER) ? JSON.stringify(JSON.parse(told)) : told;
}

/** What stands between the values that the columns tell and those that they do not. No text of an entry holds it: its quotes would be escaped. */
const CHECKS = ',"checks":[';
const RECORDS = '],"records":[';
const SOURCE = '"source":"';

/**
 * The entry that `ENTRY_SQL` gave. Its checks and records, more than half of a text, are not taken apart, which would cost twice as
 * much as all else: no column tells them.
 */
export function parseEntry(told: string): ToldEntry {
  const text = entryText(told);
  const checks = text.indexOf(CHECKS);
  const records = text.indexOf(RECORDS, checks);
  if (checks < 0 || records < 0) throw new Error('not an entry');
  const entry = JSON.parse(`${text.slice(0, checks)}}`) as Omit<EntryInColumns, 'sources'>;
  return { entry: Object.assign(entry, { sources: sourcesFrom(text, records) }), text };
}

/** Who sent the records that stand in a text from a place on. */
function sourcesFrom(text: string, records: number): Source[] {
  const sources: Source[] = [];
  for (let at = text.indexOf(SOURCE, records); at >= 0; at = text.indexOf(SOURCE, at)) {
    const start = at + SOURCE.length;
    at = text.indexOf('"', start);
    sources.push(text.slice(start, at) as Source);
  }
  return sources;
}

/** Entries held in memory together, as texts: a few megabytes. */
export const PAGE_ENTRIES = 2_000;

/** The entries of one list as `ENTRY_SQL` gives them, page by page, in the order of the list. */
export async function* readEntries(
  database: Database,
  department: string,
): AsyncGenerator<readonly string[]> {
  const [row] = await database.all<{ last: number | null }>(
    'SELECT CAST(max(place) AS INTEGER) AS last FROM lists.entries WHERE department = $1',
    [department],
  );
  // Where entries are taken over, those worked out have places with others between.
  for (let first = 1; first <= (row?.last ?? 0); first += PAGE_ENTRIES) {
    const rows = await database.all<{ entry: string }>(
      `SELECT ${ENTRY_SQL} AS entry FROM lists.entries WHERE department = $1 AND place BETWEEN $2 AND $3 ORDER BY place`,
      [department, first, first + PAGE_ENTRIES - 1],
    );
    if (rows.length > 0) yield rows.map(({ entry }) => entry);
  }
}
