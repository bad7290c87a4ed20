import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { createSourcesTablesSql } from '../../sources/tables.ts';
import { parseDeathCode } from '../death-code.ts';
import { parseSiei, SIEI_ALPHABET } from '../siei.ts';
import { readDeathCodes } from './death-codes.ts';

const SEED = 20261126;
const KEY = { deathSecret: Buffer.alloc(32, 7) };

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(createSourcesTablesSql());
});
afterAll(() => database.close());

interface Death {
  readonly family: string;
  readonly first: string;
  readonly sex: string;
  readonly birth: string;
  readonly commune: string | null;
  readonly died: string;
}
const death: fc.Arbitrary<Death> = fc.record({
  family: fc.constantFrom('DURAND', 'PETIT'),
  first: fc.constantFrom('PAUL', 'PAUL MARIE'),
  sex: fc.constantFrom('M', 'F'),
  birth: fc.constantFrom('2007-06-02', '2007-06-03'),
  commune: fc.constantFrom('33063', '64445', null),
  died: fc.constantFrom('2025-06-12', '2025-06-13'),
});

/** The code of each death, in the order given, as read from a file whose lines they are. */
async function codesOf(deaths: readonly Death[], file: string, key = KEY): Promise<string[]> {
  await database.run('DELETE FROM sources.deaths');
  for (const [index, each] of deaths.entries()) {
    await database.run(
      `INSERT INTO sources.deaths BY NAME SELECT $1 AS death_id, 1 AS file_no, 1 AS ordinal, '1' AS position, $2 AS family_name,
         $3 AS first_names, $4 AS sex, $5::DATE AS birth_date, nullif($6, '') AS birth_commune, $7::DATE AS died_on`,
      [`${file}-${index}`, each.family, each.first, each.sex, each.birth, each.commune ?? '', each.died],
    );
  }
  const codes = await readDeathCodes(database, key);
  return deaths.map((_, index) => codes.get(`${file}-${index}`) ?? '');
}

test('a code is that of what is told: whatever the file, the order, and how often; another content has another code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(death, { minLength: 1, maxLength: 12 }), async (deaths) => {
      const codes = await codesOf(deaths, 'octobre');
      const later = await codesOf([...deaths, ...deaths].reverse(), 'novembre');
      expect(later.toReversed()).toEqual([...codes, ...codes]);
      const contents = new Set(deaths.map((each) => JSON.stringify(each)));
      expect(new Set(codes).size).toBe(contents.size);
    }),
    { seed: SEED, numRuns: 12 },
  );
});

const PAUL: Death = {
  family: 'DURAND',
  first: 'PAUL',
  sex: 'M',
  birth: '2007-06-02',
  commune: '33063',
  died: '2025-06-12',
};

test('another registry gives another code', async () => {
  const [here] = await codesOf([PAUL], 'octobre');
  expect(await codesOf([PAUL], 'octobre', { deathSecret: Buffer.alloc(32, 8) })).not.toEqual([here]);
});

test('a code is read as typed, is no SIEI number, and is refused with any symbol changed', async () => {
  const [code = ''] = await codesOf([PAUL], 'octobre');
  const symbols = code.slice('DECES-'.length);
  expect(parseDeathCode(code)).toBe(code);
  expect(parseDeathCode(` décès ${symbols.slice(0, 4)} ${symbols.slice(4)} `.toLowerCase())).toBe(code);
  expect(parseSiei(code).siei).toBeUndefined();
  expect(parseSiei(symbols).siei).toBeUndefined();
  for (const [place, symbol] of [...symbols].entries()) {
    for (const other of SIEI_ALPHABET.replace(symbol, '')) {
      expect(
        parseDeathCode(`DECES-${symbols.slice(0, place)}${other}${symbols.slice(place + 1)}`),
      ).toBeUndefined();
    }
  }
});
