import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { isElse } from '../model/model.ts';
import { emailComparison, forenameSurnameComparison, nameComparison, postcodeComparison } from './splink.ts';
import { dateOfBirthComparison } from './splink-measures.ts';
import { SPLINK } from './testing/ready-comparisons.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

describe('the text of a condition is read as the condition', () => {
  const levels = SPLINK.flatMap(({ name, levels: all }) =>
    all.filter((one) => !isElse(one)).map((one) => [`${name}: ${one.label}`, one] as const),
  );
  test.each(levels)('%s', async (_name, { sql, condition }) => {
    expect(await parseSqlExpression(engine, sql)).toEqual(condition);
  });
});

const sqlOf = (comparison: (typeof SPLINK)[number]) => comparison.levels.map(({ sql }) => sql);
const labelsOf = (comparison: (typeof SPLINK)[number]) => comparison.levels.map(({ label }) => label);

/** Conditions as in Splink's own saved models (docs/demos/demo_settings, 4.0.16). */
describe('conditions are spelled as Splink spells them', () => {
  test('NameComparison', () => {
    const comparison = nameComparison('first_name');
    expect(sqlOf(comparison)).toEqual([
      '"first_name_l" IS NULL OR "first_name_r" IS NULL',
      '"first_name_l" = "first_name_r"',
      'jaro_winkler_similarity("first_name_l", "first_name_r") >= 0.92',
      'jaro_winkler_similarity("first_name_l", "first_name_r") >= 0.88',
      'jaro_winkler_similarity("first_name_l", "first_name_r") >= 0.7',
      'ELSE',
    ]);
    expect(labelsOf(comparison)).toEqual([
      'first_name is NULL',
      'Exact match on first_name',
      'Jaro-Winkler distance of first_name >= 0.92',
      'Jaro-Winkler distance of first_name >= 0.88',
      'Jaro-Winkler distance of first_name >= 0.7',
      'All other comparisons',
    ]);
    expect(comparison.levels[1]?.termFrequency).toEqual({
      column: 'first_name',
      weight: 1,
      minimumU: 0,
      ownU: false,
    });
  });

  test('DateOfBirthComparison', () => {
    const epoch = (side: string) => `EPOCH(try_strptime("dob_${side}", '%Y-%m-%d'))`;
    expect(sqlOf(dateOfBirthComparison('dob'))).toEqual([
      `try_strptime("dob_l", '%Y-%m-%d') IS NULL OR try_strptime("dob_r", '%Y-%m-%d') IS NULL`,
      '"dob_l" = "dob_r"',
      'damerau_levenshtein("dob_l", "dob_r") <= 1',
      `ABS(${epoch('l')} - ${epoch('r')}) <= 2629800.0`,
      `ABS(${epoch('l')} - ${epoch('r')}) <= 31557600.0`,
      `ABS(${epoch('l')} - ${epoch('r')}) <= 315576000.0`,
      'ELSE',
    ]);
  });

  test('PostcodeComparison', () => {
    const found = (side: string, pattern: string) =>
      `NULLIF(regexp_extract("postcode_${side}", '${pattern}', 0), '')`;
    const district = '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?';
    expect(sqlOf(postcodeComparison('postcode'))[3]).toBe(
      `${found('l', district)} = ${found('r', district)}`,
    );
  });

  test('EmailComparison', () => {
    const user = (side: string) => `NULLIF(regexp_extract("email_${side}", '^[^@]+', 0), '')`;
    expect(sqlOf(emailComparison('email')).slice(2)).toEqual([
      `${user('l')} = ${user('r')}`,
      'jaro_winkler_similarity("email_l", "email_r") >= 0.88',
      `jaro_winkler_similarity(${user('l')}, ${user('r')}) >= 0.88`,
      'ELSE',
    ]);
  });

  test('ForenameSurnameComparison', () => {
    const comparison = forenameSurnameComparison('a', 'b');
    expect(comparison.name).toBe('a_b');
    expect(sqlOf(comparison)).toEqual([
      '("a_l" IS NULL OR "a_r" IS NULL) AND ("b_l" IS NULL OR "b_r" IS NULL)',
      '("a_l" = "a_r") AND ("b_l" = "b_r")',
      '"a_l" = "b_r" AND "a_r" = "b_l"',
      '(jaro_winkler_similarity("a_l", "a_r") >= 0.92) AND (jaro_winkler_similarity("b_l", "b_r") >= 0.92)',
      '(jaro_winkler_similarity("a_l", "a_r") >= 0.88) AND (jaro_winkler_similarity("b_l", "b_r") >= 0.88)',
      '"b_l" = "b_r"',
      '"a_l" = "a_r"',
      'ELSE',
    ]);
  });
});
