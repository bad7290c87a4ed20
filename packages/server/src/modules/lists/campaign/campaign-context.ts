import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../platform/duckdb/database.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { Progress } from '../../../platform/terminal/progress.ts';
import type { RuleSet } from '../../eligibility/index.ts';
import type { FetchedMembers } from '../../linkage/index.ts';
import type { FetchedRecords } from '../../sources/index.ts';
import type { DecisionFile } from '../decisions/read-decisions.ts';
import type { Errands } from './errands.ts';
import type { WrittenHashes } from './hash-file.ts';
import type { CampaignOptions } from './options.ts';
import type { OutputFolder } from './output-folder.ts';
import { type Stage, StageLabels } from './stage-journal.ts';

/** What every stage of one campaign is given. */
export interface CampaignContext {
  readonly database: Database;
  readonly options: CampaignOptions;
  readonly ruleSet: RuleSet;
  readonly decisions: DecisionFile | undefined;
  readonly output: OutputFolder;
  readonly progress: Progress;
  /** What goes on beside the stages. */
  readonly errands: Errands;
  /** Hashes for the seal of what it need not read again. */
  readonly written: WrittenHashes;
  /** Rows of the records that several stages look at, where the campaign goes on from another. */
  readonly fetched?: FetchedRecords | undefined;
  /** Likewise who is who of the persons whom several stages look at. */
  readonly members?: FetchedMembers | undefined;
  /** `<as-of>-<rule set>`: names the campaign wherever it is told. */
  readonly campaign: string;
}

/** Where a campaign keeps its tables. */
export function dataFolder(context: CampaignContext): string {
  return join(context.output.final, 'data');
}

/** What a killed run left half-written in the folder is gone. */
export function emptyFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Tells the bar of a stage each step that begins. */
export function tellSteps(
  context: CampaignContext,
  stage: Stage,
): (step: Step, index: number, total: number) => void {
  const label = StageLabels[stage];
  return ({ name }, index, total) =>
    context.progress.update({ stage, label, done: index + 1, total, unit: 'étapes', step: name });
}
