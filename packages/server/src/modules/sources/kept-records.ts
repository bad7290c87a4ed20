import type { RowKind } from '@raccroche/contract';
import { INTERCHANGE, INTERCHANGE_RANK, REPRESENTATIVE_COLUMNS } from './usable-rows.ts';

/**
 * What the files of a campaign that hold `sources.records` do not tell of every row: the one place that says which column is left out of
 * which file, and how whoever opens them gives it back. Source: docs/adr/0019.
 */

/** Where a row stands that does not say it: on its line, the first of the file being the header. */
const LINE = '(ordinal + 1)::VARCHAR';

/** Rows of `from`, whose `position` is NULL where it is their line, with their position. */
export const toldPositionSql = (from: string) =>
  `SELECT * REPLACE (${GIVEN_BACK.position} AS position) FROM ${from}`;

/** The contrary. */
export const keptPositionSql = (from: string) =>
  `SELECT * REPLACE (nullif(position, ${LINE}) AS position) FROM ${from}`;

/** Columns that are kept otherwise in all files: what they are, of those that stand there. */
const GIVEN_BACK = { position: `coalesce(position, ${LINE})` } as const;

const EXAMINATIONS: RowKind = 'diplomes';
const NONE = 'NULL::VARCHAR';

/**
 * Columns that the second file lacks, with what they are for each of its rows, which are all that say just that: results of
 * examinations, of which a country has two records in three, and where no legal representative is told.
 */
const OF_THE_SECOND: Readonly<Record<string, string>> = {
  source: `'${INTERCHANGE}'`,
  source_rank: String(INTERCHANGE_RANK),
  row_kind: `'${EXAMINATIONS}'`,
  ina: NONE,
  ...Object.fromEntries(REPRESENTATIVE_COLUMNS.map((name) => [name, NONE])),
};

/** `from`: the relation that a file is written from. */
export const KEPT_RECORDS = {
  from: 'sources.kept_records',
  givenBack: GIVEN_BACK,
  second: OF_THE_SECOND,
} as const;
