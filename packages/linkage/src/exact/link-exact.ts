import {
  type LinkageStep,
  type LinkageStepListener,
  readCount,
  runLinkageSteps,
  type SqlRunner,
} from '../runner.ts';
import { componentSteps, labelComponents } from './components.ts';
import { identifierBlockSteps } from './identifier-blocks.ts';
import { clusterSteps, contradictionSteps } from './identifier-clusters.ts';
import { identifierLinkSteps } from './identifier-links.ts';
import { litigeCaseSteps } from './litige-cases.ts';
import { litigeSteps, tornStep } from './litiges.ts';
import { nameContradictionSteps, nameGroupSteps } from './name-groups.ts';
import {
  dropWorkStep,
  outputSteps,
  outputTableStep,
  personTiesStep,
  writeComponentsStep,
} from './outputs.ts';
import { inputChecks, prepareSteps } from './prepare.ts';
import { type ExactLinkageSpec, type ExactTables, exactTables } from './spec.ts';

/** The input breaks a promise of `ExactLinkageInput`. The message says which, and quotes no value. */
export class LinkageInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LinkageInputError';
  }
}

export interface ExactLinkageSummary {
  readonly records: number;
  readonly persons: number;
  readonly links: number;
  readonly litiges: number;
}

/** Stages between which components are labelled: `steps`, then the components of `from` as `into`. */
interface Stage {
  readonly steps: readonly LinkageStep[];
  readonly from: string;
  readonly into: string;
}

function linkStages(tables: ExactTables): readonly Stage[] {
  const { work } = tables;
  return [
    {
      steps: [...identifierBlockSteps(tables), ...identifierLinkSteps(tables)],
      from: work.links,
      into: work.labels,
    },
    { steps: contradictionSteps(tables), from: work.cut_links, into: work.cut_labels },
    {
      steps: [...clusterSteps(tables), ...nameGroupSteps(tables)],
      from: work.group_links,
      into: work.group_labels,
    },
    { steps: nameContradictionSteps(tables), from: work.name_links, into: work.name_labels },
  ];
}

function closingSteps(tables: ExactTables): readonly LinkageStep[] {
  return [...outputSteps(tables), tornStep(tables), ...litigeCaseSteps(tables), ...litigeSteps(tables)];
}

/** What ends in `components`, for whom it is asked for. */
function componentStage(tables: ExactTables): readonly (Stage & { readonly last: LinkageStep })[] {
  const { work, components } = tables;
  if (components === undefined) return [];
  return [
    {
      steps: [personTiesStep(tables)],
      from: work.person_ties,
      into: work.person_components,
      last: writeComponentsStep(tables, components),
    },
  ];
}

/**
 * Every step that `linkExact` may run, in order (those that label components once for each use, though they are
 * repeated as often as needed): for whoever checks which tables are read and written.
 */
export function exactLinkageSteps(spec: ExactLinkageSpec): readonly LinkageStep[] {
  const tables = exactTables(spec);
  const stepsOf = ({ steps, from, into }: Stage) => {
    const { start, jump, label, reduce, hook, relabel, contract } = componentSteps(tables, from, into);
    return [...steps, start, jump, label, reduce, hook, jump, relabel, contract];
  };
  return [
    outputTableStep(tables),
    ...prepareSteps(tables),
    ...linkStages(tables).flatMap(stepsOf),
    ...closingSteps(tables),
    ...componentStage(tables).flatMap((stage) => [...stepsOf(stage), stage.last]),
    dropWorkStep(tables),
  ];
}

/**
 * First stage of linkage: deterministic, by identifiers and by exact names, as told in the README.
 * Fills the output tables. The same records give the same rows whatever their order and the number of threads.
 * Throws LinkageInputError when ids are missing or repeated; an error of the engine names the step.
 */
export async function linkExact(
  runner: SqlRunner,
  spec: ExactLinkageSpec,
  onStep?: LinkageStepListener,
): Promise<ExactLinkageSummary> {
  const tables = exactTables(spec);
  const tasks = linkageTasks(runner, tables);
  try {
    for (const [index, task] of tasks.entries()) {
      onStep?.(task.step, index, tasks.length);
      await task.run();
    }
  } finally {
    await runLinkageSteps(runner, [dropWorkStep(tables)]);
  }
  return summarise(runner, tables);
}

interface Task {
  readonly step: LinkageStep;
  run(): Promise<void>;
}

function linkageTasks(runner: SqlRunner, tables: ExactTables): readonly Task[] {
  const plain = (step: LinkageStep): Task => ({ step, run: () => runLinkageSteps(runner, [step]) });
  const tasksOf = ({ steps, from, into }: Stage): readonly Task[] => [
    ...steps.map(plain),
    {
      step: componentSteps(tables, from, into).start,
      run: () => labelComponents(runner, tables, from, into),
    },
  ];
  const checking: LinkageStep = { name: 'check_input', reads: [], writes: [], sql: '' };
  return [
    ...[outputTableStep(tables), ...prepareSteps(tables)].map(plain),
    { step: checking, run: () => checkInput(runner, tables) },
    ...linkStages(tables).flatMap(tasksOf),
    ...closingSteps(tables).map(plain),
    ...componentStage(tables).flatMap((stage) => [...tasksOf(stage), plain(stage.last)]),
  ];
}

async function checkInput(runner: SqlRunner, tables: ExactTables): Promise<void> {
  for (const check of inputChecks(tables)) {
    if ((await readCount(runner, check.sql)) > 0) throw new LinkageInputError(check.message);
  }
}

async function summarise(runner: SqlRunner, tables: ExactTables): Promise<ExactLinkageSummary> {
  const count = (table: string) => readCount(runner, `SELECT count(*) AS n FROM ${table}`);
  const persons = `SELECT count(*) AS n FROM ${tables.memberships} WHERE record_id = person_id`;
  return {
    records: await count(tables.memberships),
    persons: await readCount(runner, persons),
    links: await count(tables.links),
    litiges: await count(tables.litiges),
  };
}
