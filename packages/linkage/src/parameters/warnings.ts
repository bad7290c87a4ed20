import { type Comparison, levelsByGamma, type Model } from '../model/model.ts';
import type { ComparisonParameters, EmResult } from './expectation-maximisation.ts';
import type { PatternCount } from './pattern-counts.ts';

export const TRAINING_WARNINGS = [
  'unseen_level',
  'u_contaminated',
  'weights_not_ordered',
  'prior_far_from_rules',
  'label_switched',
  'too_many_matches',
  'few_matches',
  'not_converged',
  'several_optima',
] as const;
export type TrainingWarningCode = (typeof TRAINING_WARNINGS)[number];

/** Something about trained parameters that a person should look at. `message` says what to do. */
export interface TrainingWarning {
  readonly code: TrainingWarningCode;
  readonly comparison?: string;
  readonly level?: string;
  readonly message: string;
}

export interface TrainingEvidence {
  /** Records that were trained on. */
  readonly records: number;
  readonly counts: readonly PatternCount[];
  readonly em: EmResult;
  /** u as random pairs had it, matches included. */
  readonly random: readonly ComparisonParameters[];
  /** λ as deterministic rules tell it, when they were given. */
  readonly rulesPrior?: number;
  /** Log likelihoods at which the other starts ended. */
  readonly otherEnds: readonly number[];
}

/** Share of a level's random pairs that matches may be: beyond, what is left for u is too little to be sure of. */
const CONTAMINATED = 0.5;
const FEW_MATCHES = 50;
/**
 * Matching pairs that are believed, for each record: as if everybody had twenty-one of them. Their share of the candidate
 * pairs says nothing: with good blocking rules most candidates match.
 */
const MATCHES_OF_A_RECORD = 10;
const FAR = 10;
/** Weights that differ by less are as good as equal, in bits. */
const TIED = 0.05;

/** Warnings about a model that was trained, in a fixed order. */
export function trainingWarnings(model: Model, evidence: TrainingEvidence): readonly TrainingWarning[] {
  const { em } = evidence;
  const levels = model.comparisons.flatMap((comparison, index) => [
    ...levelWarnings(comparison, index, evidence),
    ...(comparison.corrects === undefined ? orderWarnings(comparison, em.comparisons[index]) : []),
  ]);
  return [...wholeWarnings(model, evidence), ...levels];
}

function wholeWarnings(
  model: Model,
  { em, rulesPrior, otherEnds, records }: TrainingEvidence,
): readonly TrainingWarning[] {
  const warnings: TrainingWarning[] = [];
  const tell = (code: TrainingWarningCode, message: string): void => void warnings.push({ code, message });
  if (!em.converged) tell('not_converged', 'parameters still moved at the last round: allow more rounds');
  if (em.matches < FEW_MATCHES) {
    tell(
      'few_matches',
      `about ${Math.round(em.matches)} matching pairs were found: give rules that find more, or m`,
    );
  }
  const against = em.comparisons.filter((parameters) => (weightsOf(parameters).at(-1) ?? 0) < 0).length;
  if (against * 2 > model.comparisons.length) {
    tell(
      'label_switched',
      'what was trained as matching disagrees more than the rest: give a lower prior, or looser rules',
    );
  }
  if (em.matches > records * MATCHES_OF_A_RECORD) {
    tell(
      'too_many_matches',
      `about ${Math.round(em.matches)} matching pairs for ${records} records: a frequent kind of different pairs was taken for matching; give a lower prior, or fix m of the levels that you know`,
    );
  }
  if (rulesPrior !== undefined && !(em.prior < rulesPrior * FAR && em.prior > rulesPrior / FAR)) {
    tell(
      'prior_far_from_rules',
      `the prior ended at ${em.prior.toExponential(1)}, the rules say ${rulesPrior.toExponential(1)}: look at pairs of weight 0, or fix the prior`,
    );
  }
  const best = em.logLikelihood.at(-1) ?? 0;
  if (otherEnds.some((end) => Math.abs(end - best) > Math.abs(best) * 1e-6)) {
    tell(
      'several_optima',
      'other starting priors ended elsewhere, less likely: give m to levels that you know',
    );
  }
  return warnings;
}

function levelWarnings(
  comparison: Comparison,
  index: number,
  { counts, em, random }: TrainingEvidence,
): readonly TrainingWarning[] {
  const seen = new Set(counts.map(({ gammas }) => gammas[index]));
  return levelsByGamma(comparison).flatMap((one, gamma): TrainingWarning[] => {
    const at = { comparison: comparison.name, level: one.label };
    if (!seen.has(gamma) && one.fixM !== true) {
      const message =
        'no candidate pair shows this level: its m is a guess; merge it with its neighbour, or give m';
      return [{ code: 'unseen_level', ...at, message }];
    }
    const matches = em.prior * (em.comparisons[index]?.m[gamma] ?? 0);
    const share = matches / (random[index]?.u[gamma] ?? 1);
    if (!(share > CONTAMINATED)) return [];
    const message = `about ${Math.round(Math.min(1, share) * 100)} % of the random pairs at this level match: they were taken out of u; draw more random pairs if its weight matters`;
    return [{ code: 'u_contaminated', ...at, message }];
  });
}

function orderWarnings(
  comparison: Comparison,
  parameters: ComparisonParameters | undefined,
): readonly TrainingWarning[] {
  const weights = parameters === undefined ? [] : weightsOf(parameters);
  return levelsByGamma(comparison).flatMap(({ label }, gamma): TrainingWarning[] => {
    const [below, here] = [weights[gamma - 1], weights[gamma]];
    if (below === undefined || here === undefined || here >= below - TIED) return [];
    const message = `weighs ${here.toFixed(1)}, less than the level below it (${below.toFixed(1)}): reorder or merge them`;
    return [{ code: 'weights_not_ordered', comparison: comparison.name, level: label, message }];
  });
}

function weightsOf({ m, u }: ComparisonParameters): readonly number[] {
  return m.map((share, gamma) => Math.log2(share / (u[gamma] ?? share)));
}
