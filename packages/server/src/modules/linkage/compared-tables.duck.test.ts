import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { COMPARED_TABLES, linkRecords } from './link-records.ts';
import { addCrowd, deliver } from './testing/crowd.ts';
import { KEPT_TERMS, keepLinkage } from './testing/kept-linkage.ts';
import { loadSources } from './testing/source-rows.ts';

/** What is told beside the judging of persons is what the campaign leaves of it. */

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };
/** Each is told twice, one time in five differently: more ways of writing than the second stage asks for. */
const CROWD = 2200;

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const one = { family: 'MONTREUIL', first: 'HELENE', birthDate: '2007-05-09', commune: '64445' };
  await loadSources(database, [
    { ...one, id: 'a' },
    { ...one, id: 'b', family: 'MONTTREUIL' },
  ]);
  await addCrowd(database, CROWD);
  await deliver(database);
});

const tables = [...COMPARED_TABLES];
async function contents(on: Database): Promise<unknown> {
  const found: unknown[] = [];
  for (const table of tables)
    found.push(
      await on.all(
        `SELECT '${table}' AS name, count(*)::INTEGER AS rows, sum(hash(t)::HUGEINT)::VARCHAR AS all FROM ${table} t`,
      ),
    );
  return found;
}

describe('tables of what was compared', () => {
  it('are told once, as they stay, while persons are judged beside', async () => {
    const told: unknown[] = [];
    const { lookAlikes } = await linkRecords(database, {
      ...PERIOD,
      compared: async (beside) => {
        told.push(await contents(beside));
      },
    });
    expect(lookAlikes.judgedBy).toBe('estimated');
    expect(lookAlikes.links).toBeGreaterThan(0);
    expect(told).toEqual([await contents(database)]);
    const [ways] = await database.all<{ n: number }>('SELECT count(*)::INTEGER AS n FROM linkage.ways');
    expect(ways?.n).toBeGreaterThan(CROWD);
  });

  it('are not told where the campaign goes on from an earlier one', async () => {
    const { modelText: text, variants } = (await linkRecords(database, PERIOD)).lookAlikes;
    const before = await keepLinkage(database, PERIOD);
    const held = { text, variants, terms: KEPT_TERMS };
    const { carried } = await linkRecords(database, {
      ...PERIOD,
      ...{ held, before, mostTouched: 1 },
      compared: () => Promise.reject(new Error('told')),
    });
    expect(carried).toBe(true);
  });

  it('end the campaign when they cannot be kept, once nothing runs any more', async () => {
    const failed = linkRecords(database, {
      ...PERIOD,
      compared: () => Promise.reject(new Error('disque plein')),
    });
    await expect(failed).rejects.toThrow('disque plein');
    expect(await database.all('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });
});
