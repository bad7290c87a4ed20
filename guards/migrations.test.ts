import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, readRepository } from './repository.ts';

/** Modules with tables for the platforms, in their order: a migration refers to its own schema and those before. */
const SCHEMAS = ['audit', 'access', 'jobs', 'privacy', 'partners', 'lists', 'cases', 'contacts'] as const;
type Schema = (typeof SCHEMAS)[number];

const MENTION = new RegExp(`\\b(${SCHEMAS.join('|')})\\.[a-z_]+`, 'g');
const MADE = new RegExp(
  `\\b(?:(?:CREATE|ALTER|DROP)\\s+(?:UNLOGGED\\s+)?(?:TABLE|VIEW|FUNCTION|SEQUENCE)\\s+|(?:INDEX|TRIGGER|POLICY)\\s[^;]*?\\sON\\s+)(${SCHEMAS.join('|')})\\.`,
  'g',
);
const textOf = (sql: string) => sql.replace(/--[^\n]*/g, '');

/** What a migration of `owner` does that is not its business. */
function migrationProblems(owner: Schema, sql: string): string[] {
  const text = textOf(sql);
  const later = [...text.matchAll(MENTION)].filter(
    ([, schema]) => SCHEMAS.indexOf(schema as Schema) > SCHEMAS.indexOf(owner),
  );
  const elsewhere = [...text.matchAll(MADE)].filter(([, schema]) => schema !== owner);
  return [
    ...later.map(([table]) => `later: ${table}`),
    ...elsewhere.map(([, schema]) => `elsewhere: ${schema}`),
  ];
}

describe('a migration that is not the business of its module is heard', () => {
  test.each([
    ['lists', 'CREATE TABLE cases.more (x INT);', ['later: cases.more', 'elsewhere: cases']],
    ['cases', 'CREATE INDEX i ON lists.publications (campaign);', ['elsewhere: lists']],
    ['access', 'CREATE POLICY p ON audit.entries USING (true);', ['elsewhere: audit']],
    ['access', 'SELECT cases.f();', ['later: cases.f']],
    ['cases', '-- cases later: indicators.x\nCREATE TABLE cases.a (x UUID REFERENCES access.people);', []],
  ] as const)('%s: %s', (owner, sql, problems) => {
    expect(migrationProblems(owner, sql)).toEqual(problems);
  });
});

describe('the migrations', () => {
  const found = SCHEMAS.flatMap((owner) =>
    readRepository(/\.sql$/, `packages/server/src/modules/${owner}`).map(({ path, text }) => ({
      owner,
      path,
      text,
    })),
  );
  test('were read', () => expect(found.length).toBeGreaterThanOrEqual(6));
  test.each(found.map(({ path, owner, text }) => [path, owner, text] as const))('%s', (_, owner, text) => {
    expect(migrationProblems(owner, text)).toEqual([]);
  });
});

/** Tables that hold nothing about a person: which campaigns were published, which platforms there are. */
const WITHOUT_PEOPLE = ['lists.publications', 'access.platforms'];

test('what the application’s role reads lies under row-level security', () => {
  const schema = readFileSync(join(ROOT, 'packages/server/schema.txt'), 'utf8').split('\n');
  const read = schema
    .map((line) => /^raccroche_app ([a-z_]+\.[a-z_]+) ([A-Z,]+)$/.exec(line))
    .filter((match) => match?.[2]?.split(',').includes('SELECT'))
    .map((match) => match?.[1] ?? '');
  const open = read.filter((table) => schema.includes(`${table} none`) && !WITHOUT_PEOPLE.includes(table));
  expect(read).toContain('cases.cases');
  expect(open).toEqual([]);
});
