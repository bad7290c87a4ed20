import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aipdPage } from '../packages/server/src/app/privacy/aipd-page.ts';
import { registerPage } from '../packages/server/src/app/privacy/register-page.ts';
import { STORE_RETENTION } from '../packages/server/src/app/store/retention.ts';
import type { ModuleRetention, TableDeclaration } from '../packages/server/src/kernel/retention.ts';
import { readTerms } from '../packages/server/src/modules/privacy/index.ts';
import { ROOT } from './repository.ts';
import { columnsOf, retentionProblems } from './retention-rules.ts';

const SCHEMA = readFileSync(join(ROOT, 'packages/server/schema.txt'), 'utf8');

const SMALL = `# columns
a.notes.case_id uuid not null
a.notes.text text
a.places.name text

# constraints
# row-level security
a.notes enabled
a.places none
`;
const NOTES: TableDeclaration = {
  about: 'young_person',
  purpose: 'x',
  source: 'x',
  ends: ['a.old'],
  of: { column: 'case_id', key: 'case_id' },
  columns: { identifier: ['case_id'], free_text: ['text'] },
};
const PLACES: TableDeclaration = { about: 'nobody', purpose: 'x', columns: { nothing: ['name'] } };
const OLD = {
  code: 'a.old',
  label: 'x',
  from: 'x',
  basis: 'x',
  adjustable: false,
  ending: { does: 'remove_cases', where: 'true' },
} as const;
const saying = (tables: ModuleRetention['tables']): ModuleRetention[] => [{ tables, classes: [OLD] }];

describe('a column without a declaration is heard', () => {
  test.each<[string, ModuleRetention['tables'], string[]]>([
    ['all is said', { 'a.notes': NOTES, 'a.places': PLACES }, []],
    ['a table', { 'a.notes': NOTES }, ['undeclared a.places']],
    [
      'a column',
      { 'a.notes': { ...NOTES, columns: { identifier: ['case_id'] } }, 'a.places': PLACES },
      ['undeclared a.notes.text'],
    ],
    [
      'a column of another day',
      { 'a.notes': { ...NOTES, columns: { ...NOTES.columns, trace: ['by'] } }, 'a.places': PLACES },
      ['not-there a.notes.by'],
    ],
    [
      'a column told twice',
      { 'a.notes': { ...NOTES, columns: { ...NOTES.columns, trace: ['text'] } }, 'a.places': PLACES },
      ['declared-twice a.notes.text'],
    ],
    ['no end', { 'a.notes': { ...NOTES, ends: [] }, 'a.places': PLACES }, ['without-end a.notes']],
    [
      'an end that nobody defines',
      { 'a.notes': { ...NOTES, ends: ['a.never'] }, 'a.places': PLACES },
      ['without-end a.notes'],
    ],
    [
      'a table that the purge cannot reach',
      {
        'a.notes': {
          about: 'young_person',
          purpose: 'x',
          source: 'x',
          ends: ['a.old'],
          columns: NOTES.columns,
        },
        'a.places': PLACES,
      },
      ['out-of-reach a.notes'],
    ],
    [
      'somebody in a table about nobody',
      { 'a.notes': NOTES, 'a.places': { ...PLACES, columns: { identity: ['name'] } } },
      ['about-nobody a.places'],
    ],
    [
      'a permission that is none',
      { 'a.notes': { ...NOTES, readBy: ['x.read'] }, 'a.places': PLACES },
      ['unknown-permission a.notes'],
    ],
  ])('%s', (_, tables, problems) => {
    expect(retentionProblems(SMALL, saying(tables))).toEqual(problems);
  });
});

test('every column of the store has a purpose, a category and an end', () => {
  expect(columnsOf(SCHEMA).size).toBeGreaterThan(20);
  expect(retentionProblems(SCHEMA, STORE_RETENTION)).toEqual([]);
});

test('docs/registre.md and docs/aipd.md are what the schema says today (npm run docs writes them anew)', () => {
  const terms = readTerms(STORE_RETENTION, undefined);
  expect(readFileSync(join(ROOT, 'docs/registre.md'), 'utf8')).toBe(
    registerPage(SCHEMA, STORE_RETENTION, terms),
  );
  const aipd = readFileSync(join(ROOT, 'docs/aipd.md'), 'utf8');
  expect(aipd).toBe(aipdPage(aipd, SCHEMA, STORE_RETENTION, terms));
});
