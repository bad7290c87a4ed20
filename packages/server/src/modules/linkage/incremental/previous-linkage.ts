import type { LinkagePeriod } from '../input.ts';

/** Tables of an earlier campaign that this stage goes on from: its results, and what it kept for that. */
export const PREVIOUS_TABLES = [
  'memberships',
  'links',
  'litiges',
  'decisions',
  'deaths',
  'ways',
  'look_alike_pairs',
  'death_pairs',
  'traits',
  'person_ties',
  'first_persons',
  'first_litiges',
  'record_marks',
  'crowded_contacts',
] as const;
export type PreviousTable = (typeof PREVIOUS_TABLES)[number];

/**
 * What an earlier campaign left of its linkage, whole, and read and linked by the same program. Of each table what follows
 * FROM, as `read_parquet('…')`; `files` is its `sources.files`, `records` its `sources.records`, `deaths` its
 * `sources.deaths`.
 */
export interface PreviousLinkage {
  readonly period: LinkagePeriod;
  readonly files: string;
  readonly records: string;
  readonly deaths: string;
  readonly tables: Readonly<Record<PreviousTable, string>>;
  /** Whether the model that judged there is held over: then its pairs hold too. */
  readonly sameModel: boolean;
  /** Where reading kept what differs from there, and nothing else need be looked through. */
  readonly unsure?: UnsureRecords | undefined;
}

/**
 * Relations that hold every record of a delivery that the other campaign did not read as it is, or that tells something else than then, and may
 * hold others that both have: a record that both have is in both relations or in none, and in none only when no column of it is otherwise.
 */
export interface UnsureRecords {
  /** Rows of `sources.records` of today. */
  readonly records: string;
  /** `record_id` of the records of the earlier campaign. */
  readonly before: string;
}

/** Where the files of a campaign before would be, in steps that are only shown. */
export const SHOWN: PreviousLinkage = {
  period: { asOf: '2000-01-01', windowStart: '1999-01-01' },
  files: shown('files'),
  records: shown('records'),
  deaths: shown('deaths'),
  tables: Object.fromEntries(PREVIOUS_TABLES.map((table) => [table, shown(table)])) as Record<
    PreviousTable,
    string
  >,
  sameModel: true,
};

function shown(file: string): string {
  return `read_parquet('${file}.parquet')`;
}
