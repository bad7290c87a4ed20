import type { Model } from '@raccroche/linkage';
import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { rewrittenWaysStep } from './carried-contacts.ts';
import { carriedPatternsStep, keptWaysStep } from './kept-ways.ts';
import {
  countedTermsSql,
  knownNamesSql,
  knownWaysSql,
  TERMS,
  turnedTermsSql,
  unknownVariants,
  waysSql,
} from './ways.ts';

/**
 * Before ways of writing touched persons are made ready as `linkage.fresh_records`: `linkage.left_ways`, those of the earlier campaign
 * that do not hold as they were, are whole, and `linkage.known_names` of these: most names of today are among them, and what is counted of
 * names is not worked out again.
 */
export function leftWaySteps(before: PreviousLinkage): readonly Step[] {
  return [rewrittenWaysStep(before), knownNamesStep()];
}

/** What has to be made ready: `linkage.variants` of touched persons, but for those whose names are known. */
export const UNKNOWN_VARIANTS = unknownVariants('linkage.variants', 'linkage.known_names');

/**
 * From `linkage.fresh_records` to the ways of writing everybody: `linkage.ways`, and
 * `linkage.term_counts` over them. Whoever is not touched is written as before, but for contacts that have become crowded.
 */
export function carriedWaySteps(before: PreviousLinkage): readonly Step[] {
  return [wholeWaysStep(before), keptWaysStep(), recountedTermsStep(before)];
}

function knownNamesStep(): Step {
  return {
    name: 'linkage_known_names',
    reads: ['linkage.left_ways'],
    writes: ['linkage.known_names'],
    sql: `CREATE OR REPLACE TABLE linkage.known_names AS ${knownNamesSql('linkage.left_ways')}`,
  };
}

function wholeWaysStep(before: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_ways',
    reads: [
      'linkage.fresh_records',
      'linkage.variants',
      'linkage.known_names',
      'linkage.rewritten_ways',
      'linkage.left_ways',
    ],
    writes: ['linkage.fresh_ways', 'linkage.ways'],
    sql: `CREATE OR REPLACE TABLE linkage.fresh_ways AS
      ${waysSql('linkage.fresh_records')} UNION ALL BY NAME ${knownWaysSql('linkage.variants', 'linkage.known_names')}
      UNION ALL BY NAME FROM linkage.rewritten_ways;
      CREATE OR REPLACE TABLE linkage.ways AS
      FROM ${before.tables.ways} w ANTI JOIN linkage.left_ways USING (record_id) UNION ALL BY NAME FROM linkage.fresh_ways`,
  };
}

function recountedTermsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_recounted_terms',
    reads: ['linkage.fresh_ways', 'linkage.left_ways', 'linkage.kept_ways'],
    writes: ['linkage.term_counts'],
    sql: `CREATE OR REPLACE TABLE linkage.term_counts AS
      SELECT term, value, sum(occurrences)::BIGINT AS occurrences FROM (
        FROM ${tables.term_counts}
        UNION ALL BY NAME ${countedTermsSql('(FROM linkage.fresh_ways ANTI JOIN linkage.kept_ways USING (record_id))')}
        UNION ALL BY NAME SELECT term, value, -occurrences AS occurrences FROM (${countedTermsSql('(FROM linkage.left_ways w ANTI JOIN linkage.kept_ways k ON k.was = w.record_id)')}))
      GROUP BY term, value HAVING sum(occurrences) > 0`,
  };
}

/**
 * `linkage.changed_ways`: those that the earlier campaign did not have, under whatever id (`keptWaysStep`), or of which a value has left its class of
 * frequency. `linkage.compared_ways`: they, whom a blocking rule brings together with one of them, and those of carried pairs.
 */
export function comparedWaySteps(model: Model, before: PreviousLinkage): readonly Step[] {
  const { tables } = before;
  return [
    carriedPatternsStep(before),
    {
      name: 'linkage_changed_ways',
      reads: ['linkage.ways', 'linkage.fresh_ways', 'linkage.kept_ways', 'linkage.term_counts'],
      writes: ['linkage.turned_terms', 'linkage.changed_ways'],
      sql: `CREATE OR REPLACE TABLE linkage.turned_terms AS ${turnedTermsSql(model, tables.term_counts)};
        CREATE OR REPLACE TABLE linkage.changed_ways AS
        SELECT record_id FROM linkage.fresh_ways ANTI JOIN linkage.kept_ways USING (record_id)
        ${turnedWays()}`,
    },
    {
      name: 'linkage_compared_ways',
      reads: ['linkage.ways', 'linkage.changed_ways', 'linkage.carried_patterns'],
      writes: ['linkage.compared_ways'],
      sql: `CREATE OR REPLACE TABLE linkage.compared_ways AS
        WITH changed AS MATERIALIZED (FROM linkage.ways SEMI JOIN linkage.changed_ways USING (record_id))
        FROM linkage.changed_ways
        UNION SELECT unnest([record_id_l, record_id_r]) FROM linkage.carried_patterns
        ${model.blockingRules.map(({ sql }) => `UNION SELECT l.record_id FROM linkage.ways l SEMI JOIN changed r ON ${sql}`).join('\n        ')}`,
    },
  ];
}

function turnedWays(): string {
  return TERMS.map(
    (term) =>
      `UNION SELECT record_id FROM linkage.ways WHERE ${term} IN (SELECT value FROM linkage.turned_terms WHERE term = '${term}')`,
  ).join('\n        ');
}

export function dropCarriedWaysStep(): Step {
  return dropStep(
    'linkage_drop_carried_ways',
    [
      'asked_contacts',
      'crowded_contacts',
      'other_givers',
      'known_contacts',
      'rewritten_persons',
      'rewritten_ways',
      'known_names',
      'fresh_records',
      'kept_ways',
      'carried_patterns',
      'turned_terms',
      'changed_ways',
      'compared_ways',
    ].map((table) => `linkage.${table}`),
  );
}
