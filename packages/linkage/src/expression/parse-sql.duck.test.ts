import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { compileExpression, expressionSql } from './compile.ts';
import {
  and,
  call,
  column,
  type Expression,
  eachOf,
  isNull,
  left,
  literal,
  not,
  or,
  right,
  those,
  tryCast,
} from './expression.ts';
import { parseSqlExpression, UnsafeSqlError } from './parse-sql.ts';
import { agree, createTable, readBySql } from './testing/both-readings.ts';
import { randomRows, TYPES } from './testing/random-rows.ts';
import { CALLS, CONTROLS } from './testing/sample-calls.ts';

let engine: Engine;
const rows = randomRows(300, 7);
beforeAll(async () => {
  engine = await openEngine();
  await createTable(engine, 'mixed', TYPES, rows);
});
afterAll(() => engine.close());

/** SQL written, read, and written again gives the same values; so does the twin of what was read. */
async function expectRoundTrip(expression: Expression): Promise<void> {
  const sql = expressionSql(expression);
  const again = await parseSqlExpression(engine, sql);
  const [first, second] = [
    await readBySql(engine, 'mixed', sql),
    await readBySql(engine, 'mixed', expressionSql(again)),
  ];
  expect({ sql, values: second }).toEqual({ sql, values: first });
  const [twin, twinAgain] = [compileExpression(expression), compileExpression(again)];
  const apart = rows.filter((row) => !agree(twinAgain(row), twin(row)));
  expect({ sql, apart }).toEqual({ sql, apart: [] });
}

describe('what is written is read back', () => {
  const single = ['array_cosine_similarity'];
  test.each(Object.entries(CALLS).filter(([name]) => !single.includes(name)))('%s', async (_name, calls) => {
    for (const expression of calls) await expectRoundTrip(expression);
  });
  test.each(CONTROLS)('%s', async (_name, expression) => {
    await expectRoundTrip(expression);
  });

  test('conditions put together at random', async () => {
    for (const expression of fc.sample(conditions(), { seed: 11, numRuns: 150 })) {
      await expectRoundTrip(expression);
    }
  });
});

/** Conditions of a few levels over the columns of the table. */
function conditions(): fc.Arbitrary<Expression> {
  const text = fc.constantFrom<Expression>(
    column('t1'),
    column('t2'),
    literal("l'été"),
    literal(''),
    call('lower', column('t1')),
    call('nullif', call('regexp_extract', column('t2'), '^[^-]+', 0), ''),
    call('case', column('b1'), column('t1'), literal(null)),
  );
  const number = fc.constantFrom<Expression>(
    column('n1'),
    column('i1'),
    literal(0.92),
    literal(-3),
    literal(1e-7),
    call('-', column('n2')),
    call('length', column('l1')),
    call('date_diff', 'day', column('d1'), tryCast(column('dt'), 'DATE')),
  );
  const list = fc.constantFrom<Expression>(
    column('l1'),
    literal(['a', 'b']),
    eachOf(column('l2'), (x) => call('||', x, column('t1'))),
    those(column('l1'), (x) => call('<>', x, 'a'), 'element of a list'),
  );
  const operator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=', 'is_distinct_from');
  const two = (one: fc.Arbitrary<Expression>) =>
    fc.tuple(operator, one, one).map(([name, a, b]) => call(name, a, b));
  return fc.letrec<{ condition: Expression }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4 },
      two(text),
      two(number),
      two(list),
      fc.tuple(list, list).map(([a, b]) => call('list_has_any', a, b)),
      fc.oneof(text, number, list).map(isNull),
      tie('condition').map(not),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => and(...all)),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => or(...all)),
    ),
  })).condition;
}

const READ: readonly (readonly [string, string, Expression])[] = [
  ['bare columns', 'name_l = name_r', call('=', left('name'), right('name'))],
  ['columns by side', 'l."birth date" = R.x', call('=', left('birth date'), right('x'))],
  ['a name with quotes', '"a""b_l" IS NULL', isNull(left('a"b'))],
  ['not null', 'a_l IS NOT NULL', not(isNull(left('a')))],
  ['a list of values', "a_l IN ('x', 'y')", or(call('=', left('a'), 'x'), call('=', left('a'), 'y'))],
  ['between', 'a_l BETWEEN 1 AND 2.5', and(call('>=', left('a'), 1), call('<=', left('a'), 2.5))],
  ['a cast of a list', 'a_l::VARCHAR[]', call('cast', left('a'), 'VARCHAR[]')],
  ['a cast to a decimal', 'a_l::DECIMAL(9,2)', call('cast', left('a'), 'DECIMAL(9,2)')],
  ['an arrow', 'list_transform(a_l, x -> x || b_l)', eachOf(left('a'), (x) => call('||', x, left('b')))],
  [
    'a lambda that hides a column',
    'list_filter(a_l, lambda a_l: a_l = 1)',
    those(left('a'), (x) => call('=', x, 1), 'a_l'),
  ],
  ['an element', 'a_l[1]', call('list_extract', left('a'), 1)],
  ['like', "a_l LIKE 'x%'", call('~~', left('a'), 'x%')],
  ['marks within texts', "a_l = '--;$1?/*'", call('=', left('a'), '--;$1?/*')],
  ['marks within names', '"--;?_l" = 1', call('=', left('--;?'), 1)],
  ['a negative number', 'a_l = -1.5', call('=', left('a'), -1.5)],
  ['another name of a function', 'len(a_l)', call('length', left('a'))],
];

