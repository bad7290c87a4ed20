import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testRuleSet } from './registry/testing/rule-set.ts';
import { openWorld, type World } from './registry/testing/world.ts';
import { buildEntries } from './steps.ts';
import { summarise } from './summary.ts';
import { createListsTablesSql } from './tables.ts';

const context = {
  campaign: 'c',
  asOf: '2025-11-15',
  ruleSet: testRuleSet,
  sources: [],
  missingSources: [],
};

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.row('sources.communes', { code: '59350', city: '59350', department: '59', name: 'Lille' });
  await world.database.run(createListsTablesSql(['numbers']));
});
afterEach(() => world.database.close());

describe('summary', () => {
  test('counts the listed by département, age, reason and mission locale; those to follow apart', async () => {
    world.file(1);
    const told: [string, object, string | null][] = [
      ['a', { reason: 'left', mission_locale: 'active' }, '59350'],
      ['b', { reason: 'left', age: 18 }, '59350'],
      ['c', { reason: 'not_back' }, null],
      ['d', { listed: false, to_follow: true, reason: null }, '59350'],
      ['e', { listed: false }, '59350'],
    ];
    for (const [id, person, commune] of told)
      world.person({ person_id: id, ...person }, [{ record_id: id, commune }]);
    await world.save();
    await buildEntries(world.database);
    const summary = await summarise(world.database, context);
    expect(summary.national).toMatchObject({
      persons: 5,
      listed: 3,
      minors: 2,
      toFollow: 1,
      byReason: { left: 2, not_back: 1, cfa_rupture: 0, not_in_class: 0 },
      byMissionLocale: { active: 1, known: 0, unknown: 2 },
    });
    expect(summary.departments['59']).toMatchObject({ name: 'Nord', listed: 2, minors: 1, toFollow: 1 });
    expect(summary.departments.XX).toMatchObject({ listed: 1, byReason: { not_back: 1 } });
    expect(Object.keys(summary.departments)).toHaveLength(111);
    expect(summary.departments['2B']).toMatchObject({ listed: 0, toFollow: 0 });
  });

  test('says whom each check removes, and whom it alone removes', async () => {
    world.checks('a', [
      ['age', false],
      ['alive', false],
    ]);
    world.checks('b', [
      ['age', false],
      ['alive', true],
      ['cycle', true],
    ]);
    await world.save();
    await buildEntries(world.database);
    const { national } = await summarise(world.database, context);
    expect(national.removedByCheck).toEqual({ age: 2, alive: 1, cycle: 0 });
    expect(national.removedByCheckAlone).toEqual({ age: 1, alive: 0, cycle: 0 });
  });

  test('tells files, rows and freshness by source; rejected files apart', async () => {
    world.file(1, { source: 'SIECLE', row_count: 10, record_count: 7, reject_count: 2, removed_under16: 1 });
    world.file(2, { source: 'SIECLE', row_count: 5, record_count: 5, extracted_on: '2025-11-14' });
    world.file(3, { source: 'SIECLE', rejected: true, row_count: 100, extracted_on: '2025-11-15' });
    world.file(4, { source: null, rejected: true, row_count: 0 });
    world.row('linkage.litiges', { reason: 'two_enrolments', person_id_l: 'a', record_ids: ['a'] });
    world.row('linkage.litiges', {
      reason: 'two_identifiers',
      person_id_l: 'a',
      person_id_r: 'b',
      record_ids: ['a', 'b'],
    });
    await world.save();
    await buildEntries(world.database);
    const summary = await summarise(world.database, context);
    expect(summary.sources).toEqual([
      {
        source: 'SIECLE',
        files: 2,
        rejectedFiles: 1,
        rows: 15,
        records: 12,
        rejects: 2,
        removedUnder16: 1,
        outOfScope: 0,
        latestExtraction: '2025-11-14',
        oldestExtraction: '2025-11-14',
        ageDays: 1,
        freshness: 'il y a 1 jour',
      },
      {
        source: 'unknown',
        files: 0,
        rejectedFiles: 1,
        rows: 0,
        records: 0,
        rejects: 0,
        removedUnder16: 0,
        outOfScope: 0,
        latestExtraction: null,
        oldestExtraction: null,
        ageDays: null,
        freshness: 'inconnue',
      },
    ]);
    expect(summary.national).toMatchObject({
      litiges: 2,
      litigesByReason: { two_enrolments: 1, two_identifiers: 1 },
    });
  });

  test('says what the files of deaths told, and that there was none', async () => {
    await world.save();
    await buildEntries(world.database);
    expect((await summarise(world.database, context)).deaths).toBeNull();
    world.file(1, {
      ...{ kind: 'insee-deces', source: 'INSEE', families: ['deaths'], extracted_on: '2025-11-03' },
      ...{ row_count: 10, record_count: 2, reject_count: 1, out_of_scope: 7 },
    });
    const death = { file_no: 1, position: '1', family_name: 'MARTIN', sex: 'F', birth_date: '2008-03-01' };
    world.row('sources.deaths', { ...death, death_id: 'd-1', ordinal: 1, died_on: '2025-02-03' });
    world.row('sources.deaths', { ...death, death_id: 'd-2', ordinal: 2, died_on: '2025-10-20' });
    world.row('linkage.litiges', { reason: 'death', person_id_l: 'a', record_ids: ['a', 'd-1'] });
    await world.save();
    expect((await summarise(world.database, context)).deaths).toEqual({
      files: 1,
      latestExtraction: '2025-11-03',
      inScope: 2,
      outOfScope: 7,
      firstDeath: '2025-02-03',
      lastDeath: '2025-10-20',
      deceased: 0,
      toCheck: 1,
    });
  });
});
