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
