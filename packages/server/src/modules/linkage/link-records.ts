import {
  type ExactLinkageSpec,
  type ExactLinkageSummary,
  exactLinkageSteps,
  linkExact,
  type Model,
} from '@raccroche/linkage';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../platform/duckdb/step.ts';
import { type DeathSummary, deathSteps, linkDeaths } from './deaths/link-deaths.ts';
import { applyDecisions, type DecisionSummary } from './decisions/apply-decisions.ts';
import type { DecisionInput } from './decisions/decision.ts';
import { allDecisionSteps, closeDecidedStep, dropDecidedStep } from './decisions/decision-steps.ts';
import { recogniseDecided } from './decisions/write-decisions.ts';
import { dropInputStep, INPUT_VIEWS, inputSteps, type LinkagePeriod } from './input.ts';
import type { PreviousLookAlikes } from './look-alikes/carried-pairs.ts';
import type { HeldModel } from './look-alikes/held-model.ts';
import { type LookAlikeSummary, linkLookAlikes, lookAlikeSteps } from './look-alikes/link-look-alikes.ts';
import { createLinkageTablesSql } from './tables.ts';

export interface LinkageOptions extends LinkagePeriod {
  /** What people decided of litiges of former campaigns; nothing by default. */
  readonly decisions?: DecisionInput | undefined;
  /** The model that an earlier campaign estimated, to judge resemblances; without one, it is estimated on the records. */
  readonly held?: HeldModel | undefined;
  /** What that campaign compared to find them: carried over where neither side of a pair changed. */
  readonly before?: PreviousLookAlikes | undefined;
  /** Where the estimation of resemblances starts from: the model as shipped, by default. */
  readonly startFrom?: Model | undefined;
  readonly onStep?: StepListener | undefined;
}

export interface LinkageSummary extends ExactLinkageSummary {
  readonly decisions: DecisionSummary;
  readonly lookAlikes: LookAlikeSummary;
  readonly deaths: DeathSummary;
}

const SPEC: ExactLinkageSpec = {
  input: INPUT_VIEWS,
  output: { memberships: 'linkage.memberships', links: 'linkage.links', litiges: 'linkage.litiges' },
  workPrefix: 'linkage.exact_',
};

/** Every step of the stage, in order, for whoever checks which tables are read and written. */
export function linkageSteps(period: LinkagePeriod): readonly Step[] {
  return [
    ...inputSteps(period),
    ...exactLinkageSteps(SPEC),
    ...allDecisionSteps(),
    ...lookAlikeSteps(),
    closeDecidedStep(),
    ...deathSteps(period.asOf),
    dropDecidedStep(),
    dropInputStep(),
  ];
}

/**
 * Works out who is the same person among `sources.records`, and whose deaths `sources.deaths` tells: fills
 * `linkage.memberships`, `links`, `litiges`, `decisions` and `deaths`, and for the campaign that follows `ways` and
 * `look_alike_patterns`, replacing what was there. What people decided outweighs
 * both stages. The result depends on the content of the tables only.
 * Throws when a date is not civil, when a record id is given twice, or with the name of the step that failed.
 * Source: rules §7, §8 (Litige, Place).
 */
export async function linkRecords(database: Database, options: LinkageOptions): Promise<LinkageSummary> {
  for (const date of [options.asOf, options.windowStart]) {
    if (parseCivilDate(date) !== date) throw new TypeError('linkage needs civil dates, yyyy-mm-dd');
  }
  await database.run(createLinkageTablesSql());
  await runSteps(database, inputSteps(options));
  try {
    // One bar for all stages.
    const [second, third] = [lookAlikeSteps().length, deathSteps(options.asOf).length];
    const more = second + third;
    let before = 0;
    const exact = await linkExact(database, SPEC, (step, index, total) => {
      before = total;
      options.onStep?.(step, index, total + more);
    });
    const answering = await recogniseDecided(options.decisions);
    const decisions = await applyDecisions(database, options.decisions?.decisions ?? [], answering);
    const lookAlikes = await linkLookAlikes(database, {
      held: options.held,
      before: options.before,
      startFrom: options.startFrom,
      onStep: (step, index) => options.onStep?.(step, before + index, before + more),
    });
    await runSteps(database, [closeDecidedStep()]);
    const { model, variants, judgedBy } = lookAlikes;
    const { decided, ...deaths } = await linkDeaths(database, {
      asOf: options.asOf,
      learned: judgedBy === 'estimated' ? { model, variants } : undefined,
      decided: { answering, ...options.decisions?.deaths },
      onStep: (step, index) => options.onStep?.(step, before + second + index, before + more),
    });
    const all = { given: decisions.given + decided.given, applied: decisions.applied + decided.applied };
    return { ...exact, decisions: all, lookAlikes, deaths };
  } finally {
    await runSteps(database, [dropDecidedStep(), dropInputStep()]);
  }
}
