import { describe, expect, test } from 'vitest';
import { exactMatch } from '../levels/levels.ts';
import { defineModel } from '../model/model.ts';
import { type TrainingEvidence, trainingWarnings } from './warnings.ts';

const MODEL = defineModel({ comparisons: [exactMatch('a'), exactMatch('b')] });
/** Agreement speaks for one person, disagreement against. */
const SOUND = { m: [0.1, 0.9], u: [0.99, 0.01] };
const SWITCHED = { m: [0.9, 0.1], u: [0.5, 0.5] };

function codes(changes: { matches?: number; comparisons?: (typeof SOUND)[] }): readonly string[] {
  const { matches = 500, comparisons = [SOUND, SOUND] } = changes;
  const evidence: TrainingEvidence = {
    records: 1000,
    counts: [
      { gammas: [0, 0], pairs: 10 },
      { gammas: [1, 1], pairs: 590 },
    ],
    em: { prior: 0.001, comparisons, matches, iterations: 9, converged: true, logLikelihood: [-10] },
    random: [SOUND, SOUND],
    otherEnds: [],
  };
  return trainingWarnings(MODEL, evidence).map(({ code }) => code);
}

describe('warnings about a whole training', () => {
  test.each<[string, Parameters<typeof codes>[0], readonly string[]]>([
    // 500 of 600 candidates match: what good blocking rules give.
    ['most candidate pairs match', {}, []],
    ['a match too many for each record', { matches: 10_001 }, ['too_many_matches']],
    ['ten matches for each record', { matches: 10_000 }, []],
    ['hardly any match', { matches: 49 }, ['few_matches']],
    ['agreement speaks against', { comparisons: [SWITCHED, SWITCHED] }, ['label_switched']],
    ['agreement speaks against in one comparison of two', { comparisons: [SOUND, SWITCHED] }, []],
  ])('%s', (_name, changes, expected) => {
    const whole = ['few_matches', 'label_switched', 'too_many_matches', 'not_converged', 'several_optima'];
    expect(codes(changes).filter((code) => whole.includes(code))).toEqual(expected);
  });
});
