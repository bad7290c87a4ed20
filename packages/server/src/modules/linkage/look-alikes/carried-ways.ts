import type { Model } from '@raccroche/linkage';
import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { rewrittenWaysStep } from './carried-contacts.ts';
import { keptWaysStep } from './kept-ways.ts';
import { COMPARED, waysSql } from './ways.ts';

/**
 * From `linkage.variants` of touched persons to the ways of writing everybody: `linkage.ways`, a view over those and the others as they were
 * written before, but for contacts that have become crowded.
 */
export function carriedWaySteps(before: PreviousLinkage): readonly Step[] {
  return [rewrittenWaysStep(before), wholeWaysStep(before), keptWaysStep()];
}

function wholeWaysStep(before: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_ways',
    reads: ['linkage.variants', 'linkage.rewritten_ways', 'linkage.left_ways'],
    writes: ['linkage.fresh_ways', 'linkage.ways'],
    sql: `CREATE OR REPLACE TABLE linkage.fresh_ways AS
      ${waysSql('linkage.variants')} UNION ALL BY NAME FROM linkage.rewritten_ways;
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
  return dropStep(
    'linkage_drop_carried_ways',
    [
      'counted_contacts',
      'risen_givers',
      'fallen_contacts',
      'uncrowded_records',
      'rewritten_persons',
      'rewritten_ways',
      'kept_ways',
      'changed_ways',
      'compared_ways',
    ].map((table) => `linkage.${table}`),
  );
}
