import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { call, left, right } from '../expression/expression.ts';
import { exactMatch, similarityAtThresholds, swappedLevel } from '../levels/levels.ts';
import { type Comparison, defineModel, type Model, otherwise } from '../model/model.ts';
import { ModelError, type ModelProblem } from '../model/validate-model.ts';
import { comparisonWeights } from '../scoring/weights.ts';
import { readSplinkModel } from './read-model.ts';
import { goldenCases } from './testing/golden-session.ts';
import { splinkModelFiles } from './testing/model-files.ts';
import { splinkModelText, writeSplinkModel } from './write-model.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const minimal = (more: object = {}, level: object = {}): object => ({
  link_type: 'dedupe_only',
  comparisons: [
    {
      output_column_name: 'nom',
      comparison_levels: [{ sql_condition: 'nom_l = nom_r', ...level }, { sql_condition: 'ELSE' }],
    },
  ],
  ...more,
});

async function problemsOf(work: () => unknown): Promise<readonly ModelProblem[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ModelError) return error.problems;
    throw error;
  }
  return [];
}

const withoutConditions = (model: Model): unknown =>
  JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === 'condition' ? undefined : value)));

describe('round trips', () => {
  it('writes a file as it was read, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(splinkModelFiles(), async (file) => {
        const { model, settings } = await readSplinkModel(engine, splinkModelText(file));
        expect(splinkModelText(writeSplinkModel(model, settings))).toBe(splinkModelText(file));
        expect((await readSplinkModel(engine, writeSplinkModel(model, settings))).model).toEqual(model);
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  it.each(['dedupe', 'link'] as const)('writes what Splink itself trained and saved: %s', async (name) => {
    const { model, settings } = await readSplinkModel(engine, goldenCases()[name].model);
    expect(splinkModelText(writeSplinkModel(model, settings))).toBe(
      splinkModelText(goldenCases()[name].model),
    );
  });

  it('reads back a model that was made here', async () => {
    const swapped: Comparison = {
      name: 'both names',
      columns: ['first', 'last'],
      levels: [swappedLevel('first', 'last'), otherwise()],
    };
    const model = defineModel({
      comparisons: [
        similarityAtThresholds('last', 'jaro_winkler_similarity', [0.92], {
          termFrequency: true,
          minimumU: 1e-4,
        }),
        exactMatch('town'),
        swapped,
      ],
      blockingRules: ['l.town = r.town', { sql: 'l.tags = r.tags', explode: ['tags'] }],
      retainColumns: ['note'],
    });
    const read = await readSplinkModel(engine, splinkModelText(writeSplinkModel(model)));
    expect(withoutConditions(read.model)).toEqual(withoutConditions(model));
    expect(read.model.comparisons[2]?.levels[0]?.condition).toEqual(swapped.levels[0]?.condition);
  });
});

describe('reading', () => {
  it('fills in what Splink leaves out', async () => {
    const { model, settings } = await readSplinkModel(engine, minimal());
    expect(model).toMatchObject({
      prior: 1e-4,
      idColumn: 'unique_id',
      sourceColumn: 'source_dataset',
      emConvergence: 1e-4,
      emMaxIterations: 25,
      blockingRules: [],
      retainColumns: [],
    });
    expect(settings).toMatchObject({ generation: 4, retainMatchingColumns: true, weightPrefix: 'bf_' });
    expect(model.comparisons[0]?.levels[0]).toMatchObject({ label: 'nom_l = nom_r' });
  });

  it('names a comparison by its columns', async () => {
    const { model } = await readSplinkModel(engine, {
      link_type: 'dedupe_only',
      comparisons: [
        { comparison_levels: [{ sql_condition: 'a_l = a_r' }, { sql_condition: 'else' }] },
        { comparison_levels: [{ sql_condition: 'a_l = b_r' }, { sql_condition: 'Else' }] },
      ],
    });
    expect(model.comparisons.map(({ name }) => name)).toEqual(['a', 'custom_a_b']);
  });

  it('keeps probabilities and weights of 0', async () => {
    const zero = { m_probability: 0, u_probability: 0, tf_adjustment_column: 'nom', tf_adjustment_weight: 0 };
    const { model } = await readSplinkModel(engine, minimal({}, zero));
    const [level] = model.comparisons[0]?.levels ?? [];
    expect(level).toMatchObject({ m: 0, u: 0, termFrequency: { weight: 0 } });
    expect(writeSplinkModel(model).comparisons[0]?.comparison_levels[0]).toMatchObject(zero);
  });

  it('gives the worked example its weight', async () => {
    const exact = {
      m_probability: 0.9,
      u_probability: 0.0008,
      tf_adjustment_column: '"nom"',
      tf_minimum_u_value: 1e-5,
    };
    const { model } = await readSplinkModel(
      engine,
      minimal({ probability_two_random_records_match: 2e-5 }, exact),
    );
    const [comparison] = model.comparisons;
    const [, level] = comparison === undefined ? [] : comparisonWeights(comparison);
    const weight = (level?.weight ?? 0) + (level?.termFrequency?.log2Base ?? 0) - Math.log2(0.0002);
    expect(Math.log2(2e-5 / (1 - 2e-5)) + weight).toBeCloseTo(-3.4739, 4);
  });

  it('drops salting, and says so', async () => {
    const rules = [{ blocking_rule: 'l.nom = r.nom', sql_dialect: 'duckdb', salting_partitions: 4 }];
    const { model, notices } = await readSplinkModel(
      engine,
      minimal({ blocking_rules_to_generate_predictions: rules }),
    );
    expect(model.blockingRules).toEqual([{ sql: 'l.nom = r.nom' }]);
    expect(notices).toEqual([expect.stringContaining('salting_partitions')]);
  });

  it('translates the few functions of Spark that mean the same', async () => {
    const { model } = await readSplinkModel(
      engine,
      minimal(
        { sql_dialect: 'spark', blocking_rules_to_generate_predictions: ['l.`nom` = r.`nom`'] },
        { sql_condition: "jaro_winkler(`nom_l`, nom_r) >= 0.9 and nom_l <> '`'" },
      ),
    );
    const [level] = model.comparisons[0]?.levels ?? [];
    const jaroWinkler = call('jaro_winkler_similarity', left('nom'), right('nom'));
    expect(level?.condition).toEqual(call('and', call('>=', jaroWinkler, 0.9), call('<>', left('nom'), '`')));
    expect(level?.sql).toBe(`((jaro_winkler_similarity("nom_l", "nom_r") >= 0.9) AND ("nom_l" <> '\`'))`);
    expect(model.blockingRules).toEqual([{ sql: 'l."nom" = r."nom"' }]);
  });
});

describe('refusals', () => {
  it('tells every problem at once, with its path', async () => {
    const file = {
      link_type: 'deduplicate',
      colour: 'red',
      sql_dialect: 'postgres',
      max_iterations: 'many',
      blocking_rules_to_generate_predictions: [
        'l.a = (SELECT max(a) FROM t)',
        { blocking_rule: 'l.a = r.a', salting_partitions: 2, arrays_to_explode: ['a'] },
      ],
      comparisons: [
        {
          output_column_name: 'a',
          weight: 3,
          comparison_levels: [
            { sql_condition: "read_text('/etc/passwd') = a_l", gamma: 2 },
            { sql_condition: 'a_l IS NULL', is_null_level: true, m_probability: 0.1 },
            { label_for_charts: 'no condition' },
            { sql_condition: 'a_l = a_r', m_probability: 1.5 },
          ],
        },
      ],
    };
    const problems = await problemsOf(() => readSplinkModel(engine, file));
    const told = problems.map(({ path, code }) => `${code} ${path}`);
    expect(told.toSorted()).toEqual(
      [
        'unknown_key colour',
        'missing link_type',
        'unsupported sql_dialect',
        'missing max_iterations',
        'unsafe_sql blocking_rules_to_generate_predictions[0].blocking_rule',
        'unsupported blocking_rules_to_generate_predictions[1]',
        'unknown_key comparisons[0].weight',
        'unknown_key comparisons[0].comparison_levels[0].gamma',
        'unsafe_sql comparisons[0].comparison_levels[0].sql_condition',
        'unsupported comparisons[0].comparison_levels[1]',
        'missing comparisons[0].comparison_levels[2].sql_condition',
        'no_levels comparisons[0] (a)',
        'no_else comparisons[0] (a)',
        'probability_out_of_range comparisons[0] (a) «a_l = a_r» m',
      ].toSorted(),
    );
  });

  it.each([
    ['a comment', 'a_l = a_r -- x'],
    ['a second name', 'a_l = a_r AS x'],
    ['a second column', 'a_l = a_r, true'],
    ['unbalanced brackets', 'a_l) = (a_r'],
    ['a subquery', 'a_l IN (SELECT 1)'],
    ['a table function', "a_l = getenv('HOME')"],
    ['a second statement', 'a_l = a_r; DROP TABLE x'],
    ['a column of neither record', 'a_l = a'],
    ['an unknown function', 'no_such_function(a_l)'],
    ['an aggregate', 'max(a_l) = a_r'],
    ['a window', 'row_number() OVER () = a_r'],
  ])('does not run %s', async (_, sql) => {
    const problems = await problemsOf(() => readSplinkModel(engine, minimal({}, { sql_condition: sql })));
    expect(problems.map(({ code }) => code)).toContain('unsafe_sql');
  });

  it('does not guess what a function of Spark means', async () => {
    const file = minimal({ sql_dialect: 'spark' }, { sql_condition: 'soundex(nom_l) = soundex(nom_r)' });
    const [problem] = await problemsOf(() => readSplinkModel(engine, file));
    expect(problem?.message).toContain('soundex');
  });

  it('does not write what Splink has no place for, and names it', async () => {
    const model = defineModel({
      comparisons: [exactMatch('key')],
      derivations: [{ name: 'key', expression: call('lower', left('name')) }],
      sourceParameters: [{ sources: ['a', 'b'], m: [] }],
    });
    const problems = await problemsOf(() => writeSplinkModel(model));
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['derivations', 'unsupported'],
      ['sourceParameters', 'unsupported'],
    ]);
  });
});
