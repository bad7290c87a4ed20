import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { compileExpression, NoTwinError } from './compile.ts';
import { column as c, call, type Expression, literal, tryCast } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import { createTable, disagreements } from './testing/both-readings.ts';
import { randomRows, TYPES } from './testing/random-rows.ts';
import { CALLS, CONTROLS } from './testing/sample-calls.ts';

let engine: Engine;
const rows = randomRows(3_000, 20261201);
beforeAll(async () => {
  engine = await openEngine();
  await createTable(engine, 'mixed', TYPES, rows);
});
afterAll(() => engine.close());

describe('every function of the catalogue gives in SQL what its twin gives', () => {
  test('the table of calls is complete', () => {
    const measured = ['array_cosine_similarity'];
    expect(
      Object.keys(FUNCTIONS)
        .filter((name) => !measured.includes(name))
        .sort(),
    ).toEqual(Object.keys(CALLS).sort());
  });

  test.each(Object.entries(CALLS))('%s', async (_name, calls) => {
    for (const expression of calls) {
      const found = await disagreements(engine, 'mixed', rows, expression);
      expect(found.slice(0, 5)).toEqual([]);
    }
  });

  test('array_cosine_similarity, which the engine computes in single precision', async () => {
    const expression = call('array_cosine_similarity', c('v1'), c('v2'));
    const near = call('<=', call('abs', call('-', expression, literal(0.5))), literal(0.25));
    const twin = compileExpression(expression);
    const found = await engine.all('SELECT array_cosine_similarity(v1, v2) AS s FROM mixed ORDER BY row_no');
    const apart = found.map(({ s }, index) => Math.abs(Number(s) - Number(twin(rows[index] ?? {}))));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
    expect(await disagreements(engine, 'mixed', rows, near)).toEqual([]);
  });
});

describe('what the compiler knows itself', () => {
  test.each(CONTROLS)('%s', async (_name, expression) => {
    expect((await disagreements(engine, 'mixed', rows, expression)).slice(0, 5)).toEqual([]);
  });
});

/** Letters that got another case after the engine's Unicode. */
const YOUNG = new Set(['ƛ', 'ɤ']);

test('every Latin, Greek and Cyrillic character has the engine’s other case and bare form', async () => {
  const found =
    await engine.all(`SELECT i AS code, upper(chr(i::INTEGER)) AS upper, lower(chr(i::INTEGER)) AS lower,
    strip_accents(chr(i::INTEGER)) AS strip_accents FROM range(1, 8192) t(i) WHERE i < 1328 OR i >= 7680`);
  const forms = ['upper', 'lower', 'strip_accents'].map(
    (name) => [name, compileExpression(call(name, c('x')))] as const,
  );
  const apart = found.flatMap((row) => {
    const x = String.fromCodePoint(Number(row.code));
    return forms
      .filter(([name, twin]) => twin({ x }) !== row[name] && !YOUNG.has(x))
      .map(([name]) => `${name} ${x}`);
  });
  expect(found.length).toBe(1_839);
  expect(apart).toEqual([]);
});

const [t1, t2, d1, d2] = [c('t1'), c('t2'), c('d1'), c('d2')];

describe('calls without a twin say so', () => {
  const none: readonly (readonly [string, Expression])[] = [
    ['a function of the engine alone', call('soundex', t1)],
    ['a method that every object has', call('constructor', t1)],
    ['a look-behind', call('regexp_matches', t1, '(?<=a)b')],
    ['a back-reference', call('regexp_matches', t1, '(a)\\1')],
    ['letters regardless of case', call('regexp_matches', t1, '(?i)a')],
    ['a POSIX class', call('regexp_matches', t1, '[[:alpha:]]')],
    ['a pattern that could take forever', call('regexp_matches', t1, '^(a+)+$')],
    ['a choice that is repeated', call('regexp_matches', t1, '^(?:a|aa)*$')],
    ['a pattern that is a column', call('regexp_matches', t1, t2)],
    ['a group that is not there', call('regexp_extract', t1, 'a', 1)],
    ['a rewrite of a group that is not there', call('regexp_replace', t1, 'a', '\\1')],
    ['an unknown option', call('regexp_replace', t1, 'a', 'b', 'i')],
    ['a format of dates', call('try_strptime', t1, '%B')],
    ['weeks', call('date_diff', 'week', d1, d2)],
    ['a cast to a time', tryCast(t1, 'TIMESTAMP')],
    ['a cast to a list', tryCast(t1, 'VARCHAR[]')],
  ];
  test.each(none)('%s', (_name, expression) => {
    expect(() => compileExpression(expression)).toThrow(NoTwinError);
  });
});
