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
import type { Database, SqlRow } from '../../platform/duckdb/database.ts';

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

/** A row of `lists.entries` as the engine gives it back. */
export interface EntryRow extends SqlRow {
  readonly siei: string;
  readonly family_name: string | null;
  readonly usage_name: string | null;
  readonly first_names: string[];
  readonly sex: Sex | null;
  readonly birth_date: CivilDate;
  readonly age: number;
  readonly minor: boolean;
  readonly address: {
    lines: string[];
    postal_code: string | null;
    commune: string | null;
    commune_name: string | null;
    country: string | null;
  } | null;
  readonly phones: string[];
  readonly email: string | null;
  readonly representatives: {
    family_name: string | null;
    first_name: string | null;
    relation: string | null;
    phone: string | null;
    email: string | null;
  }[];
  readonly last_uai: string | null;
  readonly last_mef: string | null;
  readonly last_diploma_code: string | null;
  readonly leads_to: number | null;
  readonly left_on: CivilDate | null;
  readonly reason: LeavingReason | null;
  readonly mission_locale: MissionLocaleKnowledge;
  readonly known_situations: KnownSituation[];
  readonly flags: PersonFlag[];
  readonly checks: { code: CheckCode; passed: boolean; evidence: string[] }[];
  readonly records: { id: string; source: Source; file: string; position: string }[];
}

const NO_ADDRESS = { lines: [], postal_code: null, commune: null, commune_name: null, country: null };

/** The order of the properties is the order in the file. */
export function toEntry(row: EntryRow): Entry {
  const address = row.address ?? NO_ADDRESS;
  return {
    siei: row.siei,
    familyName: row.family_name,
    usageName: row.usage_name,
    firstNames: row.first_names,
    sex: row.sex,
    birthDate: row.birth_date,
    age: row.age,
    minor: row.minor,
    address: {
      lines: address.lines,
      postalCode: address.postal_code,
      commune: address.commune,
      communeName: address.commune_name,
      country: address.country,
    },
    phones: row.phones,
    email: row.email,
    legalRepresentatives: row.representatives.map((one) => ({
      familyName: one.family_name,
      firstName: one.first_name,
      relation: one.relation,
      phone: one.phone,
      email: one.email,
    })),
    lastSchool: { uai: row.last_uai },
    lastTraining: { mef: row.last_mef, diplomaCode: row.last_diploma_code, leadsTo: row.leads_to },
    leftOn: row.left_on,
    reason: row.reason,
    missionLocale: row.mission_locale,
    knownSituations: row.known_situations,
    flags: row.flags,
    checks: row.checks.map(({ code, passed, evidence }) => ({ check: code, passed, evidence })),
    records: row.records.map(({ id, source, file, position }) => ({ id, source, file, position })),
  };
}

/** Entries held in memory together: a few megabytes. */
export const PAGE_ENTRIES = 2_000;

/** The entries of one list, page by page, in the order of the list. */
export async function* readEntries(database: Database, department: string): AsyncGenerator<readonly Entry[]> {
  for (let first = 1; ; first += PAGE_ENTRIES) {
    const rows = await database.all<EntryRow>(
      `SELECT * EXCLUDE (department, place, person_id) FROM lists.entries
       WHERE department = $1 AND place BETWEEN $2 AND $3 ORDER BY place`,
      [department, first, first + PAGE_ENTRIES - 1],
    );
    if (rows.length > 0) yield rows.map(toEntry);
    if (rows.length < PAGE_ENTRIES) return;
  }
}
