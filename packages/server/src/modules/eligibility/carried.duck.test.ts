import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { openFetchedMembers, type UnsureRecords } from '../linkage/index.ts';
import { NEEDS_OTHER_FILES, openFetchedRecords } from '../sources/index.ts';
import { assessPersons } from './assess-persons.ts';
import type { PersonFacts } from './person/facts.ts';
import { mayHoldOver, type PreviousAssessment } from './previous-assessment.ts';
import { listRuleSets } from './rule-sets/registry.ts';
import { readAssessments } from './testing/assessment-rows.ts';
import { loadPeople } from './testing/load-people.ts';
import { samplePeople } from './testing/random-people.ts';

/** What is taken over of an earlier assessment, and what is judged anew, give together what judging everybody gives. */

const root = mkdtempSync(join(tmpdir(), 'carried-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PEOPLE = 1200;
const SEED = 20_261_127;
const BEFORE = '2026-11-24';
const DELIVERIES = 30;
/** The delivery whose rows depend on other files. */
const SCHOOLINGS = 29;

const deliveryOf = (index: number, month: string) =>
  `${month}${String(index % DELIVERIES).padStart(11, '0')}`;

/** Every record of person `index` comes in one delivery. */
function inDelivery(person: PersonFacts, index: number, month: string): PersonFacts {
  const own = <Row extends { readonly recordId: string }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, recordId: `${deliveryOf(index, month)}-${row.recordId}` }));
  const { records, spells, contracts, awards, accompaniments } = person;
  return {
    ...person,
    records: own(records),
    spells: own(spells),
    contracts: own(contracts),
    awards: own(awards),
    accompaniments: own(accompaniments),
  };
}

/** People whose days lie about the first date, or about the second one. */
function draw(asOf: CivilDate, month: string, seed: number): PersonFacts[] {
  const early = samplePeople(BEFORE, PEOPLE, seed);
  const late = samplePeople(asOf, PEOPLE, seed + 1);
  return early.map((person, index) =>
    inDelivery(
      { ...((index % 2 === 0 ? person : late[index]) ?? person), personId: `p${index}` },
      index,
      month,
    ),
  );
}

/** The same records, of which one thing that comes from other files is told otherwise; of some, nothing. */
function toldOtherwise(person: PersonFacts, place: number): PersonFacts {
  const tell = (changed: Partial<PersonFacts['records'][number]>): PersonFacts => ({
    ...person,
    records: person.records.map((record) => ({ ...record, ...changed })),
  });
  switch (place % 4) {
    case 0:
      return tell({ familyName: 'Autrement' });
    case 1:
      return tell({ recordedOn: '2024-09-01' });
    case 2:
      return tell({ birthDate: '2001-01-01' });
    default:
      return person;
  }
}

/** A delivery in six comes with other rows; some people are told of otherwise by linkage alone, are called otherwise, or are gone. */
function nextMonth(people: readonly PersonFacts[], asOf: CivilDate): PersonFacts[] {
  const others = draw(asOf, 'b', SEED + 100);
  return people.flatMap((person, index) => {
    if (index % DELIVERIES < DELIVERIES / 6) return others[index] ?? [];
    if (index % DELIVERIES === SCHOOLINGS) return toldOtherwise(person, Math.floor(index / DELIVERIES));
    switch (index % 37) {
      case 1:
        return { ...person, litige: !person.litige };
      case 2:
        return { ...person, deathToCheck: !person.deathToCheck };
      case 3:
        return { ...person, linkedDeaths: person.linkedDeaths.length > 0 ? [] : [`death-${index}`] };
      case 4:
        return { ...person, personId: `q${index}` };
      case 5:
        return [];
      default:
        return person;
    }
  });
}

async function load(database: Database, people: readonly PersonFacts[]): Promise<void> {
  await loadPeople(database, people);
  await database.run(`INSERT INTO sources.files BY NAME
    SELECT ('0x' || id)::BIGINT AS file_no, id AS delivery_id, id AS path, id AS sha256, 1 AS bytes,
      -- What a schooling says depends on other files.
      CASE WHEN id[2:] = '000000000${SCHOOLINGS}' THEN 'sygne-schoolings' ELSE 'sygne-list' END AS kind, [] AS families, false AS rejected,
      1 AS row_count, 1 AS record_count, 0 AS reject_count, 0 AS removed_under16, 0 AS out_of_scope, 0 AS warning_count, false AS dated
    FROM (SELECT DISTINCT record_id[1:12] AS id FROM sources.records);
    UPDATE sources.records SET file_no = ('0x' || record_id[1:12])::BIGINT`);
}

const TABLES = {
  records: 'sources.records',
  files: 'sources.files',
  memberships: 'linkage.memberships',
  litiges: 'linkage.litiges',
  deaths: 'linkage.deaths',
  persons: 'eligibility.persons',
  assessments: 'eligibility.assessments',
} as const;

