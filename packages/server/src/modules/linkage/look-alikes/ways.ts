import { type TermFrequencyTable, termFrequencyColumns } from '@raccroche/linkage';
import type { Database } from '../../../platform/duckdb/database.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { HeldModel } from './held-model.ts';
import { SIEI_MODEL } from './siei-model.ts';

/** What a way of writing somebody tells of who it is, beside its id. */
export const IDENTITY = [
  'person_id',
  'name1',
  'name2',
  'first1',
  'first2',
  'birth',
  'place',
  'sex',
  'place_department',
] as const;

/** All that `linkage.variants` tells of it: also where they live and how they are reached. */
export const COMPARED = [...IDENTITY, 'homes', 'emails', 'phones'] as const;

/** Columns whose values count for how rare they are: of the ways, or made of their names. */
const TERMS = termFrequencyColumns(SIEI_MODEL);

/** What follows FROM: ways, in the shape of `linkage.variants`. */
export function asVariants(ways: string): string {
  return `(SELECT record_id AS unique_id, ${COMPARED.join(', ')} FROM ${ways})`;
}

/** Rows of `linkage.ways` out of those of `variants`, a relation in the shape of `linkage.variants`. */
export function waysSql(variants: string): string {
  return `SELECT unique_id AS record_id, ${COMPARED.join(', ')} FROM ${variants}`;
}

/**
 * `linkage.ways`, for the campaign that follows: `linkage.variants`, which nobody reads any more, under that name. A country's would take
 * two seconds to copy.
 */
export function waysStep(): Step {
  return {
    name: 'linkage_ways',
    reads: ['linkage.variants'],
    writes: ['linkage.ways', 'linkage.variants'],
    sql: `DROP TABLE linkage.ways;
      ALTER TABLE linkage.variants DROP COLUMN variant;
      ALTER TABLE linkage.variants RENAME COLUMN unique_id TO record_id;
      ALTER TABLE linkage.variants RENAME TO ways`,
  };
}

/**
 * `linkage.term_counts`, for the campaign that follows, and for whoever weighs other pairs by the same frequencies: of everybody's ways, which a
 * session has made ready, for some columns are made of others.
 */
export function termCountsStep(): Step {
  const counted = TERMS.map(
    (term) =>
      `SELECT '${term}' AS term, ${term} AS value, count(*) AS occurrences FROM linkage.look_alike_records WHERE ${term} IS NOT NULL GROUP BY ${term}`,
  );
  return {
    name: 'linkage_term_counts',
    reads: ['linkage.look_alike_records'],
    writes: ['linkage.term_counts'],
    sql: `CREATE OR REPLACE TABLE linkage.term_counts AS ${counted.join('\n      UNION ALL ')}`,
  };
}

/** The same as the model held over was estimated with. */
export function heldTermsStep({ terms }: Pick<HeldModel, 'terms'>): Step {
  return {
    name: 'linkage_held_terms',
    reads: [],
    writes: ['linkage.term_counts'],
    sql: `CREATE OR REPLACE TABLE linkage.term_counts AS FROM ${terms} held`,
  };
}

/**
 * How rare values are, by `linkage.term_counts`: a value counts as the share of the ways with a value that have it; one that nobody had, as if
 * one had had it.
 */
export async function termFrequencies(database: Database): Promise<readonly TermFrequencyTable[]> {
  const rows = await database.all<{ term: string; least: number }>(
    'SELECT term, 1 / sum(occurrences) AS least FROM linkage.term_counts GROUP BY term',
  );
  const least = new Map(rows.map((row) => [row.term, Number(row.least)]));
  return TERMS.map((column) => ({
    column,
    relation: `(SELECT value AS ${column}, occurrences / sum(occurrences) OVER () AS tf_${column} FROM linkage.term_counts WHERE term = '${column}')`,
    unlisted: least.get(column) ?? 1,
  }));
}
