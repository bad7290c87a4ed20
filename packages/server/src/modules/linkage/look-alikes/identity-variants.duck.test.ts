import { normalizeName } from '@raccroche/linkage';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { createSourcesTablesSql } from '../../sources/tables.ts';
import { ALL_SOURCES, inputSteps } from '../input.ts';
import { createLinkageTablesSql } from '../tables.ts';
import { tellingMembersStep } from '../telling-results.ts';
import { decidedTellingsStep, tellingSteps } from '../tellings.ts';
import { identityVariantSteps } from './identity-variants.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };

/** What a record says, under the names of the columns of `sources.records`. */
type Told = Readonly<Record<(typeof TOLD)[number], string | null>>;
const TOLD = [
  'family_name',
  'usage_name',
  'first_name1',
  'first_name2',
  'sex',
  'birth_date',
  'birth_commune',
  'birth_country',
  'commune',
  'email',
  'phone',
  'mobile',
] as const;
interface Recorded extends Told {
  readonly record_id: string;
  readonly person_id: string;
}

const of = (...values: (string | null)[]) => fc.constantFrom(...values, null);
const told: fc.Arbitrary<Told> = fc.record({
  family_name: of('Durand', 'DURAND', 'Œuvrard', '---'),
  usage_name: of('Durand', 'Le Goff'),
  first_name1: of('Zoé', 'ZOE', 'Ali'),
  first_name2: of('Ali'),
  sex: of('F', 'M'),
  birth_date: fc.constantFrom('2008-03-14', '2008-03-15'),
  birth_commune: of('33063', '75101', '97411'),
  birth_country: of('99100', '99350'),
  commune: of('75120', '33063', '64445', '13216'),
  email: of('A@b.fr', 'a@B.fr', 'c@d.fr', 'e@f.fr'),
  phone: of(
    '06 39 98 00 01',
    '+33639980001',
    '0639980002',
    '',
    '01',
    '1',
    '0639980.02',
    '06399800012',
    '063998000１',
  ),
  mobile: of('0639980003', '0639980002', 'liste rouge'),
});
/** Few persons have many records, and one number is given by more people than know it by chance. */
const toldBySomebody = fc.tuple(told, fc.oneof(fc.constant(0), fc.nat({ max: 25 })));
const records: fc.Arbitrary<readonly Recorded[]> = fc
  .array(toldBySomebody, { maxLength: 60, size: 'max' })
  .map((rows) => {
    const ids = rows.map((_, index) => `r${String((index * 37) % 61).padStart(14, '0')}`);
    const firstOf = new Map<number, string>();
    for (const [index, [, person]] of rows.entries()) {
      const [id = '', before] = [ids[index], firstOf.get(person)];
      if (before === undefined || id < before) firstOf.set(person, id);
    }
    return rows.map(([row, person], index) => ({
      ...row,
      record_id: ids[index] ?? '',
      person_id: firstOf.get(person) ?? '',
    }));
  });

const CITIES: Readonly<Record<string, string>> = { '75101': '75056', '75120': '75056', '13216': '13055' };

/** The same, said in TypeScript: by record, then by way of writing. */
function variantsOf(rows: readonly Recorded[]) {
  const ways = new Map<string, Recorded[]>();
  for (const row of rows) {
    const way = JSON.stringify([row.person_id, ...spelled(row), row.birth_date]);
    ways.set(way, [...(ways.get(way) ?? []), row]);
  }
  const given = (value: 'email' | 'phone', text: string) =>
    new Set(rows.filter((row) => contactsOf(row)[value].includes(text)).map((row) => row.person_id)).size;
  const own = (kind: 'email' | 'phone', members: readonly Recorded[]) =>
    sorted(members.flatMap((row) => contactsOf(row)[kind]).filter((text) => given(kind, text) <= 10));
  return [...ways.values()].map((members) => {
    const [row] = members as [Recorded];
    const [family, usage, first1, first2] = spelled(row);
    const place = greatest(members.map(placeOf));
    return {
      unique_id: members.map(({ record_id }) => record_id).toSorted()[0],
      person_id: row.person_id,
      name1: family ?? usage,
      name2: family !== null && usage !== null && usage !== family ? usage : null,
      first1,
      first2,
      birth: row.birth_date,
      place,
      sex: greatest(members.map(({ sex }) => sex)),
      homes: sorted(members.flatMap(({ commune }) => (commune === null ? [] : [CITIES[commune] ?? commune]))),
      emails: own('email', members),
      phones: own('phone', members),
      place_department: departmentOf(place),
    };
  });
}

