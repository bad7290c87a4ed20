import { describe, expectTypeOf, test } from 'vitest';
import { dateComparison } from './comparisons/dates.ts';
import { prepare } from './comparisons/prepared.ts';
import type { Engine } from './engine/engine.ts';
import { call, column } from './expression/expression.ts';
import { frenchFamilyName } from './french/family-name.ts';
import { csvInput } from './io/inputs.ts';
import { exactMatch } from './levels/levels.ts';
import { createIndex } from './living/create-index.ts';
import { defineModel, type Model } from './model/model.ts';
import { openSession } from './session.ts';

/** Never run: what is tested here is what compiles. */
const compiled = (_work: (engine: Engine) => Promise<unknown>): void => {};
type PeopleColumn = 'id' | 'name' | 'born';
const people = csvInput<PeopleColumn>('people.csv');

describe('columns are checked when compiled, where they are known', () => {
  const fits = defineModel({ comparisons: [exactMatch('name'), dateComparison('born')] });
  const lacks = defineModel({ comparisons: [exactMatch('name'), exactMatch('town')] });

  test('a model names the columns that it compares of the input', () => {
    expectTypeOf(fits).toEqualTypeOf<Model<'name' | 'born'>>();
    const derived = defineModel({
      derivations: [{ name: 'initial', expression: call('substr', column('name'), 1, 1) }],
      comparisons: [exactMatch('initial'), exactMatch('born')],
    });
    expectTypeOf(derived).toEqualTypeOf<Model<'born'>>();
    const french = prepare(frenchFamilyName('name'), { derivations: [], comparisons: [exactMatch('born')] });
    expectTypeOf(defineModel(french)).toEqualTypeOf<Model<'name' | 'born'>>();
  });

  test('a column that is there', () => {
    compiled((engine) => openSession(engine, { inputs: [people], model: fits }));
    compiled((engine) => createIndex(engine, fits, [people]));
  });

  test('a column that is not there does not compile, and the compiler names it', () => {
    type Compared = 'name' | 'town';
    expectTypeOf(lacks).toEqualTypeOf<Model<Compared>>();
    type Opening = Parameters<typeof openSession<PeopleColumn, Compared>>[1];
    type Indexing = Parameters<typeof createIndex<PeopleColumn, Compared>>[1];
    expectTypeOf<Opening['model']>().toExtend<'the input has no column town'>();
    expectTypeOf<Indexing>().toExtend<'the input has no column town'>();
    expectTypeOf(lacks).not.toExtend<Opening['model']>();
    expectTypeOf(lacks).not.toExtend<Indexing>();
  });

  test('what is not known when compiled is left to the run', () => {
    const anything: Model = lacks;
    compiled((engine) => openSession(engine, { inputs: [csvInput('people.csv')], model: lacks }));
    compiled((engine) => openSession(engine, { inputs: [people], model: anything }));
    compiled((engine) => openSession(engine, { inputs: [{ relation: 'people' }], model: lacks }));
  });
});
