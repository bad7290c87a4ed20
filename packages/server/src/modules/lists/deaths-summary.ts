import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';

/** What the files of deaths told a campaign. */
export interface DeathsSummary {
  readonly files: number;
  readonly latestExtraction: CivilDate | null;
  /** Deaths of people of the ages of the campaign; of all others. */
  readonly inScope: number;
  readonly outOfScope: number;
  /** First and last day of death in scope: what the files cover, near enough. */
  readonly firstDeath: CivilDate | null;
  readonly lastDeath: CivilDate | null;
  /** Persons who died according to INSEE; persons of whom somebody must decide whether they did. */
  readonly deceased: number;
  readonly toCheck: number;
}

/** Null when no file of deaths was read: nothing then says who died but the senders. */
export async function summariseDeaths(database: Database): Promise<DeathsSummary | null> {
  const [row] = await database.all<DeathsSummary & Readonly<Record<string, unknown>>>(`
    SELECT CAST(count(*) AS INTEGER) AS files, max(extracted_on) AS "latestExtraction",
      CAST(coalesce(sum(record_count), 0) AS INTEGER) AS "inScope",
      CAST(coalesce(sum(out_of_scope), 0) AS INTEGER) AS "outOfScope",
      (SELECT min(died_on) FROM sources.deaths) AS "firstDeath", (SELECT max(died_on) FROM sources.deaths) AS "lastDeath",
      (SELECT CAST(count(*) AS INTEGER) FROM linkage.deaths) AS deceased,
      (SELECT CAST(count(DISTINCT person_id_l) AS INTEGER) FROM linkage.litiges WHERE reason = 'death') AS "toCheck"
    FROM sources.files WHERE kind = 'insee-deces' AND NOT rejected`);
  return row === undefined || row.files === 0 ? null : row;
}
