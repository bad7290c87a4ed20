import {
  CHECK_CODES,
  type CheckCode,
  type FileSource,
  LEAVING_REASONS,
  type LeavingReason,
  MISSION_LOCALE_KNOWLEDGE,
  type MissionLocaleKnowledge,
} from '@raccroche/contract';
import { type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { replaceTextFile } from '../../platform/files/text-file.ts';
import { type DeathsSummary, summariseDeaths } from './deaths-summary.ts';
import type { ListContext } from './export-context.ts';
import { freshnessText } from './freshness.ts';
import { getListName, LIST_CODES } from './place-departments.ts';

/** Counts of one list, or of the country. `toFollow` are not listed: in a CFA without contract, within the limit. */
export interface ListCounts {
  readonly listed: number;
  readonly minors: number;
  readonly toFollow: number;
  readonly byReason: Readonly<Record<LeavingReason, number>>;
  readonly byMissionLocale: Readonly<Record<MissionLocaleKnowledge, number>>;
}

/** What one source sent. Rows = records + rejects + removedUnder16 + outOfScope; a rejected file counts in `rejectedFiles` alone. */
export interface SourceCounts {
  readonly source: FileSource | 'unknown';
  readonly files: number;
  readonly rejectedFiles: number;
  readonly rows: number;
  readonly records: number;
  readonly rejects: number;
  readonly removedUnder16: number;
  /** Deaths of people whom the campaign cannot be about. */
  readonly outOfScope: number;
  readonly latestExtraction: CivilDate | null;
  readonly oldestExtraction: CivilDate | null;
  readonly ageDays: number | null;
  readonly freshness: string;
}

/** `summary.json`: figures only, nobody in it. */
export interface Summary extends Omit<ListContext, 'ruleSet' | 'sources'> {
  readonly ruleSet: Pick<ListContext['ruleSet'], 'id' | 'version' | 'parameters'>;
  readonly national: ListCounts & {
    readonly persons: number;
    /** Persons whom a check removes; one person may fail several. */
    readonly removedByCheck: Readonly<Partial<Record<CheckCode, number>>>;
    /** Persons whom that check alone removes. */
    readonly removedByCheckAlone: Readonly<Partial<Record<CheckCode, number>>>;
    /** Identities for somebody to decide. */
    readonly litiges: number;
    readonly litigesByReason: Readonly<Record<string, number>>;
  };
  readonly departments: Readonly<Record<string, ListCounts & { readonly name: string }>>;
  readonly sources: readonly SourceCounts[];
  readonly basis: ListContext['sources'];
  /** Null when no file of deaths was read. */
  readonly deaths: DeathsSummary | null;
}

/** Counts a campaign. Reads `lists.places`, `eligibility`, `linkage.litiges` and `sources.files`. */
export async function summarise(database: Database, context: ListContext): Promise<Summary> {
  const { campaign, asOf, ruleSet, sources: basis, missingSources } = context;
  const places = await readPlaceCounts(database);
  const departments = Object.fromEntries(
    LIST_CODES.map((code) => [
      code,
      { name: getListName(code), ...countsOf(places.filter((row) => row.department === code)) },
    ]),
  );
  return {
    campaign,
    asOf,
    ruleSet: { id: ruleSet.id, version: ruleSet.version, parameters: ruleSet.parameters },
    national: {
      persons: await countPersons(database),
      ...countsOf(places),
      ...(await readRemovals(database)),
      ...(await readLitiges(database)),
    },
    departments,
    sources: await readSourceCounts(database, asOf),
    basis,
    deaths: await summariseDeaths(database),
    missingSources,
  };
}

/** Writes `summary.json`. */
export function writeSummary(path: string, summary: Summary): void {
  replaceTextFile(path, `${JSON.stringify(summary, null, 2)}\n`);
}

interface PlaceCount {
  readonly department: string;
  readonly listed: boolean;
  readonly minor: boolean;
  readonly reason: string | null;
  readonly mission_locale: string;
  readonly n: number;
  readonly [column: string]: unknown;
}

function readPlaceCounts(database: Database): Promise<PlaceCount[]> {
  return database.all<PlaceCount>(`
    SELECT l.department, p.listed, p.age < 18 AS minor, p.reason, p.mission_locale, CAST(count(*) AS INTEGER) AS n
    FROM lists.places l JOIN eligibility.persons p USING (person_id) GROUP BY ALL`);
}

function countsOf(rows: readonly PlaceCount[]): ListCounts {
  const sum = (keep: (row: PlaceCount) => boolean) =>
    rows.reduce((total, row) => total + (keep(row) ? row.n : 0), 0);
  const by = <Word extends string>(words: readonly Word[], column: 'reason' | 'mission_locale') =>
    Object.fromEntries(
      words.map((word) => [word, sum((row) => row.listed && row[column] === word)]),
    ) as Record<Word, number>;
  return {
    listed: sum((row) => row.listed),
    minors: sum((row) => row.listed && row.minor),
    toFollow: sum((row) => !row.listed),
    byReason: by(LEAVING_REASONS, 'reason'),
    byMissionLocale: by(MISSION_LOCALE_KNOWLEDGE, 'mission_locale'),
  };
}

async function countPersons(database: Database): Promise<number> {
  const [row] = await database.all<{ n: number }>(
    'SELECT CAST(count(*) AS INTEGER) AS n FROM eligibility.persons',
  );
  return row?.n ?? 0;
}

async function readRemovals(database: Database) {
  const rows = await database.all<{ check_code: CheckCode; removed: number; alone: number }>(`
    -- Many persons are told alike: they are counted before their checks are looked at one by one.
    WITH alike AS (SELECT codes, passed, count(*) AS n FROM eligibility.assessments GROUP BY codes, passed),
    each_check AS (
      SELECT unnest(codes) AS check_code, NOT unnest(passed) AS failed, n, len(list_filter(passed, lambda one: NOT one)) AS failures
      FROM alike)
    SELECT check_code, CAST(coalesce(sum(n) FILTER (failed), 0) AS INTEGER) AS removed,
      CAST(coalesce(sum(n) FILTER (failed AND failures = 1), 0) AS INTEGER) AS alone
    FROM each_check GROUP BY check_code`);
  const pick = (value: 'removed' | 'alone') =>
    Object.fromEntries(
      CHECK_CODES.flatMap((code) => {
        const row = rows.find((each) => each.check_code === code);
        return row ? [[code, row[value]]] : [];
      }),
    );
  return { removedByCheck: pick('removed'), removedByCheckAlone: pick('alone') };
}

async function readLitiges(database: Database) {
  const rows = await database.all<{ reason: string; n: number }>(
    'SELECT reason, CAST(count(*) AS INTEGER) AS n FROM linkage.litiges GROUP BY reason ORDER BY reason',
  );
  return {
    litiges: rows.reduce((total, row) => total + row.n, 0),
    litigesByReason: Object.fromEntries(rows.map((row) => [row.reason, row.n])),
  };
}

async function readSourceCounts(database: Database, asOf: CivilDate): Promise<SourceCounts[]> {
  const rows = await database.all<
    Omit<SourceCounts, 'ageDays' | 'freshness'> & Readonly<Record<string, unknown>>
  >(`
    SELECT coalesce(source, 'unknown') AS source,
      CAST(count(*) FILTER (NOT rejected) AS INTEGER) AS files,
      CAST(count(*) FILTER (rejected) AS INTEGER) AS "rejectedFiles",
      ${[
        'row_count:rows',
        'record_count:records',
        'reject_count:rejects',
        'removed_under16:removedUnder16',
        'out_of_scope:outOfScope',
      ]
        .map((pair) => pair.split(':'))
        .map(
          ([column, name]) =>
            `CAST(coalesce(sum(${column}) FILTER (NOT rejected), 0) AS DOUBLE) AS "${name}"`,
        )
        .join(', ')},
      max(extracted_on) FILTER (NOT rejected) AS "latestExtraction",
      min(extracted_on) FILTER (NOT rejected) AS "oldestExtraction"
    FROM sources.files GROUP BY 1 ORDER BY 1`);
  return rows.map((row) => {
    const ageDays = row.latestExtraction === null ? null : daysBetween(row.latestExtraction, asOf);
    return { ...row, ageDays, freshness: freshnessText(ageDays) };
  });
}
