import { describe, expect, test } from 'vitest';
import { type AgreementMass, type ChooseOptions, chooseKeys, missedBy } from './choose-rules.ts';

const mass = (mass_: number, ...atoms: readonly number[]): AgreementMass => ({
  atoms: new Set(atoms),
  mass: mass_,
});

function options(pairs: Readonly<Record<string, number>>, more: Partial<ChooseOptions> = {}): ChooseOptions {
  const count = (key: readonly number[]) => pairs[key.join()] ?? 1;
  return {
    targetRecall: 1,
    pairBudget: 1000,
    mostRules: 9,
    roughPairs: count,
    countPairs: (key) => Promise.resolve(count(key)),
    ...more,
  };
}

const MASSES = [mass(60, 0, 1), mass(30, 1, 2), mass(10, 2), mass(5)];

describe('choosing rules', () => {
  test('takes what finds most, then what finds most of the rest', async () => {
    const chosen = await chooseKeys(MASSES, [[0], [1], [2]], options({}));
    expect(chosen).toEqual([
      { key: [1], pairs: 1, recall: 90 / 105, added: 90 / 105 },
      { key: [2], pairs: 1, recall: 40 / 105, added: 10 / 105 },
    ]);
    expect(
      missedBy(
        MASSES,
        chosen.map(({ key }) => key),
      ),
    ).toEqual([mass(5)]);
  });

  test('stops at the recall wanted', async () => {
    const chosen = await chooseKeys(MASSES, [[0], [1], [2]], options({}, { targetRecall: 0.8 }));
    expect(chosen.map(({ key }) => key)).toEqual([[1]]);
  });

  test('prefers the cheaper of keys that find alike', async () => {
    const chosen = await chooseKeys(MASSES, [[0], [1], [0, 1]], options({ '0': 800, '1': 900, '0,1': 40 }));
    expect(chosen[0]?.key).toEqual([0, 1]);
  });

  test('never goes beyond the budget, whatever the rough count said', async () => {
    const dear = options({ '0': 600, '1': 600, '2': 600 }, { roughPairs: () => 1 });
    const chosen = await chooseKeys(MASSES, [[0], [1], [2]], dear);
    expect(chosen.map(({ key }) => key)).toEqual([[1]]);
  });

  test('takes no more rules than allowed, and none when nothing is likely', async () => {
    expect(await chooseKeys(MASSES, [[0], [1], [2]], options({}, { mostRules: 1 }))).toHaveLength(1);
    expect(await chooseKeys([], [[0]], options({}))).toEqual([]);
  });

  test('ties go to the earlier key', async () => {
    const twins = [mass(10, 0, 1)];
    expect((await chooseKeys(twins, [[0], [1]], options({})))[0]?.key).toEqual([0]);
    expect((await chooseKeys(twins, [[1], [0]], options({})))[0]?.key).toEqual([1]);
  });
});
