import { levelsByGamma, type Model } from '../model/model.ts';

/** A level without m or u of its own. */
export interface UntrainedLevel {
  readonly comparison: string;
  readonly level: string;
  readonly missing: readonly ('m' | 'u')[];
}

/** A model has levels without m or u. */
export class UntrainedError extends Error {
  readonly levels: readonly UntrainedLevel[];
  constructor(levels: readonly UntrainedLevel[]) {
    const list = levels.map(
      ({ comparison, level, missing }) => `  ${comparison} «${level}»: ${missing.join(', ')}`,
    );
    super(
      [
        'levels have no probabilities: train the model, give them, or ask for the defaults (invented weights):',
        ...list,
      ].join('\n'),
    );
    this.name = 'UntrainedError';
    this.levels = levels;
  }
}

/** Levels whose m or u is neither given nor trained; null levels need none. */
export function untrainedLevels(model: Model): readonly UntrainedLevel[] {
  return model.comparisons.flatMap((comparison) =>
    levelsByGamma(comparison).flatMap(({ label, m, u }) => {
      const missing = [
        ...(m === undefined ? (['m'] as const) : []),
        ...(u === undefined ? (['u'] as const) : []),
      ];
      return missing.length === 0 ? [] : [{ comparison: comparison.name, level: label, missing }];
    }),
  );
}

/** Throws UntrainedError when a level has no m or no u. */
export function refuseUntrained(model: Model): void {
  const levels = untrainedLevels(model);
  if (levels.length > 0) throw new UntrainedError(levels);
}
