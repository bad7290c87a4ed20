import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsAfter, toldRecords } from './testing/held-ids-twin.ts';
import { type Folder, type Kept, monthsForFile } from './testing/kept-reading.ts';
import type { Delivered } from './testing/random-deliveries.ts';

/** A record that comes again alike keeps its id, whatever file it stands in: with what was read taken over, and without. */

const at = monthsForFile();

const AS_OF = '2025-11-15';
const HEADER =
  'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin';
const row = (id: string, name = id) =>
  `${id};;${name};Camille;2008-03-14;0951099D;2024-2025;scolaire;2024-09-02;`;
const file = (rows: readonly string[], sidecar = '{"emetteur": "Lycée"}'): Delivered => ({
  content: `${[HEADER, ...rows].join('\n')}\n`,
  sidecar,
});
const of = (...ids: readonly string[]) => file(ids.map((id) => row(id)));
/** A file that always comes, and is most of what is read. */
const CROWD = of(...Array.from({ length: 100 }, (_, index) => `FOULE${index}`));

/** Ids of the records of a file by their sender's own, as `A` for the delivery that came first, `B` for the second… */
async function idsOf(
  kept: Kept,
  name: string,
  deliveries: readonly string[],
): Promise<Record<string, string>> {
  const rows = await at.database.all<{ source_id: string; record_id: string }>(
    `SELECT source_id, record_id FROM ${kept.table('records')} r JOIN ${kept.table('files')} f USING (file_no)
     WHERE path = $1 ORDER BY ordinal`,
    [name],
  );
  const short = (id: string) =>
    deliveries.reduce((text, delivery, index) => text.replace(delivery, 'ABCDEF'[index] ?? ''), id);
  return Object.fromEntries(rows.map(({ source_id, record_id }) => [source_id, short(record_id)]));
}

async function deliveryOf(kept: Kept, name: string): Promise<string> {
  const [found] = await at.database.all(`SELECT delivery_id FROM ${kept.table('files')} WHERE path = $1`, [
    name,
  ]);
  return String(found?.delivery_id);
}

/** What the ids of `f.csv` are, month after month; the first file is A, the second B, as far as they are different ones. */
async function follow(...files: readonly (Folder | undefined)[]): Promise<Record<string, string>[]> {
  const told: Record<string, string>[] = [];
  const deliveries: string[] = [];
  let previous: Kept | undefined;
  for (const folder of files) {
    const all = { ...folder, 'foule.csv': CROWD };
    previous =
      previous === undefined
        ? await at.months.read(all, AS_OF)
        : await at.months.bothWays(all, AS_OF, previous);
    await expectKept(previous);
    for (const name of Object.keys(folder ?? {}).sort()) {
      const delivery = await deliveryOf(previous, name);
      if (!deliveries.includes(delivery)) deliveries.push(delivery);
    }
    told.push(await idsOf(previous, 'f.csv', deliveries));
  }
  return told;
}

describe('a file comes again', () => {
  it.each([
    ['with a row less', of('X', 'Z'), { X: 'A-1', Z: 'A-3' }],
    ['with a row more, at the top', of('W', 'X', 'Y', 'Z'), { W: 'B-1', X: 'A-1', Y: 'A-2', Z: 'A-3' }],
    ['in another order', of('Z', 'X', 'Y'), { Z: 'A-3', X: 'A-1', Y: 'A-2' }],
    [
      'with a row that says something else',
      file([row('X'), row('Y', 'AUTRE'), row('Z')]),
      { X: 'A-1', Y: 'B-2', Z: 'A-3' },
    ],
    [
      'with another stay of somebody',
      file([row('X'), row('Y').replace('2024-09-02', '2024-10-01'), row('Z')]),
      { X: 'A-1', Y: 'B-2', Z: 'A-3' },
    ],
    ['from another sender', file([row('X'), row('Z')], '{"emetteur": "CFA"}'), { X: 'B-1', Z: 'B-2' }],
    [
      'drawn another day, which dates its rows',
      file([row('X')], '{"emetteur": "Lycée", "date_extraction": "2025-10-15"}'),
      { X: 'B-1' },
    ],
    ['under another name, cut in two', of('X'), { X: 'A-1' }],
  ])('%s', async (_how, again, ids) => {
    const [, now] = await follow({ 'f.csv': of('X', 'Y', 'Z') }, { 'f.csv': again });
    expect(now).toEqual(ids);
  });
});

