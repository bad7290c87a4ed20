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

/** An entry, and the text of it that stands in `liste-DD.json`. */
export interface ToldEntry {
  readonly entry: Entry;
  readonly text: string;
}

/** The engine writes JSON as JSON.stringify does, but for control characters: `\u000B`, not `\u000b`. */
const CONTROL_CHARACTER = '\\u00';

/** The entry that `ENTRY_SQL` gave. */
export function parseEntry(told: string): ToldEntry {
  const entry = JSON.parse(told) as Entry;
  return { entry, text: told.includes(CONTROL_CHARACTER) ? JSON.stringify(entry) : told };
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
