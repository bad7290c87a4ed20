import { asEngine, type Model, openSession, scorePairs } from '@raccroche/linkage';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../../platform/duckdb/step.ts';
import type { DecisionSummary } from '../decisions/apply-decisions.ts';
import { type PreviousLinkage, SHOWN } from '../incremental/previous-linkage.ts';
import { dropSessionStep, engineStep } from '../look-alikes/engine-step.ts';
import { SIEI_MODEL } from '../look-alikes/siei-model.ts';
import { termFrequencies } from '../look-alikes/ways.ts';
import { applyDeathDecisions, type DecidedDeaths, deathDecisionStep } from './apply-death-decisions.ts';
import { DEATH_THRESHOLDS, deathModel, LEAST_MARGIN } from './death-model.ts';
import { deathCandidateStep, deathVariantStep, otherDeathsStep } from './death-variants.ts';
import { deathPairsStep, deathVerdictSteps, wholeDeathPairsStep } from './decide-deaths.ts';
import { exactDeathStep } from './exact-deaths.ts';

export interface DeathSummary {
  /** Persons who died according to INSEE. */
  readonly deceased: number;
  /** Persons of whom somebody must decide whether they died. */
  readonly toCheck: number;
}

export interface DeathOptions {
  readonly asOf: CivilDate;
  /** None: by exact agreement alone. */
  readonly learned: LearnedModel | undefined;
  /** What an earlier campaign left, if only `linkage.affected_persons` may show something else beside the same deaths. */
  readonly before?: PreviousLinkage | undefined;
  readonly decided: DecidedDeaths;
  readonly onStep?: StepListener | undefined;
}

/** What the engine compares with deaths, and how many ways of writing people it was estimated on. */
export interface LearnedModel {
  readonly model: Model;
  readonly variants: number;
}

const SCORING = engineStep('linkage_death_scores', 'openSession, scorePairs', {
  reads: ['linkage.death_candidates', 'linkage.death_variants', 'linkage.term_counts'],
  writes: ['linkage.death_records', 'linkage.death_scores'],
});

const EMPTY: Step = {
  name: 'linkage_empty_deaths',
  reads: [],
  writes: ['linkage.deaths', 'linkage.death_pairs'],
  sql: 'DELETE FROM linkage.deaths; DELETE FROM linkage.death_pairs',
};

/** Every step in order. */
export function deathSteps(asOf: CivilDate): readonly Step[] {
  return [
    EMPTY,
    deathVariantStep(asOf),
    otherDeathsStep(SHOWN),
    deathCandidateStep(true),
    deathCandidateStep(),
    exactDeathStep(),
    SCORING,
    deathPairsStep(deathModel(SIEI_MODEL, 1)),
    wholeDeathPairsStep(SHOWN),
    deathDecisionStep,
    ...deathVerdictSteps(),
    dropDeathWorkStep(),
  ];
}

/**
 * Tells who of the campaign died, from the deaths that INSEE tells: fills `linkage.deaths`, and adds to `linkage.litiges` what
 * a person must decide. By exact agreement, then, when the second stage learned a model, by resemblance; what people decided
 * of deaths outweighs both, and is added to `linkage.decisions`. Needs
 * `linkage.memberships` as they are to stay, and what the second stage leaves. Source: docs/adr/0007-deaths.md.
 */
export async function linkDeaths(
  database: Database,
  { asOf, learned, before, decided, onStep }: DeathOptions,
): Promise<DeathSummary & { readonly decided: DecisionSummary }> {
  const names = deathSteps(asOf).map(({ name }) => name);
  const tell: StepListener = (step) => onStep?.(step, names.indexOf(step.name), names.length);
  await runSteps(database, [EMPTY], tell);
  let decisions: DecisionSummary;
  try {
    await runSteps(database, [deathVariantStep(asOf)], tell);
    const told = (await countOf(database, 'linkage.death_variants')) > 0;
    if (told) {
      if (before !== undefined) await runSteps(database, [otherDeathsStep(before)], tell);
      await runSteps(database, [deathCandidateStep(before !== undefined), exactDeathStep()], tell);
      tell(SCORING, 0, 0);
      const model = learned === undefined ? undefined : await score(database, learned);
      await runSteps(database, [deathPairsStep(model)], tell);
      if (before !== undefined) await runSteps(database, [wholeDeathPairsStep(before)], tell);
    }
    tell(deathDecisionStep, 0, 0);
    decisions = await applyDeathDecisions(database, decided);
    if (told) await runSteps(database, deathVerdictSteps(), tell);
  } finally {
    await runSteps(database, [dropDeathWorkStep()], tell);
  }
  return {
    decided: decisions,
    deceased: await countOf(database, 'linkage.deaths'),
    toCheck: await countOf(
      database,
      "(SELECT DISTINCT person_id_l FROM linkage.litiges WHERE reason = 'death')",
    ),
  };
}

/** Pairs so far below the band cannot change what becomes of those in it. */
const SCORED_FROM = DEATH_THRESHOLDS.lower - LEAST_MARGIN;

/** Scores people against deaths. How rare a value is, the whole campaign tells, not the few who resemble a death. */
async function score(database: Database, { model, variants }: LearnedModel): Promise<Model | undefined> {
  const own = deathModel(model, variants);
  if ((await countOf(database, 'linkage.death_candidates')) === 0) return undefined;
  const session = await openSession(
    asEngine(database.connection, () => undefined),
    {
      inputs: [
        { name: 'deaths', relation: 'linkage.death_variants' },
        { name: 'people', relation: 'linkage.death_candidates' },
      ],
      model: own,
      frequencies: await termFrequencies(database),
      prefix: 'linkage.death_',
    },
  );
  await scorePairs(session, own, { threshold: SCORED_FROM, into: 'linkage.death_scores' });
  return own;
}

async function countOf(database: Database, relation: string): Promise<number> {
  const [row] = await database.all(`SELECT count(*)::INTEGER AS n FROM ${relation}`);
  return Number(row?.n ?? 0);
}

/** Drops every table of this stage that is not a result, and whom each person became, which nobody needs any more. */
function dropDeathWorkStep(): Step {
  return dropSessionStep('linkage_drop_deaths', 'linkage.death_', [
    'linkage.person_moves',
    'linkage.death_variants',
    'linkage.death_candidates',
    'linkage.exact_deaths',
    'linkage.death_scores',
    'linkage.other_deaths',
    'linkage.death_verdicts',
    'linkage.decided_deaths',
  ]);
}
