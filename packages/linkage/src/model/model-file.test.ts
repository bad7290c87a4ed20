import { describe, expect, test } from 'vitest';
import { civilDate, dateComparison } from '../comparisons/dates.ts';
import { call, left, right } from '../expression/expression.ts';
import { frenchFamilyName } from '../french/family-name.ts';
import { frenchFirstNames } from '../french/given-names.ts';
import { distanceAtThresholds, exactMatch, similarityAtThresholds } from '../levels/levels.ts';
import { defineModel, level, type Model, otherwise } from './model.ts';
import { isModelFile, readModelFile, writeModelFile } from './model-file.ts';
import { ModelError } from './validate-model.ts';

const MODEL: Model = defineModel({
  linkType: 'link_and_dedupe',
  prior: 0.002,
  derivations: [{ name: 'key', expression: call('name_key', { kind: 'column', name: 'surname' }) }],
  comparisons: [
    similarityAtThresholds('key', 'jaro_winkler_similarity', [0.92], {
      termFrequency: true,
      minimumU: 0.001,
    }),
    distanceAtThresholds('dob', 'damerau_levenshtein', [1, 2]),
    { ...exactMatch('city'), description: 'where' },
  ],
  blockingRules: ['l.dob = r.dob', { sql: 'l.phones = r.phones', explode: ['phones'] }],
  retainColumns: ['cluster'],
});

function problemsOf(text: string): readonly string[] {
  try {
    readModelFile(text);
    return [];
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
}

/** The file with one place changed. */
function changed(change: (file: Record<string, unknown>) => void): string {
  const file = JSON.parse(writeModelFile(MODEL)) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file);
}

describe('model file', () => {
  test('what is read is what was written', () => {
    expect(readModelFile(writeModelFile(MODEL))).toEqual(MODEL);
  });

  test('ready comparisons with all that they derive are read as they were written', () => {
    const names = frenchFamilyName('surname', { usage: 'usage_name' });
    const given = frenchFirstNames('first_name');
    const model = defineModel({
      derivations: [...names.derivations, ...given.derivations, civilDate('born', 'birth')],
      comparisons: [...names.comparisons, ...given.comparisons, dateComparison('birth')],
    });
    expect(readModelFile(writeModelFile(model))).toEqual(model);
  });

  test('m by pair of inputs is kept', () => {
    const model = {
      ...MODEL,
      sourceParameters: [
        {
          sources: ['a', 'b'] as const,
          m: [
            [0.1, 0.9],
            [0.5, 0.5],
          ],
        },
      ],
    };
    expect(readModelFile(writeModelFile(model))).toEqual(model);
  });

  test('the same model gives the same bytes', () => {
    expect(writeModelFile(readModelFile(writeModelFile(MODEL)))).toBe(writeModelFile(MODEL));
  });

  test('SQL is made from the tree, never taken from the file', () => {
    const text = changed((file) => {
      const [comparison] = file.comparisons as { levels: Record<string, unknown>[] }[];
      if (comparison?.levels[1]) comparison.levels[1].sql = "read_text('/etc/hosts') IS NOT NULL";
    });
    expect(readModelFile(text)).toEqual(MODEL);
  });

  test.each<[string, string, readonly string[]]>([
    ['not JSON', '{', ['the file unsupported']],
    [
      'another format',
      changed((file) => {
        file.format = 'other/1';
      }),
      ['format unsupported'],
    ],
    [
      'a prior that is a text',
      changed((file) => {
        file.prior = '0.1';
      }),
      ['prior missing'],
    ],
    [
      'a function out of the catalogue',
      changed((file) => {
        file.derivations = [
          {
            name: 'x',
            expression: { kind: 'call', name: 'getenv', args: [{ kind: 'literal', value: 'HOME' }] },
          },
        ];
      }),
      ['derivations[0].expression unsafe_sql'],
    ],
    [
      'a cast to more than a type',
      changed((file) => {
        const type = { kind: 'literal', value: 'DATE); DROP TABLE x; --' };
        const args = [{ kind: 'column', name: 'a' }, type];
        file.derivations = [{ name: 'x', expression: { kind: 'call', name: 'cast', args } }];
      }),
      ['derivations[0].expression unsafe_sql'],
    ],
    [
      'a name of Object’s own is no function',
      changed((file) => {
        file.derivations = [{ name: 'x', expression: { kind: 'call', name: 'constructor', args: [] } }];
      }),
      ['derivations[0].expression unsafe_sql'],
    ],
    [
      'every problem at once',
      changed((file) => {
        file.linkType = 'both';
        file.comparisons = 'none';
      }),
      ['linkType unsupported', 'comparisons missing'],
    ],
  ])('%s', (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('a level that only the engine can read is refused by name', () => {
    const one = level('own', call('=', left('a'), right('a')));
    const sqlOnly = { label: one.label, sql: one.sql };
    const model = defineModel({
      comparisons: [{ name: 'a', columns: ['a'], levels: [sqlOnly, otherwise()] }],
    });
    expect(() => writeModelFile(model)).toThrow(/own.*SQL only/);
  });

  test('is told from other JSON', () => {
    expect(isModelFile(JSON.parse(writeModelFile(MODEL)))).toBe(true);
    expect(isModelFile({ link_type: 'dedupe_only' })).toBe(false);
    expect(isModelFile(null)).toBe(false);
  });
});
