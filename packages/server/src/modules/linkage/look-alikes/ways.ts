import { frequencyClasses, type Model, type TermFrequencyTable } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import { SIEI_MODEL } from './siei-model.ts';

/** What `linkage.variants` tells of a way of writing somebody, beside its id. */
export const COMPARED = [
  'person_id',
  'name1',
  'name2',
  'first1',
  'first2',
  'birth',
  'place',
  'sex',
  'place_department',
  'homes',
  'emails',
  'phones',
] as const;

/** Columns whose values count for how rare they are: of the ways, or made of their names. */
export const TERMS: readonly string[] = frequencyClasses(SIEI_MODEL).map(({ column }) =>
  column.replace(/^tf_/, ''),
);
const KEYS = TERMS.filter((term) => !(COMPARED as readonly string[]).includes(term));
const WAY_COLUMNS = [...COMPARED, ...KEYS];

/** Of what names are compared by; what is counted of them is made of these alone. */
const NAMES = ['name1', 'name2', 'first1', 'first2'] as const;

/** Rows of `linkage.ways` out of the records that a session has made ready. */
export function waysSql(records: string): string {
  return `SELECT unique_id AS record_id, ${WAY_COLUMNS.join(', ')} FROM ${records}`;
}

/** SELECT of the names of ways, each once, with what is counted of them. */
export function knownNamesSql(ways: string): string {
  return `SELECT DISTINCT ${[...NAMES, ...KEYS].join(', ')} FROM ${ways}`;
}

const SAME_NAMES = NAMES.map((name) => `v.${name} IS NOT DISTINCT FROM k.${name}`).join(' AND ');

/** What follows FROM: those of `variants` whose names `known`, a table of `knownNamesSql`, does not have. */
export function unknownVariants(variants: string, known: string): string {
  return `(SELECT v.* FROM ${variants} v ANTI JOIN ${known} k ON ${SAME_NAMES})`;
}

/** Rows of `linkage.ways` out of the other ones. */
export function knownWaysSql(variants: string, known: string): string {
  const columns = [...COMPARED.map((column) => `v.${column}`), ...KEYS.map((key) => `k.${key}`)];
  return `SELECT v.unique_id AS record_id, ${columns.join(', ')} FROM ${variants} v JOIN ${known} k ON ${SAME_NAMES}`;
}

/** What follows FROM: ways in the shape of `linkage.variants`, those of `semi` alone when it is given. */
export function asVariants(semi = ''): string {
  return `(SELECT record_id AS unique_id, ${COMPARED.join(', ')} FROM linkage.ways ${semi})`;
}

/** `linkage.ways`, for the campaign that follows. */
export function waysStep(): Step {
  return {
    name: 'linkage_ways',
    reads: ['linkage.look_alike_records'],
    writes: ['linkage.ways'],
    sql: `CREATE OR REPLACE TABLE linkage.ways AS ${waysSql('linkage.look_alike_records')}`,
  };
}

/** Rows of `linkage.term_counts` over the ways that `from` gives. */
export function countedTermsSql(from: string): string {
  return TERMS.map(
    (term) =>
      `SELECT '${term}' AS term, ${term} AS value, count(*) AS occurrences FROM ${from} WHERE ${term} IS NOT NULL GROUP BY ${term}`,
  ).join('\n      UNION ALL ');
}

/** `linkage.term_counts`, for the campaign that follows, and for whoever weighs other pairs by the same frequencies. */
export function termCountsStep(): Step {
  return {
    name: 'linkage_term_counts',
    reads: ['linkage.ways'],
    writes: ['linkage.term_counts'],
    sql: `CREATE OR REPLACE TABLE linkage.term_counts AS ${countedTermsSql('linkage.ways')}`,
  };
}

/** What follows FROM: the values of a term, as `<term>` and `tf_<term>`, the share of the ways with a value that have this one. */
function termFrequenciesOf(term: string, counts = 'linkage.term_counts'): string {
  return `(SELECT value AS ${term}, occurrences / sum(occurrences) OVER () AS tf_${term} FROM ${counts} WHERE term = '${term}')`;
}

/** How rare values are, all ways of writing people tell, not those that are compared. */
export function frequenciesOfAll(): readonly TermFrequencyTable[] {
  return TERMS.map((column) => ({ column, relation: termFrequenciesOf(column) }));
}

/** Terms and values that have left the class of frequency that they had among the counts of `before`. */
export function turnedTermsSql(model: Model, before: string): string {
  const classOf = new Map(frequencyClasses(model).map(({ column, classSql }) => [column, classSql]));
  const classed = (counts: string) =>
    TERMS.map(
      (term) =>
        `SELECT '${term}' AS term, ${term} AS value, ${classOf.get(`tf_${term}`) ?? '0'} AS class FROM ${termFrequenciesOf(term, counts)}`,
    ).join(' UNION ALL ');
  return `SELECT term, value FROM (${classed('linkage.term_counts')}) n JOIN (${classed(before)}) b USING (term, value)
    WHERE n.class <> b.class`;
}