describe('conditions as people write them', () => {
  test.each(READ)('%s', async (_name, sql, expected) => {
    expect(await parseSqlExpression(engine, sql)).toEqual(expected);
  });
});

const UNSAFE: readonly (readonly [string, string])[] = [
  ['a subquery', '(SELECT 1) = 1'],
  ['EXISTS', 'EXISTS (SELECT 1)'],
  ['IN a subquery', 'a_l IN (SELECT 1)'],
  ['a window', 'row_number() OVER () = 1'],
  ['a star', '*'],
  ['a star of columns', 'COLUMNS(*) = 1'],
  ['a parameter', 'a_l = ?'],
  ['a numbered parameter', 'a_l = $1'],
  ['a named parameter', 'a_l = $name'],
  ['a dollar-quoted text', 'a_l = $$x$$'],
  ['an escape text', "a_l = e'\\'' OR true --'"],
  ['an aggregate', 'sum(a_l) = 1'],
  ['a scalar function as an aggregate', 'length(a_l) FILTER (true) = 1'],
  ['DISTINCT in a call', 'length(DISTINCT a_l) = 1'],
  ['getenv', "getenv('HOME') = a_l"],
  ['current_setting', "current_setting('threads') = a_l"],
  ['current_date', 'a_l = current_date'],
  ['the user', 'a_l = user'],
  ['the version', 'version() = a_l'],
  ['a variable', "getvariable('x') = a_l"],
  ['chance', 'random() < 0.5'],
  ['the time', 'now() = a_l'],
  ['how long ago', 'ago(a_l) = b_l'],
  ['a sequence', "nextval('s') = 1"],
  ['an error', "error('x')"],
  ['the log', "write_log('x') IS NULL"],
  ['a file as text', "read_text('x') = a_l"],
  ['a file as a table', "read_csv('x') = a_l"],
  ['a query in a text', "query('SELECT 1') = a_l"],
  ['rows from a list', 'unnest(a_l) = 1'],
  ['rows from a macro', 'generate_subscripts(a_l, 1) = 1'],
  ['rights on tables', "has_table_privilege('t', 'SELECT')"],
  ['several statements', 'true; DROP TABLE mixed'],
  ['a final semicolon', 'true;'],
  ['a comment to the end', 'a_l = b_l -- and more'],
  ['a comment within', 'a_l /* = b_l */ = c_l'],
  ['a name for the result', 'a_l = b_l AS found'],
  ['two expressions', 'a_l, b_l'],
  ['a table', 'a_l FROM mixed'],
  ['a filter', 'a_l WHERE true'],
  ['an order', 'a_l ORDER BY 1'],
  ['a limit', 'a_l LIMIT 1'],
  ['DISTINCT', 'DISTINCT a_l'],
  ['a union', 'a_l UNION SELECT 1'],
  ['a bracket too many', 'a_l = b_l) OR (true'],
  ['a function of a schema', 'main.length(a_l) = 1'],
  ['a function of the system', 'system.main.length(a_l) = 1'],
  ['an unknown function', 'no_such_function(a_l)'],
  ['another table', 'x.a = r.a'],
  ['a column of a schema', 'l.a.b = r.a'],
  ['a collation', "a_l COLLATE nocase = 'x'"],
  ['a type of somebody’s own', 'a_l::mood = b_l'],
  ['an odd operator', 'a_l <-> b_l'],
  ['a JSON arrow', "a_l -> 'x' = b_l"],
  ['a number beyond all', '1e400 = a_l'],
  ['a number of too many digits', '12345678901234567890 = a_l'],
  ['a lambda of two', 'list_transform(a_l, lambda x, i: x) = b_l'],
  ['nothing', ''],
  ['no SQL', 'a_l = = b_l'],
];

describe('conditions that may not run', () => {
  test.each(UNSAFE)('%s', async (_name, sql) => {
    await expect(parseSqlExpression(engine, sql)).rejects.toThrow(UnsafeSqlError);
  });

  test('a macro that somebody made in the database', async () => {
    await engine.run('CREATE OR REPLACE MACRO my_count() AS (SELECT count(*) FROM mixed)');
    await expect(parseSqlExpression(engine, 'my_count() = 1')).rejects.toThrow(UnsafeSqlError);
  });

  test('no error quotes a value', async () => {
    const error: unknown = await parseSqlExpression(engine, "a_l = 'SECRET' = = 'SECRET'").catch(
      (e: unknown) => e,
    );
    expect(String(error)).not.toContain('SECRET');
  });

  test('a call that is no plain name cannot be written', () => {
    expect(() => expressionSql(call('x(1) OR y', 1))).toThrow(TypeError);
    expect(() => expressionSql(call('cast', 1, 'INT) OR (true'))).toThrow(TypeError);
  });
});
