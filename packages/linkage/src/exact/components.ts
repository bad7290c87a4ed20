import { type LinkageStep, readCount, runLinkageSteps, type SqlRunner } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/** Steps that label connected components; `start` once, the others as often as it takes. */
export interface ComponentSteps {
  readonly start: LinkageStep;
  readonly hook: LinkageStep;
  readonly jump: LinkageStep;
  readonly relabel: LinkageStep;
  readonly contract: LinkageStep;
}

/**
 * Connected components of the links `from` (columns l, r), as `into` (id, root): root = the smallest id of the
 * component; ids without a link are absent. Each round hooks every node to its smallest neighbour, follows the hooks
 * to their ends by pointer jumping and contracts; at least one of two joined nodes goes, so rounds are logarithmic.
 */
export function componentSteps(tables: ExactTables, from: string, into: string): ComponentSteps {
  const { edges, hooks } = tables.work;
  const both = (table: string) =>
    `SELECT l AS id, r AS near FROM ${table} UNION ALL SELECT r, l FROM ${table}`;
  return {
    start: {
      name: 'components_start',
      reads: [from],
      writes: [edges, into],
      sql: `CREATE OR REPLACE TABLE ${edges} AS
          SELECT DISTINCT least(l, r) AS l, greatest(l, r) AS r FROM ${from} WHERE l <> r;
        CREATE OR REPLACE TABLE ${into} AS SELECT DISTINCT id, id AS root FROM (${both(edges)})`,
    },
    hook: {
      name: 'components_hook',
      reads: [edges],
      writes: [hooks],
      sql: `CREATE OR REPLACE TABLE ${hooks} AS
        SELECT id, least(id, min(near)) AS hook FROM (${both(edges)}) GROUP BY id`,
    },
    jump: {
      name: 'components_jump',
      reads: [hooks],
      writes: [hooks],
      sql: `CREATE OR REPLACE TABLE ${hooks} AS
        SELECT a.id, b.hook FROM ${hooks} a JOIN ${hooks} b ON b.id = a.hook`,
    },
    relabel: {
      name: 'components_relabel',
      reads: [into, hooks],
      writes: [into],
      sql: `CREATE OR REPLACE TABLE ${into} AS
        SELECT a.id, coalesce(h.hook, a.root) AS root FROM ${into} a LEFT JOIN ${hooks} h ON h.id = a.root`,
    },
    contract: {
      name: 'components_contract',
      reads: [edges, hooks],
      writes: [edges],
      sql: `CREATE OR REPLACE TABLE ${edges} AS
        SELECT DISTINCT least(a.hook, b.hook) AS l, greatest(a.hook, b.hook) AS r
        FROM ${edges} e JOIN ${hooks} a ON a.id = e.l JOIN ${hooks} b ON b.id = e.r WHERE a.hook <> b.hook`,
    },
  };
}

/** Runs the steps of `componentSteps` until every component has its label. */
export async function labelComponents(
  runner: SqlRunner,
  tables: ExactTables,
  from: string,
  into: string,
): Promise<void> {
  const { edges, hooks } = tables.work;
  const steps = componentSteps(tables, from, into);
  await runLinkageSteps(runner, [steps.start]);
  while ((await readCount(runner, `SELECT count(*) AS n FROM ${edges}`)) > 0) {
    await runLinkageSteps(runner, [steps.hook]);
    const unfinished = `SELECT count(*) AS n FROM ${hooks} a JOIN ${hooks} b ON b.id = a.hook WHERE b.hook <> a.hook`;
    while ((await readCount(runner, unfinished)) > 0) await runLinkageSteps(runner, [steps.jump]);
    await runLinkageSteps(runner, [steps.relabel, steps.contract]);
  }
}
