import { describe, expect, test } from 'vitest';
import { ELIGIBILITY_TABLES, ELIGIBILITY_VIEWS } from '../packages/server/src/modules/eligibility/tables.ts';
import { LINKAGE_TABLES } from '../packages/server/src/modules/linkage/tables.ts';
import { SOURCES_TABLES, SOURCES_VIEWS } from '../packages/server/src/modules/sources/tables.ts';
import { readRepository } from './repository.ts';
import {
  folderOf,
  type OwnershipRule,
  ownershipProblems,
  type Published,
  SCHEMAS,
  type Schema,
} from './sql-ownership.ts';

/** Of the last module, only what measures the lists reads: on which list each person stands. Nobody reads what measures. */
const PUBLISHED: Published = {
  sources: [...Object.keys(SOURCES_TABLES), ...SOURCES_VIEWS],
  linkage: Object.keys(LINKAGE_TABLES),
  eligibility: [...Object.keys(ELIGIBILITY_TABLES), ...ELIGIBILITY_VIEWS],
  lists: ['places'],
  quality: [],
};

/** Files that name the table they write at run time, and why that is sound. */
const COMPUTED_TARGETS: Readonly<Record<string, string>> = {
  'packages/server/src/modules/lists/campaign/persist.ts':
    'puts a view over its Parquet in the place of the table of a finished stage: same name, same rows',
  'packages/server/src/modules/lists/registry/registry-files.ts':
    'puts the tables of the registry, all of which it names itself, over the files of its state',
  'packages/server/src/modules/eligibility/steps.ts':
    'empties its results and drops what its own steps declare, and those declarations are scanned',
};

const BROKEN: readonly (readonly [OwnershipRule, Schema, string])[] = [
  ['writes-elsewhere', 'lists', 'const a = `CREATE TABLE eligibility.more AS SELECT 1`;'],
  ['writes-elsewhere', 'lists', "const a = 'INSERT INTO sources.records SELECT 1';"],
  ['writes-elsewhere', 'lists', "const a = 'INSERT OR REPLACE INTO sources.records SELECT 1';"],
  ['writes-elsewhere', 'linkage', 'const a = `UPDATE sources.records SET commune = #{x}`;'],
  ['writes-elsewhere', 'linkage', "const a = 'DELETE FROM sources.records';"],
  ['writes-elsewhere', 'linkage', "const a = 'DROP TABLE IF EXISTS sources.records';"],
  ['writes-elsewhere', 'linkage', "const a = 'ALTER TABLE sources.records ADD COLUMN x INT';"],
  ['writes-elsewhere', 'linkage', 'const a = `COPY sources.records FROM #{file}`;'],
  ['writes-elsewhere', 'linkage', "const a = 'CREATE INDEX i ON sources.records (record_id)';"],
  ['writes-elsewhere', 'linkage', 'const a = `CREATE OR REPLACE VIEW "sources"."records" AS FROM x`;'],
  ['writes-elsewhere', 'linkage', 'const a = `DROP TABLE sources.#{name}`;'],
  ['writes-elsewhere', 'sources', "const a = 'DROP SCHEMA IF EXISTS lists';"],
  ['writes-elsewhere', 'sources', "const a = 'CREATE TABLE main.temporary AS SELECT 1';"],
  ['writes-unknown', 'sources', 'const a = `CREATE TABLE #{name} AS SELECT 1`;'],
  ['writes-unknown', 'sources', 'const a = `DELETE FROM #{schema}.rows`;'],
  ['writes-elsewhere', 'lists', 'const table = `sources.#{name}`; const a = `DROP TABLE #{table}`;'],
  ['writes-unknown', 'sources', "const a = ['sources.files'].map((table) => `DROP TABLE #{table};`);"],
  ['writes-unqualified', 'sources', "const a = 'CREATE TEMP TABLE pairs AS SELECT 1';"],
  ['reads-later', 'sources', "const a = 'SELECT * FROM linkage.links';"],
  ['reads-later', 'eligibility', 'const a = `COPY (FROM lists.entries) TO #{file}`;'],
  ['reads-later', 'linkage', "const table = 'eligibility.persons';"],
  ['reads-private', 'lists', "const a = 'SELECT * FROM sources.staging';"],
  [
    'writes-elsewhere',
    'lists',
    "const s = { name: 'n', reads: [], writes: ['sources.files'], sql: build() };",
  ],
  [
    'step-undeclared',
    'linkage',
    "const s = { name: 'n', reads: [], writes: ['linkage.a'], sql: 'CREATE TABLE linkage.a AS FROM sources.files' };",
  ],
  [
    'step-undeclared',
    'linkage',
    "const s = { name: 'n', reads: ['linkage.a'], writes: [], sql: 'CREATE TABLE linkage.a AS SELECT 1' };",
  ],
  [
    'step-overdeclared',
    'linkage',
    "const s = { name: 'n', reads: ['sources.files'], writes: ['linkage.a'], sql: 'CREATE TABLE linkage.a AS SELECT 1' };",
  ],
];