async function keep(database: Database, name: string): Promise<PreviousAssessment> {
  const path = (table: string) => join(root, `${name}-${table}.parquet`);
  const rows = (table: string) => `read_parquet(${literal(path(table))})`;
  for (const [file, table] of Object.entries(TABLES))
    await database.run(`COPY ${table} TO ${literal(path(file))} (FORMAT parquet)`);
  const marked = literal(path('persons'));
  const unmarked = literal(path('unmarked'));
  await database.run(`COPY (FROM read_parquet(${marked})) TO ${unmarked} (FORMAT parquet)`);
  await database.run(
    `COPY (SELECT * REPLACE ('carried' AS last_uai) FROM read_parquet(${unmarked})) TO ${literal(path('marked'))} (FORMAT parquet)`,
  );
  return {
    asOf: BEFORE,
    moved: `(SELECT unnest([n.person_id, b.person_id]) AS person_id
      FROM linkage.memberships n FULL JOIN ${rows('memberships')} b ON b.record_id = n.record_id
      WHERE n.person_id IS DISTINCT FROM b.person_id)`,
    records: rows('records'),
    litiges: rows('litiges'),
    deaths: rows('deaths'),
    persons: rows('persons'),
    assessments: rows('assessments'),
  };
}

/** As where reading kept what differs from then: nothing else need be looked through. Schoolings that tell what they told are left out. */
function unsureRecords({ records }: PreviousAssessment): UnsureRecords {
  const anew = (one: string, other: string) =>
    `(SELECT * FROM (FROM ${one} EXCEPT FROM ${other})
      WHERE file_no IN (SELECT file_no FROM sources.files WHERE kind = '${NEEDS_OTHER_FILES}'))`;
  return {
    records: anew('sources.records', records),
    before: `(SELECT record_id FROM ${anew(records, 'sources.records')})`,
  };
}

const marked = (before: PreviousAssessment): PreviousAssessment => ({
  ...before,
  persons: before.persons.replace('persons.parquet', 'marked.parquet'),
});

/** Adds what was decided of everybody else. */
async function carry(database: Database, { persons, assessments }: PreviousAssessment): Promise<void> {
  for (const [table, rows] of [
    ['persons', persons],
    ['assessments', assessments],
  ])
    await database.run(
      `INSERT INTO eligibility.${table} BY NAME FROM ${rows} before ANTI JOIN eligibility.touched USING (person_id)`,
    );
}

/** Days from one campaign to the next; other rules look at the same days. */
const CASES = listRuleSets().flatMap((ruleSet, index) =>
  (index === 0 ? [0, 1, 30, 61, 200] : [0, 59]).map((days) => ({ ruleSet, asOf: addDays(BEFORE, days) })),
);

describe('what was decided before and what is judged anew', () => {
  it.each(CASES)(
    'are together what judging everybody gives, under $ruleSet.id at $asOf',
    async ({ ruleSet, asOf }) => {
      const people = draw(asOf, 'a', SEED);
      const name = `${ruleSet.id}-${asOf}`;
      const earlier = await openDatabase({ threads: 1 });
      await load(earlier, people);
      await assessPersons(earlier, { asOf: BEFORE, ruleSet });
      const before = await keep(earlier, name);
      earlier.close();
      const database = await openDatabase({ threads: 1 });
      await load(database, nextMonth(people, asOf));
      await assessPersons(database, { asOf, ruleSet });
      const full = await readAssessments(database);
      const unsure = asOf === BEFORE ? undefined : unsureRecords(before);
      const [fetched, members] = [openFetchedRecords(database), openFetchedMembers(database)];
      await assessPersons(database, { asOf, ruleSet, before: { ...before, unsure }, fetched, members });
      await carry(database, before);
      const incremental = await readAssessments(database);
      expect(new Map([...incremental].sort())).toEqual(new Map([...full].sort()));
      // Taken over are some and not all: with nothing taken over, or everything, the comparison would say little.
      await assessPersons(database, { asOf, ruleSet, before: marked(before) });
      await carry(database, marked(before));
      const carried = [...(await readAssessments(database)).values()].filter(
        (row) => row.last_uai === 'carried',
      );
      database.close();
      expect(carried.length).toBeGreaterThan(asOf === BEFORE ? PEOPLE / 2 : 10);
      expect(carried.length).toBeLessThan(full.size * 0.85);
    },
  );
});

it('holds nothing over when time goes back, or when the window moves', () => {
  for (const ruleSet of listRuleSets()) {
    expect(mayHoldOver(ruleSet, BEFORE, BEFORE)).toBe(true);
    expect(mayHoldOver(ruleSet, BEFORE, '2027-08-31')).toBe(true);
    expect(mayHoldOver(ruleSet, BEFORE, '2027-09-01')).toBe(false);
    expect(mayHoldOver(ruleSet, BEFORE, addDays(BEFORE, -1))).toBe(false);
  }
});