it('leaves the rows that it has in other tables where they were', async () => {
  const read = (again: Delivered, previous?: Kept) =>
    at.months.read({ 'f.csv': again, 'foule.csv': CROWD }, AS_OF, previous);
  const before = await read(of('X', 'Y', 'Z'));
  const now = await read(file([row('X'), row('Z', 'AUTRE')]), before);
  const [first, second] = [await deliveryOf(before, 'f.csv'), await deliveryOf(now, 'f.csv')];
  const idsIn = async (part: string) => {
    const path = join(now.folder, `${part}.parquet`);
    const rows = await at.database.all(`SELECT record_id FROM read_parquet('${path}') ORDER BY record_id`);
    return rows.map(({ record_id }) => String(record_id).replace(first, 'A').replace(second, 'B'));
  };
  expect(await idsIn('records.gone')).toEqual(['A-1', 'A-2', 'A-3']);
  expect(await idsIn('spells.gone')).toEqual(['A-2', 'A-3']);
  expect(await idsIn('spells.new')).toEqual(['B-2']);
});

it('lends its ids, and has others when it comes back while those are borne', async () => {
  const [whole, short] = [of('X', 'Y', 'Z'), of('X', 'Y')];
  const told = await follow(
    { 'f.csv': whole },
    { 'g.csv': short },
    { 'f.csv': whole, 'g.csv': short },
    { 'f.csv': whole },
    { 'f.csv': short },
    { 'f.csv': short, 'g.csv': whole },
    { 'f.csv': whole, 'g.csv': short },
  );
  const [lent, last] = [{ X: 'A-1-2', Y: 'A-2-2' }, { Z: 'A-3' }];
  expect(told).toEqual([
    { X: 'A-1', Y: 'A-2', ...last },
    {},
    { ...lent, ...last },
    { ...lent, ...last },
    lent,
    lent,
    { X: 'A-1', Y: 'A-2', ...last },
  ]);
});

it('has its own ids again, of which none is held, when it comes back after they are free', async () => {
  const whole = of('X', 'Y', 'Z');
  const told = await follow({ 'f.csv': whole }, { 'g.csv': of('Z', 'X') }, { 'f.csv': whole });
  expect(told.at(-1)).toEqual({ X: 'A-1', Y: 'A-2', Z: 'A-3' });
});

it('keeps no id of a row that makes no record at another reference date', async () => {
  const young = row('X').replace('2008-03-14', '2009-12-01');
  const [first, again] = [file([young, row('Y'), row('Z')]), file([row('Z'), young])];
  const months: readonly (readonly [folder: Folder, asOf: string, held: number])[] = [
    [{ 'f.csv': first }, '2025-12-15', 0],
    [{ 'g.csv': again }, '2025-12-15', 2],
    // Who is under 16 now held an id, and the row that lent it has another: neither makes a record.
    [{ 'f.csv': first, 'g.csv': again }, AS_OF, 2],
    [{ 'f.csv': first, 'g.csv': again }, '2025-12-15', 2],
  ];
  let previous: Kept | undefined;
  for (const [folder, asOf, held] of months) {
    const all = { ...folder, 'foule.csv': CROWD };
    previous =
      previous === undefined
        ? await at.months.read(all, asOf)
        : await at.months.bothWays(all, asOf, previous);
    expect(await expectKept(previous)).toBe(held);
  }
});

it('keeps none where more than a fifth of the records then are gone', async () => {
  const most = of(...Array.from({ length: 30 }, (_, index) => `TOUS${index}`));
  const [before, now] = await follow({ 'f.csv': most }, { 'f.csv': file([row('TOUS3')]) });
  expect(before?.TOUS3).toBe('A-4');
  expect(now).toEqual({ TOUS3: 'B-1' });
});

