import { type LinkageStep, readCount, runLinkageSteps, type SqlRunner } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/** Steps that label connected components: the first three once, around jumps, the others as often as it takes. */
export interface ComponentSteps {
  readonly start: LinkageStep;
  readonly label: LinkageStep;
  readonly reduce: LinkageStep;
  readonly hook: LinkageStep;
  readonly jump: LinkageStep;
  readonly relabel: LinkageStep;
  readonly contract: LinkageStep;
}

/**
 * Connected components of the links `from` (columns l, r), as `into` (id, root): root = the smallest id of the
 * component; ids without a link are absent. Each round hooks every node to its smallest neighbour, follows the hooks
 * to their ends by pointer jumping and contracts; at least one of two joined nodes goes, so rounds are logarithmic. The first
 * round reads the links as they are: most components are stars, of which it leaves no edge.
 */
export function componentSteps(tables: ExactTables, from: string, into: string): ComponentSteps {
  const { edges, hooks } = tables.work;
  return {
    start: hookStep('components_start', from, hooks),
    label: {
      name: 'components_label',
      reads: [hooks],
      writes: [into],
      sql: `CREATE OR REPLACE TABLE ${into} AS SELECT id, hook AS root FROM ${hooks}`,
    },
    reduce: contractStep('components_reduce', { from, hooks, edges }),
    hook: hookStep('components_hook', edges, hooks),
    jump: {
      name: 'components_jump',
      reads: [hooks],
      writes: [hooks],
      sql: `CREATE OR REPLACE TABLE ${hooks} AS
        SELECT a.id, b.hook, b.hook <> a.hook AS moved FROM ${hooks} a JOIN ${hooks} b ON b.id = a.hook`,
    },
    relabel: {
      name: 'components_relabel',
      reads: [into, hooks],
      writes: [into],
      sql: `CREATE OR REPLACE TABLE ${into} AS
        SELECT a.id, coalesce(h.hook, a.root) AS root FROM ${into} a LEFT JOIN ${hooks} h ON h.id = a.root`,
    },
    contract: contractStep('components_contract', { from: edges, hooks, edges }),
  };
}

function hookStep(name: string, from: string, hooks: string): LinkageStep {
  return {
    name,
    reads: [from],
    writes: [hooks],
    sql: `CREATE OR REPLACE TABLE ${hooks} AS
      SELECT id, least(id, min(near)) AS hook
      FROM (SELECT l AS id, r AS near FROM ${from} UNION ALL SELECT r, l FROM ${from}) WHERE id <> near GROUP BY id`,
  };
}

/** `edges`: what is left of the links `from` when each node is where its hook leads. */
function contractStep(
  name: string,
  { from, hooks, edges }: { readonly from: string; readonly hooks: string; readonly edges: string },
): LinkageStep {
  return {
    name,
    reads: [from, hooks],
    writes: [edges],
    sql: `CREATE OR REPLACE TABLE ${edges} AS
      SELECT DISTINCT least(a.hook, b.hook) AS l, greatest(a.hook, b.hook) AS r
      FROM ${from} e JOIN ${hooks} a ON a.id = e.l JOIN ${hooks} b ON b.id = e.r WHERE a.hook <> b.hook`,
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
  const { start, label, reduce, hook, jump, relabel, contract } = componentSteps(tables, from, into);
  const run = (...steps: readonly LinkageStep[]) => runLinkageSteps(runner, steps);
  const followHooks = async (): Promise<void> => {
    do await run(jump);
    while ((await readCount(runner, `SELECT count(*) AS n FROM ${hooks} WHERE moved`)) > 0);
  };
  await run(start);
  await followHooks();
  await run(label, reduce);
  while ((await readCount(runner, `SELECT count(*) AS n FROM ${edges}`)) > 0) {
    await run(hook);
    await followHooks();
    await run(relabel, contract);
  }
}
