import {
  REQUIRED_FAMILIES,
  type RequiredFamily,
  SOURCE_FAMILIES,
  type SourceFamily,
  SourceFamilyLabels,
} from '@raccroche/contract';
import { type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';

/** What a list is based on, for one family of sources: counts of what was read, and how old it is. */
export interface SourceBasis {
  readonly family: SourceFamily;
  /** For people, in French. */
  readonly label: string;
  /** Different senders, told by their name, else by the UAI of their files. */
  readonly senders: number;
  readonly files: number;
  /** Files without any date of extraction. */
  readonly undatedFiles: number;
  readonly rows: number;
  readonly records: number;
  readonly latestExtraction: CivilDate | null;
  readonly oldestExtraction: CivilDate | null;
  /** Days from the latest extraction to the reference date; null when unknown, negative when it came after. */
  readonly ageDays: number | null;
  /** The same in words: « il y a 12 jours », « inconnue ». */
  readonly freshness: string;
}

/** A required family that no file stands for. */
export interface MissingSource {
  readonly family: RequiredFamily;
  readonly label: string;
}

/** Words for an age in days. */
export function freshnessText(ageDays: number | null): string {
  if (ageDays === null) return 'inconnue';
  if (ageDays < 0) return 'après la date de référence';
  if (ageDays === 0) return 'du jour même';
  return ageDays === 1 ? 'il y a 1 jour' : `il y a ${ageDays} jours`;
}

/**
 * Families that have a file which was read. Rejected files stand for nothing, nor do files of which every row was refused;
 * a file that says in good order that it knows nobody does count.
 */
const STANDING_FILES_SQL = `
  SELECT unnest(families) AS family, * FROM sources.files
  WHERE NOT rejected AND (row_count = 0 OR record_count + removed_under16 + out_of_scope > 0)`;

/** What the lists of this campaign are based on, in the order of the vocabulary; families without a file are left out. */
export async function readSourceBasis(database: Database, asOf: CivilDate): Promise<SourceBasis[]> {
  const rows = await database.all<{
    family: SourceFamily;
    senders: number;
    files: number;
    undated: number;
    rows: number;
    records: number;
    latest: CivilDate | null;
    oldest: CivilDate | null;
  }>(`
    SELECT family, CAST(count(DISTINCT coalesce(lower(trim(sender)), uai, '?')) AS INTEGER) AS senders,
      CAST(count(*) AS INTEGER) AS files, CAST(count(*) FILTER (extracted_on IS NULL) AS INTEGER) AS undated,
      CAST(sum(row_count) AS DOUBLE) AS rows, CAST(sum(record_count) AS DOUBLE) AS records,
      max(extracted_on) AS latest, min(extracted_on) AS oldest
    FROM (${STANDING_FILES_SQL}) GROUP BY family`);
  const byFamily = new Map(rows.map((row) => [row.family, row]));
  return SOURCE_FAMILIES.flatMap((family) => {
    const row = byFamily.get(family);
    if (!row) return [];
    const ageDays = row.latest === null ? null : daysBetween(row.latest, asOf);
    return {
      family,
      label: SourceFamilyLabels[family],
      senders: row.senders,
      files: row.files,
      undatedFiles: row.undated,
      rows: row.rows,
      records: row.records,
      latestExtraction: row.latest,
      oldestExtraction: row.oldest,
      ageDays,
      freshness: freshnessText(ageDays),
    };
  });
}

/** Required families without any usable file. A list is withheld when there is one that the operator did not allow. */
export async function missingRequiredFamilies(database: Database): Promise<RequiredFamily[]> {
  const rows = await database.all<{ family: string }>(`SELECT DISTINCT family FROM (${STANDING_FILES_SQL})`);
  const standing = new Set(rows.map((row) => row.family));
  return REQUIRED_FAMILIES.filter((family) => !standing.has(family));
}

export function describeMissing(families: readonly RequiredFamily[]): MissingSource[] {
  return families.map((family) => ({ family, label: SourceFamilyLabels[family] }));
}
