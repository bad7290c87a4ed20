import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import { frenchFamilyName } from '../french/family-name.ts';
import { frenchFirstNames } from '../french/given-names.ts';
import { defineModel, type Model } from '../model/model.ts';
import { openSession } from '../session.ts';
import { derivedSql } from './derivation-families.ts';
import { dropRelation } from './drop-relation.ts';
import { comparedColumns, sessionRelations } from './record-tables.ts';
import { SPELT } from './spelt-texts.ts';
import { withWholeRecords } from './whole-records.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 2 });
});
afterAll(() => engine.close());

const [family, given] = [frenchFamilyName('last', { usage: 'usage' }), frenchFirstNames('first')];
const MODEL: Model = defineModel({
  derivations: [...family.derivations, ...given.derivations],
  comparisons: [...family.comparisons, ...given.comparisons],
  blockingRules: ['l.town = r.town AND l.last = r.last'],
  retainColumns: ['town'],
});

const text = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { freq: 5 });
const people = fc.array(
  fc.tuple(
    text(['DUPONT', 'Dupont', 'DE LA TOUR', 'LÉGER', 'LEGER', 'L?GER', '']),
    text(['DUPONT', 'ROY']),
    text(['ANNE', 'Anne', 'ANNE LOU', 'LÉO', 'LEO', '']),
    text(['PAU', 'LYON']),
  ),
  { minLength: 1, maxLength: 25 },
);
type Person = readonly (string | null)[];

async function load(rows: readonly Person[], collation: string): Promise<void> {
  const texts = ['last', 'usage', 'first', 'town'].map((name) => `${name} VARCHAR ${collation}`);
  await engine.run(`CREATE OR REPLACE TABLE input (unique_id INTEGER, ${texts.join(', ')})`);
  for (const [id, row] of rows.entries())
    await engine.run(
      `INSERT INTO input VALUES (${[id, ...row.map((one) => (one === null ? 'NULL' : quoteText(one)))].join(', ')})`,
    );
}

const tables = async () =>
  (
    await engine.all("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'linkage_%'")
  ).map(({ table_name }) => String(table_name));

it.each(['', 'COLLATE NOACCENT', 'COLLATE NOCASE'])(
  'records have of their own texts what each would be made of alone: %s',
  async (collation) => {
    const derived = MODEL.derivations
      .map(({ name }) => name)
      .filter((name) => comparedColumns(MODEL).includes(name));
    const columns = ['last', 'usage', 'first', 'town', ...derived].map(
      (name) => `encode(${quoteName(name)}::VARCHAR) AS ${quoteName(name)}`,
    );
    await fc.assert(
      fc.asyncProperty(people, async (rows) => {
        await load(rows, collation);
        const session = await openSession(engine, { inputs: [{ relation: 'input' }], model: MODEL });
        const alone = derivedSql(MODEL.derivations, 'SELECT * FROM input');
        const rowsOf = (relation: string) =>
          engine.all(`SELECT unique_id, ${columns.join(', ')} FROM ${relation} ORDER BY unique_id`);
        const told = await rowsOf(session.records);
        expect(told).toEqual(await rowsOf(`(${alone})`));
        expect(derived.length).toBeGreaterThan(5);

        const spelt = session.tables?.spelt ?? [];
        expect(spelt.map(({ reads }) => [...reads].sort())).toEqual([['last', 'usage'], ['first']]);
        for (const { table, reads, number } of spelt) {
          const texts = reads.map((name) => `encode(${name})`).join(', ');
          const [counted] = await engine.all(
            `SELECT (SELECT count(*) FROM ${table}) AS kept, (SELECT count(*) FROM (SELECT DISTINCT ${texts} FROM input)) AS spelt,
              (SELECT max(${number}) FROM ${session.tables?.base}) AS last, (SELECT sum(${SPELT.held}) FROM ${table}) AS held`,
          );
          expect(counted).toEqual({
            kept: counted?.spelt,
            spelt: counted?.spelt,
            last: Number(counted?.spelt),
            held: String(rows.length),
          });
        }

        const whole = await withWholeRecords(session);
        expect(await rowsOf(whole.records)).toEqual(told);
        expect(await tables()).toEqual(['linkage_records']);
      }),
      { seed: 41, numRuns: 6 },
    );
  },
);

it('a session leaves what it says that it makes, and another one takes its place', async () => {
  await load([['DUPONT', null, 'ANNE', 'PAU']], '');
  const { view, tables: made } = sessionRelations(MODEL, 'linkage_');
  await dropRelation(engine, view);
  for (const _again of [1, 2]) {
    await openSession(engine, { inputs: [{ relation: 'input' }], model: MODEL });
    expect((await tables()).sort()).toEqual([view, ...made].sort());
  }
});
