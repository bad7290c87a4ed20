import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { idsBeforeStep } from './held-ids-steps.ts';

/** Which records of a campaign bear another id than that of their own delivery and row, however much the two look alike. */

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run('CREATE SCHEMA sources');
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

it('tells every record whose id is not its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 40 }), async (drawn) => {
      const records = drawn.map(({ file, ordinal, of, number, copy, own }) => {
        const ownId = `${DELIVERIES[file]}-${ordinal}`;
        return { file, ordinal, ownId, id: own ? ownId : `${of}-${number}${copy}` };
      });
      const rows = records.map(({ id, file, ordinal }) => `('${id}', ${file}, ${ordinal})`);
      const files = DELIVERIES.map((delivery, file) => `(${file}, '${delivery}')`);
      const tables: Readonly<Record<string, string>> = {
        records: `(VALUES ${rows.join(', ')}) records (record_id, file_no, ordinal)`,
        files: `(VALUES ${files.join(', ')}) files (file_no, delivery_id)`,
      };
      await runSteps(database, [idsBeforeStep((name) => `(FROM ${tables[name]})`)]);
      const told = await database.all(
        "SELECT concat_ws(' ', record_id, file_no, ordinal, delivery_id) AS row FROM sources.ids_before",
      );
      const others = records
        .filter(({ id, ownId }) => id !== ownId)
        .map(({ id, file, ordinal }) => `${id} ${file} ${ordinal} ${DELIVERIES[file]}`);
      expect(told.map(({ row }) => row).sort()).toEqual(others.sort());
    }),
    { numRuns: 60 },
  );
});