const SOUND: readonly (readonly [Schema, string])[] = [
  ['sources', '// CREATE TABLE lists.entries\nconst a = 1;'],
  ['lists', "import { x } from '../sources/index.ts';"],
  [
    'lists',
    'const a = `CREATE TABLE lists.entries AS SELECT * FROM sources.records JOIN linkage.links USING (a)`;',
  ],
  ['lists', 'const a = `COPY (FROM eligibility.persons ORDER BY 1) TO #{file} (FORMAT parquet)`;'],
  ['sources', 'const a = `CREATE TABLE IF NOT EXISTS sources.#{name} (#{columns})`;'],
  ['lists', 'const table = `lists.registry_#{name}`; const a = `CREATE TABLE #{table} (x INT)`;'],
  ['sources', "const a = 'INSERT INTO sources.files VALUES (1) ON CONFLICT DO UPDATE SET a = 1';"],
  [
    'linkage',
    "const s = { name: 'n', reads: ['sources.files'], writes: ['linkage.a'], sql: 'CREATE TABLE linkage.a AS FROM sources.files' };",
  ],
];

/** Samples are written with # for the sign that opens an interpolation. */
const asCode = (sample: string) => sample.replaceAll('#{', '$' + '{');

describe('SQL that is not the business of its module is heard', () => {
  test.each(BROKEN)('%s in %s: %s', (rule, owner, code) => {
    expect(
      ownershipProblems(owner, 'a.ts', asCode(code), PUBLISHED).map((problem) => problem.rule),
    ).toContain(rule);
  });
  test.each(SOUND)('silent in %s: %s', (owner, code) => {
    expect(ownershipProblems(owner, 'a.ts', asCode(code), PUBLISHED)).toEqual([]);
  });
});

describe('the SQL of the modules', () => {
  const found = SCHEMAS.flatMap((owner) =>
    readRepository(/\.ts$/, folderOf(owner))
      .filter(({ path }) => !/\.test\.ts$|\/testing\//.test(path))
      .map(({ path, text }) => ({ path, text, problems: ownershipProblems(owner, path, text, PUBLISHED) })),
  );
  const isAllowed = (path: string, rule: OwnershipRule) =>
    rule === 'writes-unknown' && path in COMPUTED_TARGETS;

  test('was read', () => {
    expect(found.length).toBeGreaterThan(50);
    expect(found.some(({ text }) => text.includes('FROM sources.'))).toBe(true);
  });

  test('stays within its schema', () => {
    const heard = found.flatMap(({ path, problems }) =>
      problems
        .filter(({ rule }) => !isAllowed(path, rule))
        .map(({ rule, line, table }) => `${rule}: ${path}:${line} ${table}`),
    );
    expect(heard).toEqual([]);
  });

  test('every exception is still needed', () => {
    const needed = found.filter(({ problems }) => problems.some(({ rule }) => rule === 'writes-unknown'));
    expect(needed.map(({ path }) => path)).toEqual(expect.arrayContaining(Object.keys(COMPUTED_TARGETS)));
  });
});
