import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { ownIdsStep } from './held-ids-steps.ts';

/** Which rows of those told to keep an id bear another than that of their own delivery and row, however much the two look alike. */

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(`CREATE SCHEMA sources; CREATE TABLE sources.files AS
    FROM (VALUES ${DELIVERIES.map((delivery, file) => `(${file}, '${delivery}')`).join(', ')}) files (file_no, delivery_id)`);
});
afterAll(() => database.close());

const DELIVERIES = ['00000000000a', '0000000000a0', 'a00000000000'];
/** Numbers that end, or begin, alike. */
const ORDINALS = [1, 2, 11, 12, 21, 112, 211];
const COPIES = ['', '-1', '-2', '-11'];

const record = fc.record({
  file: fc.nat({ max: DELIVERIES.length - 1 }),
  ordinal: fc.constantFrom(...ORDINALS),
  of: fc.constantFrom(...DELIVERIES),
  number: fc.constantFrom(...ORDINALS),
  copy: fc.constantFrom(...COPIES),
  own: fc.boolean(),
});

it('leaves every record whose id is not its own, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 40 }), async (drawn) => {
      const records = drawn.map(({ file, ordinal, of, number, copy, own }) => {
        const ownId = `${DELIVERIES[file]}-${ordinal}`;
        return { file, ordinal, ownId, id: own ? ownId : `${of}-${number}${copy}` };
      });
      const rows = records.map(({ id, file, ordinal }) => `(${file}, ${ordinal}, '${id}')`);
      await database.run(`CREATE OR REPLACE TABLE sources.held_ids AS
        FROM (VALUES ${rows.join(', ')}) held (file_no, ordinal, record_id)`);
      await runSteps(database, [ownIdsStep]);
      const told = await database.all(
        "SELECT concat_ws(' ', record_id, file_no, ordinal) AS row FROM sources.held_ids",
      );
      const others = records
        .filter(({ id, ownId }) => id !== ownId)
        .map(({ id, file, ordinal }) => `${id} ${file} ${ordinal}`);
      expect(told.map(({ row }) => row).sort()).toEqual(others.sort());
    }),
    { numRuns: 60 },
  );
});
