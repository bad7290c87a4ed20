import { INE_PATTERNS } from '@raccroche/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { communeSql, loadReferential } from '../referential.ts';
import { shapedSql, shapeOf } from './shape-sql.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await loadReferential(database);
});
afterAll(() => {
  database.close();
});

const verdicts = async (sql: string, texts: readonly string[]) =>
  (
    await database.all<{ good: boolean | string | null }>(
      `SELECT ${sql} AS good FROM (SELECT unnest($1::JSON::VARCHAR[]) AS t)`,
      [JSON.stringify(texts)],
    )
  ).map(({ good }) => good);

describe('shapes', () => {
  const shapes: [string, string, string[]][] = [
    ['INE (RNIE)', INE_PATTERNS.ine_rnie, [shapeOf(INE_PATTERNS.ine_rnie)]],
    ['INE (BEA)', INE_PATTERNS.ine_bea, [shapeOf(INE_PATTERNS.ine_bea)]],
    ['INE of apprentices', INE_PATTERNS.ine_apprenti, [shapeOf(INE_PATTERNS.ine_apprenti)]],
    ['MEF', '^[0-9]{10}[0-9A-Z]?$', ['[0-9]{10}', '[0-9]{10}[0-9A-Z]']],
    ['diploma code', '^[0-9A-Z]{8,9}$', ['[0-9A-Z]{8}', '[0-9A-Z]{9}']],
    ['school year', '^[0-9]{4}(-[0-9]{4})?$', ['[0-9]{4}-[0-9]{4}', '[0-9]{4}']],
    ['session', '^[0-9]{4}-(0[1-9]|1[0-2])$', ['[0-9]{4}-0[1-9]', '[0-9]{4}-1[0-2]']],
    ['country', '^99[0-9]{3}$', ['99[0-9]{3}']],
  ];
  it.each(shapes)('%s: as the regular expression', async (_name, pattern, own) => {
    const regex = new RegExp(pattern);
    const near = fc.tuple(
      fc.stringMatching(regex),
      fc.nat(12),
      fc.constantFrom('', '', 'É', 'a', '\n', '0', 'Z'),
    );
    const text = near.map(([good, at, odd]) =>
      odd === '' ? good : good.slice(0, at) + odd + good.slice(at + (odd.charCodeAt(0) % 2)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 40 }), async (texts) => {
        expect(await verdicts(shapedSql('t', ...own), texts)).toEqual(texts.map((each) => regex.test(each)));
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  it('refuses what a shape cannot say', () => {
    expect(() => shapedSql('t', '[0-9]?')).toThrow('not a shape');
    expect(() => shapedSql('t', 'a*')).toThrow('not a shape');
  });
});

it('a text is a commune exactly when the referential has it, in whatever case', async () => {
  const codes = (await database.all<{ code: string }>('SELECT code FROM sources.communes')).map(
    ({ code }) => code,
  );
  const known = new Set(codes);
  const others = [
    '00000',
    '99999',
    '2A000',
    '2B999',
    '2C004',
    '20004',
    '5935',
    '593500',
    '',
    'ABCDE',
    ' 9350',
  ];
  const texts = [...codes, ...others.filter((code) => !known.has(code))];
  const own = texts.map((code) => (known.has(code) ? code : null));
  expect(await verdicts(communeSql('t'), texts)).toEqual(own);
  expect(
    await verdicts(
      communeSql('t'),
      texts.map((code) => code.toLowerCase()),
    ),
  ).toEqual(own);
});