const spelled = (row: Told) =>
  [row.family_name, row.usage_name, row.first_name1, row.first_name2].map(normalizeName);
const contactsOf = ({ email, phone, mobile }: Told) => ({
  email: email === null ? [] : [email.toLowerCase()],
  phone: [phone, mobile].flatMap((text) => (text === null ? [] : [text.replace(/\D/g, '').slice(-9)])),
});
const greatest = (values: readonly (string | null)[]) =>
  values
    .filter((value) => value !== null)
    .toSorted()
    .at(-1) ?? null;
const sorted = (values: readonly string[]) => (values.length === 0 ? null : [...new Set(values)].toSorted());
function placeOf({ birth_commune: commune, birth_country: country }: Told): string | null {
  if (commune !== null) return `commune:${CITIES[commune] ?? commune}`;
  return country === null || country === '99100' ? null : `country:${country}`;
}
function departmentOf(place: string | null): string | null {
  if (place === null || place.startsWith('country:')) return place;
  return place.startsWith('commune:97') ? place.slice(8, 11) : place.slice(8, 10);
}

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(`${createSourcesTablesSql()}; ${createLinkageTablesSql()}`);
  const cities = Object.entries(CITIES).map(([code, city]) => `(${literal(code)}, ${literal(city)}, '', '')`);
  await database.run(
    `INSERT INTO sources.communes (code, city, department, name) VALUES ${cities.join(', ')}`,
  );
});
afterAll(() => database.close());

async function load(rows: readonly Recorded[]): Promise<void> {
  await database.run('DELETE FROM sources.records; DELETE FROM linkage.memberships');
  if (rows.length === 0) return;
  const value = (text: string | null) => (text === null ? 'NULL' : literal(text));
  const lines = rows.map(
    (row, index) =>
      `(${literal(row.record_id)}, 1, ${index}, '', 'INTERCHANGE', 5, 'inscriptions', ${TOLD.map((name) => value(row[name])).join(', ')})`,
  );
  await database.run(
    `INSERT INTO sources.records (record_id, file_no, ordinal, position, source, source_rank, row_kind, ${TOLD.join(', ')}) VALUES ${lines.join(', ')}`,
  );
  const members = rows.map((row) => `(${literal(row.record_id)}, ${literal(row.person_id)})`);
  await database.run(`INSERT INTO linkage.memberships VALUES ${members.join(', ')}`);
}

test('ways of writing people: those of a plain grouping of the records, whatever they say', async () => {
  const seen = { crowded: 0, many: 0 };
  await fc.assert(
    fc.asyncProperty(records, async (rows) => {
      await load(rows);
      await runSteps(database, [...tellingSteps(PERIOD, ALL_SOURCES), ...inputSteps(PERIOD)]);
      await database.run(
        'CREATE OR REPLACE TABLE linkage.decided_persons AS SELECT record_id, person_id FROM linkage.memberships',
      );
      await runSteps(database, [
        tellingMembersStep(),
        decidedTellingsStep(),
        ...identityVariantSteps(ALL_SOURCES),
      ]);
      const expected = variantsOf(rows).toSorted((a, b) =>
        (a.unique_id ?? '') < (b.unique_id ?? '') ? -1 : 1,
      );
      expect(
        await database.all('SELECT * EXCLUDE (variant) FROM linkage.variants ORDER BY unique_id'),
      ).toEqual(expected);
      const phones = expected.flatMap((each) => each.phones ?? []);
      const all = rows.flatMap((row) => contactsOf(row).phone);
      seen.crowded += new Set(all).size > new Set(phones).size ? 1 : 0;
      seen.many += expected.some((each) =>
        [each.homes, each.emails, each.phones].some((list) => (list ?? []).length > 2),
      )
        ? 1
        : 0;
    }),
    { seed: 13, numRuns: 60 },
  );
  expect(seen.crowded).toBeGreaterThan(5);
  expect(seen.many).toBeGreaterThan(5);
});
