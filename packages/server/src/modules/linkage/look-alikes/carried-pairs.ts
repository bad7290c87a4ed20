import { type CarriedPairs, frequencyClasses, type Model } from '@raccroche/linkage';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { PatternPlace } from './pattern-place.ts';
import { sharesFirstNamesSql } from './person-pairs.ts';

/**
 * What an earlier campaign left of its comparing, as Parquet files of its `linkage.ways` and `linkage.look_alike_patterns`:
 * whole, and written by the same program with the model that is held over.
 */
export interface PreviousLookAlikes {
  readonly ways: string;
  readonly patterns: string;
}

const TEXTS = [
  'person_id',
  'name1',
  'name2',
  'first1',
  'first2',
  'birth',
  'place',
  'place_department',
  'sex',
];
const LISTS = ['homes', 'phones', 'emails'];

/** Each text with its length: no two ways of writing somebody are spelled the same. */
const told = (text: string) => `length(${text}) || ':' || ${text}`;
const COMPARED = [
  ...TEXTS.map(told),
  ...LISTS.map((list) => `array_to_string(list_transform(${list}, lambda one: ${told('one')}), ',')`),
];

/**
 * `linkage.ways`: each way of writing somebody, by its smallest record, and 64 bits of the MD5 of all that is compared of it,
 * and of about how frequent its names and its place are.
 */
export function waysStep(model: Model): Step {
  const classes = frequencyClasses(model).map(({ classSql }) => classSql);
  const fingerprint = [...COMPARED, ...classes].map((one) => `coalesce((${one})::VARCHAR, '-')`);
  return {
    name: 'linkage_ways',
    reads: ['linkage.look_alike_records'],
    writes: ['linkage.ways'],
    sql: `CREATE OR REPLACE TABLE linkage.ways AS
      SELECT unique_id AS record_id, md5_number_lower(concat_ws('|', ${fingerprint.join(', ')})) AS fingerprint
      FROM linkage.look_alike_records`,
  };
}

/**
 * `linkage.changed_variants`: ways of writing people that the earlier campaign did not have as they are; `linkage.carried_pairs`:
 * its pairs of those that are still there. Both by the numbers of `linkage.look_alike_records`.
 */
export function carriedSteps({ ways, patterns }: PreviousLookAlikes): readonly Step[] {
  return [
    {
      name: 'linkage_changed_variants',
      reads: ['linkage.look_alike_records', 'linkage.ways'],
      writes: ['linkage.changed_variants'],
      sql: `CREATE OR REPLACE TABLE linkage.changed_variants AS
        SELECT r.rid FROM linkage.look_alike_records r JOIN linkage.ways w ON w.record_id = r.unique_id
        ANTI JOIN read_parquet(${literal(ways)}) b ON b.record_id = w.record_id AND b.fingerprint = w.fingerprint`,
    },
    {
      name: 'linkage_carried_pairs',
      reads: ['linkage.look_alike_records'],
      writes: ['linkage.carried_pairs'],
      sql: `CREATE OR REPLACE TABLE linkage.carried_pairs AS
        SELECT l.rid AS rid_l, r.rid AS rid_r, p.match_key, p.pattern FROM read_parquet(${literal(patterns)}) p
        JOIN linkage.look_alike_records l ON l.unique_id = p.record_id_l
        JOIN linkage.look_alike_records r ON r.unique_id = p.record_id_r`,
    },
  ];
}

/** What those steps leave, as the engine takes it. */
export const CARRIED: CarriedPairs = { pairs: 'linkage.carried_pairs', changed: 'linkage.changed_variants' };

/**
 * `linkage.look_alike_patterns`, for the campaign that follows: pairs of two persons that are likely, or could be with frequencies of their
 * classes, and their patterns. Those of which nothing is ever made are left out.
 */
export function patternsStep(firstNamePlace: PatternPlace): Step {
  return {
    name: 'linkage_look_alike_patterns',
    reads: ['linkage.possible_pairs', 'linkage.look_alike_records'],
    writes: ['linkage.look_alike_patterns'],
    sql: `CREATE OR REPLACE TABLE linkage.look_alike_patterns AS
      SELECT l.unique_id AS record_id_l, r.unique_id AS record_id_r, p.match_key, p.pattern
      FROM linkage.possible_pairs p
      JOIN linkage.look_alike_records l ON l.rid = p.rid_l JOIN linkage.look_alike_records r ON r.rid = p.rid_r
      WHERE l.person_id <> r.person_id AND ${sharesFirstNamesSql(firstNamePlace)}`,
  };
}
