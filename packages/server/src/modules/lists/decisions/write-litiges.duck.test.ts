import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../registry/testing/world.ts';
import { createListsTablesSql } from '../tables.ts';
import { DEATH_ANSWERS, LITIGE_SENTENCES } from './litige-sentences.ts';
import { writeLitiges } from './write-litiges.ts';

/** More than are told together, of one reason, of several, and of deaths. */
const PAIRS = 4_500;
const siei = (nth: number) => `S${String(nth).padStart(5, '0')}`;

let world: World;
let lines: readonly string[];
beforeAll(async () => {
  world = await openWorld();
  const { database } = world;
  await database.run(createListsTablesSql(['numbers', 'death_codes']));
  await database.run(`
    INSERT INTO lists.numbers SELECT 'p' || i, 'S' || lpad(i::VARCHAR, 5, '0') FROM range(${2 * PAIRS}) r(i);
    INSERT INTO lists.death_codes VALUES ('d1', 'CODE1'), ('d2', 'CODE2');
    INSERT INTO linkage.litiges BY NAME
      -- The greater number first, of every other pair.
      SELECT 'two_identifiers' AS reason, 'p' || (2 * i + i % 2) AS person_id_l, 'p' || (2 * i + 1 - i % 2) AS person_id_r, [] AS record_ids FROM range(${PAIRS}) r(i);
    INSERT INTO linkage.litiges BY NAME
      SELECT 'look_alike' AS reason, 'p0' AS person_id_l, 'p1' AS person_id_r, 12.34 AS match_weight, [] AS record_ids
      UNION ALL BY NAME SELECT 'look_alike' AS reason, 'p2' AS person_id_l, 'p3' AS person_id_r, 9.98 AS match_weight, [] AS record_ids
      UNION ALL BY NAME SELECT 'death' AS reason, 'p0' AS person_id_l, -0.04 AS match_weight, ['d1', 'd2'] AS record_ids`);
  const folder = mkdtempSync(join(tmpdir(), 'litiges-'));
  await writeLitiges(database, folder, false);
  lines = readFileSync(join(folder, 'a-trancher.csv'), 'utf8').split('\r\n');
  rmSync(folder, { recursive: true });
});
afterAll(() => world.database.close());

describe('what is to be decided', () => {
  test('a line each, in order, whatever their number', () => {
    expect(lines[0]).toMatch(/^\ufeffsiei_1;siei_2;/);
    expect(lines.at(-1)).toBe('');
    const rest = lines.slice(5, -1);
    expect(rest).toEqual(
      Array.from({ length: PAIRS - 2 }, (_, nth) => {
        const pair = `${siei(2 * nth + 4)};${siei(2 * nth + 5)}`;
        return `${pair};;;;;two_identifiers;${LITIGE_SENTENCES.two_identifiers};`;
      }),
    );
  });

  test('with all that makes them be asked, and the greatest weight as people write it', () => {
    const both = `"${LITIGE_SENTENCES.look_alike} ; ${LITIGE_SENTENCES.two_identifiers}"`;
    const death = `"${LITIGE_SENTENCES.death}. ${DEATH_ANSWERS}"`;
    const ofDeath = (code: string) => `${siei(0)};${code};;;;;death;${death};0`;
    const ofTwo = (nth: number) => `${siei(nth)};${siei(nth + 1)};;;;;look_alike + two_identifiers;${both};`;
    expect(lines.slice(1, 5)).toEqual([
      ofDeath('CODE1'),
      ofDeath('CODE2'),
      `${ofTwo(0)}12,3`,
      `${ofTwo(2)}10`,
    ]);
  });
});
