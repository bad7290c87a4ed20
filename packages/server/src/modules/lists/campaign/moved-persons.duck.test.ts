import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { dropTable } from '../registry/registry.ts';
import { dataOf } from './data-files.ts';
import { movedSince, tellMoved } from './moved-persons.ts';
import { persistTables } from './persist.ts';
import { persistChanged } from './persist-asked.ts';

/** Whose records came, went or are somebody else's: linkage tells it of few rows, files of two campaigns of all of them. */

const MEMBERSHIPS = dataOf('linkage.memberships');
let root: string;
let database: Database;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'moved-persons-'));
  database = await openDatabase();
  await database.run('CREATE SCHEMA linkage');
});
afterAll(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

/** The person of each record, by its place; nobody's is not there. */
type Month = readonly (number | null)[];
const RECORDS = 24;
const month = fc.array(fc.option(fc.nat({ max: 5 }), { freq: 6 }), {
  minLength: RECORDS,
  maxLength: RECORDS,
});
/** What becomes of some of them; and of whom linkage tells the rows, though they are as they were. */
const change = fc.record({
  moves: fc.array(fc.tuple(fc.nat({ max: RECORDS - 1 }), fc.option(fc.nat({ max: 5 }))), { maxLength: 3 }),
  told: fc.array(fc.nat({ max: RECORDS - 1 }), { maxLength: 6 }),
});

const after = (then: Month, moves: readonly (readonly [number, number | null])[]): Month =>
  then.map((person, record) => moves.findLast(([moved]) => moved === record)?.[1] ?? person);

const rowsSql = (of: Month, only: (record: number) => boolean = () => true): string => {
  const rows = of.flatMap((person, record) =>
    person === null || !only(record) ? [] : [`('r${record}', 'p${person}')`],
  );
  const none = "SELECT ''::VARCHAR AS record_id, ''::VARCHAR AS person_id WHERE false";
  return rows.length === 0 ? none : `SELECT * FROM (VALUES ${rows.join(', ')}) rows (record_id, person_id)`;
};

const moved = (then: Month, now: Month): string[] =>
  [...new Set(then.flatMap((person, record) => (person === now[record] ? [] : [person, now[record]])))]
    .flatMap((person) => (person == null ? [] : [`p${person}`]))
    .sort();

async function toldPersons(): Promise<string[]> {
  const rows = await database.all<{ person_id: string }>(
    'SELECT DISTINCT person_id FROM lists.moved_persons ORDER BY person_id',
  );
  return rows.map(({ person_id }) => person_id);
}

let count = 0;
it('is told of the rows that differ as of the files, month after month', async () => {
  await fc.assert(
    fc.asyncProperty(month, fc.array(change, { minLength: 1, maxLength: 3 }), async (first, changes) => {
      const folder = join(root, `${count++}`);
      await dropTable(database, 'linkage.memberships');
      await database.run(`CREATE TABLE linkage.memberships AS ${rowsSql(first)}`);
      await persistTables(database, join(folder, '0'), [MEMBERSHIPS]);
      let then: Month = first;
      for (const [index, { moves, told }] of changes.entries()) {
        const now = after(then, moves);
        const touched = new Set([...told, ...moves.map(([record]) => record)]);
        const left = rowsSql(then, (record) => touched.has(record));
        const fresh = rowsSql(now, (record) => touched.has(record));
        const [previous, today] = [join(folder, `${index}`), join(folder, `${index + 1}`)];
        await dropTable(database, 'linkage.memberships');
        await database.run(`CREATE VIEW linkage.memberships AS ${rowsSql(now)}`);
        const gone = `SELECT record_id FROM (${left})`;
        await persistChanged(database, today, MEMBERSHIPS, { previous, gone, left, fresh });
        await tellMoved(database, { left, fresh });
        expect(await toldPersons()).toEqual(moved(then, now));
        await database.run('DROP TABLE lists.moved_persons');
        await movedSince(database, previous, today);
        expect(await toldPersons()).toEqual(moved(then, now));
        await database.run('DROP TABLE lists.moved_persons');
        then = now;
      }
      rmSync(folder, { recursive: true });
    }),
    { numRuns: 25 },
  );
});
