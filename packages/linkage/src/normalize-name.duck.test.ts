import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { areFirstNamesCompatible, compatibleFirstNamesSql } from './first-names.ts';
import { normalizedNameSql, normalizeName } from './normalize-name.ts';
import { type MemoryDatabase, openMemoryDatabase, quoted } from './testing/memory-database.ts';

let database: MemoryDatabase;
/** Characters on which TypeScript and SQL differ, with what SQL makes of them. */
let differing: ReadonlyMap<string, string | null>;
beforeAll(async () => {
  database = await openMemoryDatabase();
  differing = await differingCharacters();
});
afterAll(() => database.close());

async function normalizedBySql(texts: readonly string[]): Promise<(string | null)[]> {
  const values = texts.map((text, index) => `(${index}, ${quoted(text)})`).join(', ');
  const rows = await database.all(
    `SELECT ${normalizedNameSql('text')} AS name FROM (VALUES ${values}) v(i, text) ORDER BY i`,
  );
  return rows.map((row) => row.name as string | null);
}

/** Old letters that got an upper case after the engine's Unicode. */
const YOUNG_UPPER_CASES = new Set(['ƛ', 'ɤ', 'ꟓ', 'ꟕ']);

async function differingCharacters(): Promise<ReadonlyMap<string, string | null>> {
  const rows = await database.all(`SELECT i AS code, ${normalizedNameSql('chr(i::INTEGER)')} AS name
    FROM range(1, 1114112) t(i) WHERE i NOT BETWEEN 55296 AND 57343`);
  expect(rows.length).toBe(0x10ffff - 2_048);
  const all = rows.map((row) => [String.fromCodePoint(Number(row.code)), row.name as string | null] as const);
  return new Map(all.filter(([character, name]) => normalizeName(character) !== name));
}

const CASES: readonly (readonly [string, string, string | null])[] = [
  ['accents', 'Élise Maëlys', 'ELISE MAELYS'],
  ['combining accents', 'E\u0301lise', 'ELISE'],
  ['ligatures of both cases', 'Œuvre cœur Ægir æ', 'OEUVRE COEUR AEGIR AE'],
  ['an accented ligature', 'ǽ', 'AE'],
  ['printing ligatures', 'Grifﬁn', 'GRIFFIN'],
  ['sharp s', 'Weiß', 'WEISS'],
  ['hyphen', 'Jean-Pierre', 'JEAN PIERRE'],
  ['every kind of hyphen and dash', 'Jean‑Pierre–Luc', 'JEAN PIERRE LUC'],
  ['straight and typographic apostrophes', "D'Arc d’Arc dʼArc", 'D ARC D ARC D ARC'],
  ['okina', 'Teʻa', 'TE A'],
  ['dotted capital i', 'İbrahim', 'IBRAHIM'],
  ['dotless i', 'Işık', 'ISIK'],
  ['tilde', 'Muñoz', 'MUNOZ'],
  ['letters without decomposition stay', 'Søren Łukasz', 'SØREN ŁUKASZ'],
  ['mojibake is letters and signs', 'DÃ©sirÃ©e', 'DA SIRA E'],
  ['unbreakable and thin blanks', ' LE\u00a0\u202fGALL\t ', 'LE GALL'],
  ['digits and signs go', 'Martin (2) & fils', 'MARTIN FILS'],
  ['another script', 'Ольга', 'ОЛЬГА'],
  ['Korean syllables stay whole', '김', '김'],
  ['nothing but signs', ' -- . ', null],
  ['empty', '', null],
];

describe('normalised names', () => {
  test.each(CASES)('%s', async (_name, text, expected) => {
    expect(normalizeName(text)).toBe(expected);
    expect(await normalizedBySql([text])).toEqual([expected]);
  });

  test('a missing name is missing', () => {
    expect(normalizeName(null)).toBeNull();
    expect(normalizeName(undefined)).toBeNull();
  });

  test('TypeScript and SQL agree on every character that the engine knows', () => {
    const known = [...differing].filter(([, name]) => name !== null).map(([character]) => character);
    expect(known.filter((character) => !YOUNG_UPPER_CASES.has(character))).toEqual([]);
    // Whatever the versions of Unicode, all that French registers use is known to both.
    const inUse = [...differing.keys()].filter((each) => /[ -\u019a\u1e00-\u1eff\ufb00-\ufb06]/u.test(each));
    expect(inUse).toEqual([]);
  });

  test('TypeScript and SQL agree on nasty texts, and normalising twice changes nothing', async () => {
    const nasty = fc.constantFrom(
      ..."œŒæÆßẞĳ’'ʼ-‑–. \u00a0\u202f\u0301\u0308\u0327\u0345İıñÑéÉèàâçÇüÿŸĂăŞşØøĐđŁłﬁÃ©Â\u200d\u00adЖжΣςאبｱ가가\u{1F600}aZbM".split(
        /(?:)/u,
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: nasty, maxLength: 14 }),
      fc.string({ unit: 'grapheme-composite', maxLength: 8 }),
    );
    const texts = fc
      .sample(text, { seed: 20261124, numRuns: 5_000 })
      .filter((each) => ![...each].some((character) => differing.has(character)));
    expect(texts.length).toBeGreaterThan(3_000);
    const bySql = await normalizedBySql(texts);
    const apart = texts.filter((each, index) => normalizeName(each) !== bySql[index]);
    expect(apart).toEqual([]);
    const twice = texts.filter((each) => normalizeName(normalizeName(each)) !== normalizeName(each));
    expect(twice).toEqual([]);
  });
});

describe('compatible first names', () => {
  test.each([
    ['equal', 'MARIE', 'MARIE', true],
    ['the shorter begins the longer', 'MARIE', 'MARIE LOUISE', true],
    ['two words begin three', 'MARIE LOUISE ANNE', 'MARIE LOUISE', true],
    ['letters, not words, begin it', 'MARI', 'MARIE LOUISE', false],
    ['one word begins another', 'MARIE', 'MARIELLE', false],
    ['the end, not the beginning', 'LOUISE', 'MARIE LOUISE', false],
    ['swapped words', 'JEAN PIERRE', 'PIERRE JEAN', false],
    ['siblings of one beginning', 'MARIE ANNE', 'MARIE LOUISE', false],
    ['a missing one says nothing', null, 'MARIE', false],
    ['two missing ones say nothing', null, null, false],
  ])('%s', async (_name, a, b, expected) => {
    expect(areFirstNamesCompatible(a, b)).toBe(expected);
    expect(areFirstNamesCompatible(b, a)).toBe(expected);
    const sql = compatibleFirstNamesSql(`${quoted(a)}::VARCHAR`, `${quoted(b)}::VARCHAR`);
    expect(await database.all(`SELECT ${sql} AS compatible`)).toEqual([{ compatible: expected }]);
  });
});
