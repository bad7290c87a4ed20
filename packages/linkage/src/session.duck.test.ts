import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from './engine/engine.ts';
import { call, column } from './expression/expression.ts';
import { exactMatch } from './levels/levels.ts';
import { defineModel, type Model } from './model/model.ts';
import { openSession } from './session.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const people = (...rows: readonly string[]) =>
  `(SELECT * FROM (VALUES ${rows.join(', ')}) t(unique_id, name, rid))`;
const TWO = people("(1, 'ANNE', 7)", "(2, 'LEO', 8)");
const NAMES: Model = defineModel({ comparisons: [exactMatch('name', { termFrequency: true })] });

async function refusal(relation: string, model: Model): Promise<string> {
  return openSession(engine, { inputs: [{ relation }], model }).then(
    () => 'opened',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('inputs that a session refuses', () => {
  test.each<[string, string, Model, RegExp]>([
    [
      'a column that is not there',
      TWO,
      { ...NAMES, retainColumns: ['town'] },
      /InputError: the input has no column town/,
    ],
    [
      'a column of the engine’s own',
      TWO,
      { ...NAMES, retainColumns: ['rid'] },
      /InputError: the engine has columns called rid/,
    ],
    [
      'a derived column that is the frequency of another',
      TWO,
      { ...NAMES, derivations: [{ name: 'TF_name', expression: call('lower', column('name')) }] },
      /InputError: the engine has columns called tf_name/,
    ],
    [
      'an id twice',
      people("(1, 'ANNE', 7)", "(1, 'LEO', 8)"),
      NAMES,
      /InputError: unique_id is not unique: 1 rows/,
    ],
    [
      'no id',
      people("(NULL, 'ANNE', 7)", "(1, 'LEO', 8)"),
      NAMES,
      /InputError: unique_id is missing in 1 rows/,
    ],
    ['no comparison', TWO, { ...NAMES, comparisons: [] }, /ModelError/],
  ])('%s', async (_name, relation, model, sentence) => {
    expect(await refusal(relation, model)).toMatch(sentence);
  });

  test('a column of the input that is not read may be called anything', async () => {
    const { recordCount, possiblePairs } = await openSession(engine, {
      inputs: [{ relation: TWO }],
      model: NAMES,
    });
    expect({ recordCount, possiblePairs }).toEqual({ recordCount: 2, possiblePairs: 1 });
  });
});

describe('rows that come numbered', () => {
  const numbered = (numbers: readonly (number | null)[]) => {
    const rows = ['ANNE', 'LEO', 'ZOE'].map((name, index) => `(${index + 1}, '${name}', ${numbers[index]})`);
    return {
      relation: `(SELECT * FROM (VALUES ${rows.join(', ')}) t(unique_id, name, place))`,
      numbered: 'place',
    };
  };
  const open = (...inputs: ReturnType<typeof numbered>[]) => openSession(engine, { inputs, model: NAMES });

  test('are the records that sorting and numbering them gives', async () => {
    const input = numbered([1, 2, 3]);
    const shuffled = { ...input, relation: `(FROM ${input.relation} ORDER BY name DESC)` };
    await open(shuffled);
    const given = await engine.all('FROM linkage_records ORDER BY rid');
    await openSession(engine, { inputs: [{ relation: input.relation }], model: NAMES });
    expect(given).toEqual(await engine.all('FROM linkage_records ORDER BY rid'));
    expect(given.map(({ rid, name }) => [rid, name])).toEqual([
      [1, 'ANNE'],
      [2, 'LEO'],
      [3, 'ZOE'],
    ]);
  });

  test.each<[string, (number | null)[]]>([
    ['a gap', [1, 2, 4]],
    ['not from 1', [0, 1, 2]],
    ['a number twice', [1, 1, 3]],
    ['a number missing', [1, 2, null]],
  ])('are refused: %s', async (_name, numbers) => {
    await expect(open(numbered(numbers))).rejects.toThrow(/numbered from 1, each once, without a gap/);
  });

  test('are those of one input', async () => {
    const [a, b] = [numbered([1, 2, 3]), numbered([1, 2, 3])];
    await expect(open({ ...a, name: 'a' } as typeof a, { ...b, name: 'b' } as typeof b)).rejects.toThrow(
      /only rows of one input/,
    );
  });
});
