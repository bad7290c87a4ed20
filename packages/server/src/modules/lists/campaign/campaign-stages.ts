import { assessPersons } from '../../eligibility/index.ts';
import { assignNumbers } from '../registry/assign-numbers.ts';
import { type CampaignContext, dataFolder, tellSteps } from './campaign-context.ts';
import {
  ASSESS_DATA,
  type DataFile,
  LINK_DATA,
  LIST_KEPT_DATA,
  NUMBER_DATA,
  NUMBER_KEPT_DATA,
  READ_DATA,
} from './data-files.ts';
import { forgetTellings, link, tellingsOf } from './link-stage.ts';
import { list } from './list-stage.ts';
import { persistTables } from './persist.ts';
import { persistAsked } from './persist-asked.ts';
import { previousAssessment, previousNumbers } from './previous-data.ts';
import { read } from './read-stage.ts';
import type { Stage } from './stage-journal.ts';

/** What the stage of numbers says. */
export interface NumberResult {
  /** Fingerprint of the registry as it left it. */
  readonly registry: string;
}

/** A stage: its work, and the tables that it leaves in OUT/data. What `run` returns is kept in the journal. */
export interface CampaignStage {
  readonly stage: Exclude<Stage, 'seal'>;
  readonly data: readonly DataFile[];
  run(context: CampaignContext): Promise<unknown>;
}

/** The stages in order. Each can be run again from the Parquet files of those before it. */
export const CAMPAIGN_STAGES: readonly CampaignStage[] = [
  { stage: 'read', data: READ_DATA, run: read },
  { stage: 'link', data: LINK_DATA, run: link },
  { stage: 'assess', data: ASSESS_DATA, run: assess },
  { stage: 'number', data: NUMBER_DATA, run: number },
  { stage: 'list', data: LIST_KEPT_DATA, run: list },
];

async function assess(context: CampaignContext): Promise<void> {
  const { database, options, ruleSet } = context;
  const folder = dataFolder(context);
  const before = await previousAssessment(database, options, { ruleSet, folder });
  if (before !== undefined && 'because' in before)
    context.progress.note(`  Tout le monde est jugé de nouveau : ${before.because}`);
  const kept = before !== undefined && 'kept' in before ? before.kept : undefined;
  const onStep = tellSteps(context, 'assess');
  const { fetched, members } = context;
  const asked = await assessPersons(database, {
    ...{ asOf: options.asOf, ruleSet, before: kept, fetched, members, onStep },
  });
  await persistAsked(database, folder, ASSESS_DATA, { previous: options.previous, asked });
}

/** The registry is committed here, before anything is published: a number that went out must be found again. */
async function number(context: CampaignContext): Promise<NumberResult> {
  const { database, options, campaign, progress } = context;
  const folder = dataFolder(context);
  const before = await previousNumbers(database, options, folder);
  const assignment = await assignNumbers(database, {
    registryFolder: options.registry,
    campaign,
    key: options.registryKey,
    before: before !== undefined && 'kept' in before ? before.kept : undefined,
    fetched: context.fetched,
    members: context.members,
    told: tellingsOf(context),
    onStep: tellSteps(context, 'number'),
  });
  if (before !== undefined && !assignment.held) {
    const because = 'because' in before ? before.because : 'le registre n’est pas celui qu’elle a laissé';
    progress.note(`  Les numéros de tout le monde sont cherchés de nouveau : ${because}`);
  }
  try {
    const [numbers, others] = [NUMBER_DATA.slice(0, 1), NUMBER_DATA.slice(1)];
    const asked = assignment.held ? 'SELECT person_id FROM lists.numbers_asked' : undefined;
    // Narrow: to compare costs next to nothing, and who kept their number has nothing to be listed anew for.
    await persistAsked(database, folder, numbers, { previous: options.previous, asked, hardlyAny: 0 });
    await persistTables(database, folder, [...others, ...NUMBER_KEPT_DATA]);
  } catch (error) {
    assignment.abandon();
    throw error;
  }
  assignment.commit();
  forgetTellings(context);
  return { registry: assignment.registry };
}
