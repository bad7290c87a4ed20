import type { Model } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { rewrittenWaysStep } from './carried-contacts.ts';
import { dropSessionStep } from './engine-step.ts';
import { keptWaysStep } from './kept-ways.ts';
import { COMPARED, knownNamesSql, knownWaysSql, unknownVariants, waysSql } from './ways.ts';

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
 * From `linkage.fresh_records` to the ways of writing everybody: `linkage.ways`, a view over those of touched persons and the others as they were
 * written before, but for contacts that have become crowded.
 */
export function carriedWaySteps(before: PreviousLinkage): readonly Step[] {
  return [wholeWaysStep(before), keptWaysStep()];
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
      DROP TABLE linkage.ways;
      CREATE VIEW linkage.ways AS FROM linkage.fresh_ways UNION ALL BY NAME
      FROM ${before.tables.ways} w ANTI JOIN linkage.left_ways USING (record_id)`,
  };
}

/**
 * `linkage.changed_ways`: those that the earlier campaign did not have, under whatever id (`keptWaysStep`). `linkage.compared_ways`: they, and
 * whom a blocking rule brings together with one of them, with what is compared.
 */
export function comparedWaySteps({ blockingRules }: Model): readonly Step[] {
  const rules = blockingRules.map(({ sql }) => sql);
  const near = [...new Set(rules.map(firstKeyOf))]
    .map((key) => `${key} IN (SELECT ${key} FROM linkage.changed_ways)`)
    .join(' OR ');
  const together = rules.map(
    (rule) => `UNION SELECT l.record_id FROM near l SEMI JOIN linkage.changed_ways r ON ${rule}`,
  );
  return [
    {
      name: 'linkage_changed_ways',
      reads: ['linkage.fresh_ways', 'linkage.kept_ways'],
      writes: ['linkage.changed_ways'],
      sql: `CREATE OR REPLACE TABLE linkage.changed_ways AS
        FROM linkage.fresh_ways ANTI JOIN linkage.kept_ways USING (record_id)`,
    },
    {
      name: 'linkage_compared_ways',
      reads: ['linkage.ways', 'linkage.changed_ways'],
      writes: ['linkage.compared_ways'],
      // Everybody is gone through once, and few are left to ask each rule of.
      sql: `CREATE OR REPLACE TABLE linkage.compared_ways AS
        WITH near AS MATERIALIZED (SELECT record_id, ${COMPARED.join(', ')} FROM linkage.ways WHERE ${near}),
        together AS (
          SELECT record_id FROM linkage.changed_ways
          ${together.join('\n          ')})
        FROM near SEMI JOIN together USING (record_id)
        UNION ALL SELECT record_id, ${COMPARED.join(', ')} FROM linkage.changed_ways ANTI JOIN near USING (record_id)`,
    },
  ];
}

/** What a rule asks first to be equal in both, as it is told of one. Throws a TypeError for a rule that begins otherwise. */
function firstKeyOf(rule: string): string {
  const [left, right, ...more] = (rule.split(' AND ')[0] ?? '').split(' = ');
  const key = left?.replace('l.', '');
  if (key === undefined || more.length > 0 || key !== right?.replace('r.', ''))
    throw new TypeError(`a blocking rule begins with what is equal in both: ${rule}`);
  return key;
}

export function dropCarriedWaysStep(): Step {
  return dropSessionStep(
    'linkage_drop_carried_ways',
    'linkage.fresh_',
    [
      'counted_contacts',
      'risen_givers',
      'fallen_contacts',
      'uncrowded_records',
      'rewritten_persons',
      'rewritten_ways',
      'known_names',
      'kept_ways',
      'changed_ways',
      'compared_ways',
    ].map((table) => `linkage.${table}`),
  );
}
