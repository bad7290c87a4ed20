import type { Model } from '@raccroche/linkage';
import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { rewrittenWaysStep } from './carried-contacts.ts';
import { countedTermsSql, TERMS, turnedTermsSql, waysSql } from './ways.ts';

/**
 * From the ways of writing touched persons, made ready as `linkage.fresh_records`, to those of everybody: `linkage.ways`, and
 * `linkage.term_counts` over them. Whoever is not touched is written as before, but for contacts that have become crowded.
 */
export function carriedWaySteps(before: PreviousLinkage): readonly Step[] {
  return [rewrittenWaysStep(before), wholeWaysStep(before), recountedTermsStep(before)];
}

const REPLACED = '(FROM linkage.touched_persons UNION ALL FROM linkage.rewritten_persons)';

/** Ways of the earlier campaign that do not hold as they were. */
const leftWays = ({ tables }: PreviousLinkage) => `${tables.ways} w SEMI JOIN ${REPLACED} USING (person_id)`;

function wholeWaysStep(before: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_ways',
    reads: [
      'linkage.fresh_records',
      'linkage.rewritten_ways',
      'linkage.touched_persons',
      'linkage.rewritten_persons',
    ],
    writes: ['linkage.fresh_ways', 'linkage.left_ways', 'linkage.ways'],
    sql: `CREATE OR REPLACE TABLE linkage.fresh_ways AS
      ${waysSql('linkage.fresh_records')} UNION ALL BY NAME FROM linkage.rewritten_ways;
      CREATE OR REPLACE TABLE linkage.left_ways AS FROM ${leftWays(before)};
      CREATE OR REPLACE TABLE linkage.ways AS
      FROM ${before.tables.ways} w ANTI JOIN ${REPLACED} USING (person_id) UNION ALL BY NAME FROM linkage.fresh_ways`,
  };
}

function recountedTermsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_recounted_terms',
    reads: ['linkage.fresh_ways', 'linkage.left_ways'],
    writes: ['linkage.term_counts'],
    sql: `CREATE OR REPLACE TABLE linkage.term_counts AS
      SELECT term, value, sum(occurrences)::BIGINT AS occurrences FROM (
        FROM ${tables.term_counts}
        UNION ALL BY NAME ${countedTermsSql('linkage.fresh_ways')}
        UNION ALL BY NAME SELECT term, value, -occurrences AS occurrences FROM (${countedTermsSql('linkage.left_ways')}))
      GROUP BY term, value HAVING sum(occurrences) > 0`,
  };
}

/**
 * `linkage.changed_ways`: those that the earlier campaign did not have as they are, or of which a value has left its class of
 * frequency. `linkage.compared_ways`: they, whom a blocking rule brings together with one of them, and those of carried pairs.
 */
export function comparedWaySteps(model: Model, { tables }: PreviousLinkage): readonly Step[] {
  return [
    {
      name: 'linkage_changed_ways',
      reads: ['linkage.ways', 'linkage.fresh_ways', 'linkage.left_ways', 'linkage.term_counts'],
      writes: ['linkage.turned_terms', 'linkage.changed_ways'],
      sql: `CREATE OR REPLACE TABLE linkage.turned_terms AS ${turnedTermsSql(model, tables.term_counts)};
        CREATE OR REPLACE TABLE linkage.changed_ways AS
        SELECT record_id FROM (FROM linkage.fresh_ways EXCEPT FROM linkage.left_ways)
        ${turnedWays()}`,
    },
    {
      name: 'linkage_compared_ways',
      reads: ['linkage.ways', 'linkage.changed_ways'],
      writes: ['linkage.compared_ways'],
      sql: `CREATE OR REPLACE TABLE linkage.compared_ways AS
        WITH changed AS MATERIALIZED (FROM linkage.ways SEMI JOIN linkage.changed_ways USING (record_id))
        FROM linkage.changed_ways
        UNION SELECT unnest([record_id_l, record_id_r]) FROM ${tables.look_alike_patterns}
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
      'rewritten_persons',
      'rewritten_ways',
      'fresh_records',
      'turned_terms',
      'changed_ways',
      'compared_ways',
    ].map((table) => `linkage.${table}`),
  );
}