const KINDS: readonly (readonly [columns: string, cells: string])[] = [
  ['uai;annee_scolaire;statut;date_debut;date_fin', '0951099D;2024-2025;scolaire;2024-09-02;'],
  ['numero_contrat;type;date_debut;date_fin_prevue', 'C1;apprentissage;2024-09-02;2026-08-31'],
  ['type;session;resultat', 'cap;2025-06;admis'],
];
/** A file of a few people, each told in one way: files of a kind tell the same of who is in several of them. */
const fewPeople = fc
  .record({ kind: fc.nat({ max: 2 }), people: fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1 }) })
  .map(({ kind, people }): Delivered => {
    const [columns = '', cells = ''] = KINDS[kind] ?? [];
    const rows = people.map((person) => `P${person};;ROUX${person};Lou;2007-01-11;${cells}`);
    return {
      content: [`identifiant_source;ine;nom_famille;prenom1;date_naissance;${columns}`, ...rows].join('\n'),
    };
  });
/** Months of deliveries, of which some come again otherwise, or go and come back. */
const drawn = fc.record({
  pool: fc.array(fewPeople, { minLength: 5, maxLength: 5, size: 'max' }),
  each: fc.array(fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }), {
    minLength: 4,
    maxLength: 4,
  }),
});

/** A file lends its ids, and comes back while they are borne. */
const lending = { pool: [of('X', 'Y', 'Z'), of('X', 'Y')], each: [[0], [1], [0, 1], [0]] };

it('gives the ids of its twin, month after month', async () => {
  const seen = { held: 0, lent: 0 };
  await fc.assert(
    fc.asyncProperty(drawn, async ({ pool, each }) => {
      let previous: Kept | undefined;
      for (const come of each) {
        const files = come.map((index) => [`f${index}`, pool[index] ?? CROWD] as const);
        const folder = { ...Object.fromEntries(files), 'foule.csv': CROWD };
        if (previous === undefined) previous = await at.months.read(folder, AS_OF);
        else {
          const today = await at.months.read(folder, AS_OF);
          const now = await at.months.bothWays(folder, AS_OF, previous);
          const ids = await twinIds(previous, today);
          expect(await idsByPlace(now)).toEqual(ids);
          await expectKept(now);
          expect(new Set(ids.values()).size).toBe(ids.size);
          for (const [own, id] of ids) {
            if (id === own) continue;
            if (id.startsWith(`${own}-`)) seen.lent += 1;
            else seen.held += 1;
          }
          previous = now;
        }
      }
    }),
    { numRuns: 5, examples: [[lending]] },
  );
  // Where nothing is ever held or lent, it would hold for nothing: the months given see to it.
  expect(seen.held).toBeGreaterThan(0);
  expect(seen.lent).toBeGreaterThan(0);
}, 300_000);

/**
 * That a reading kept, of its records, those that bear another id than that of their delivery and row: what the next month would find in
 * its records.
 */
async function expectKept({ table }: Kept): Promise<number> {
  const found = await at.database.all(
    `SELECT r.file_no, r.ordinal, r.record_id FROM ${table('records')} r JOIN ${table('files')} f USING (file_no)
     WHERE r.record_id <> f.delivery_id || '-' || r.ordinal ORDER BY ALL`,
  );
  expect(await at.database.all(`FROM ${table('held_ids')} k`)).toEqual(found);
  return found.length;
}

async function idsByPlace(kept: Kept): Promise<ReadonlyMap<string, string>> {
  const records = await toldRecords(at.database, kept.table);
  return new Map(records.map(({ delivery, ordinal, id }) => [`${delivery}-${ordinal}`, id]));
}

async function twinIds(before: Kept, today: Kept): Promise<ReadonlyMap<string, string>> {
  const [then, now] = [
    await toldRecords(at.database, before.table),
    await toldRecords(at.database, today.table),
  ];
  const [readThen, readNow] = [await deliveriesOf(before), await deliveriesOf(today)];
  return idsAfter(then, now, readNow, readThen);
}

async function deliveriesOf({ table }: Kept): Promise<ReadonlySet<string>> {
  const rows = await at.database.all(`SELECT delivery_id FROM ${table('files')} f WHERE NOT rejected`);
  return new Set(rows.map(({ delivery_id }) => String(delivery_id)));
}
