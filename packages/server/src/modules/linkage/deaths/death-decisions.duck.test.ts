import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import type { DeathDecision } from '../decisions/decision.ts';
import { linkRecords } from '../link-records.ts';
import { loadDeaths, loadSources, type SourceDeath, type SourceRecord } from '../testing/source-rows.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

type Verdict = readonly [verdict: DeathDecision['verdict'], number: string, code: string];
/** Number `a` is that of record `a`, `ab` that of both; the code of a death is its id in capitals. */
async function link(
  records: readonly SourceRecord[],
  deaths: readonly SourceDeath[],
  verdicts: readonly Verdict[],
): Promise<{ readonly told: readonly string[]; readonly effects: readonly string[] }> {
  await loadSources(database, records);
  await loadDeaths(database, deaths);
  const ids = new Set(records.map(({ id }) => id));
  await linkRecords(database, {
    asOf: '2026-11-24',
    windowStart: '2025-09-01',
    decisions: {
      decisions: [],
      recognise: (numbers) =>
        Promise.resolve(
          new Map(
            numbers
              .filter((number) => number !== '?')
              .map((number) => [
                number,
                { current: number, recordIds: [...number].filter((id) => ids.has(id)) },
              ]),
          ),
        ),
      deaths: {
        decisions: verdicts.map(([verdict, number, deathCode], index) => ({
          ...{ line: index + 2, verdict, number, deathCode },
          ...{ decidedOn: '2026-11-01', role: 'référent', reason: '' },
        })),
        recognise: (codes) =>
          Promise.resolve(
            new Map(codes.filter((code) => code !== '?').map((code) => [code, [code.toLowerCase()]])),
          ),
      },
    },
  });
  const told = await database.all(`
    SELECT 'dead ' || person_id || ' by ' || death_id || ' ' || "rule" AS line FROM linkage.deaths
    UNION ALL SELECT 'check ' || l.person_id_l || ' against ' || d.death_id
    FROM linkage.litiges l JOIN sources.deaths d ON list_contains(l.record_ids, d.death_id) WHERE l.reason = 'death'
    ORDER BY ALL`);
  const effects = await database.all('SELECT effect FROM linkage.decisions ORDER BY line');
  return { told: told.map(({ line }) => String(line)), effects: effects.map(({ effect }) => String(effect)) };
}

const a: SourceRecord = { id: 'a' };
/** Bears the name of a, born elsewhere. */
const b: SourceRecord = { id: 'b', commune: '64445' };
const other: SourceRecord = { id: 'c', family: 'PETIT' };
const sure: SourceDeath = { id: 'd' };
const doubtful: SourceDeath = { id: 'd', commune: '69123' };

describe('what people decided of a death', () => {
  test.each<[string, SourceRecord[], SourceDeath, Verdict[], string[]]>([
    ['a doubt: theirs', [a], doubtful, [['same', 'a', 'D']], ['dead a by d decision']],
    ['a doubt: not theirs', [a], doubtful, [['different', 'a', 'D']], []],
    ['a doubt: nobody knows', [a], doubtful, [['unknown', 'a', 'D']], ['check a against d']],
    ['sure: not theirs', [a], sure, [['different', 'a', 'D']], []],
    ['sure: nobody knows', [a], sure, [['unknown', 'a', 'D']], ['check a against d']],
    ['nothing found: theirs', [other], sure, [['same', 'c', 'D']], ['dead c by d decision']],
    ['of one of two: nobody else’s', [a, b], doubtful, [['same', 'b', 'D']], ['dead b by d decision']],
    ['theirs, although another is surer', [a, other], sure, [['same', 'c', 'D']], ['dead c by d decision']],
    [
      'not that of the surest: the next is asked about',
      [a, b],
      sure,
      [['different', 'a', 'D']],
      ['check b against d'],
    ],
    [
      'not that of the next: the surest is as dead as before',
      [a, b],
      sure,
      [['different', 'b', 'D']],
      ['dead a by d same_name_birth'],
    ],
    [
      'whoever knows outweighs whoever does not',
      [a],
      doubtful,
      [
        ['unknown', 'a', 'D'],
        ['different', 'a', 'D'],
      ],
      [],
    ],
  ])('%s', async (_case, records, death, verdicts, expected) => {
    const { told, effects } = await link(records, [death], verdicts);
    expect(told).toEqual(expected);
    expect(effects).toEqual(verdicts.map(() => 'appliquee'));
  });

  test('of two who agree wholly, the one who is left is asked about, never dead by elimination', async () => {
    const two = ['1', '2'].map((ine, index) => ({
      ...{ id: 'ab'[index] ?? '', identifiers: { ine_rnie: ine } },
      spells: [{}],
    }));
    expect((await link(two, [sure], [['different', 'a', 'D']])).told).toEqual(['check b against d']);
  });

  test('any file that tells the death is that death', async () => {
    expect((await link([a], [sure, { id: 'e' }], [['different', 'a', 'E']])).told).toEqual([]);
  });
});

describe('a decision that cannot hold is told, and changes nothing', () => {
  test.each<[string, SourceRecord[], Verdict[], string[]]>([
    ['nobody of that number', [a], [['different', '?', 'D']], ['numero_inconnu']],
    ['the person is not there', [a], [['different', 'z', 'D']], ['sans_objet']],
    ['the death is not there', [a], [['same', 'a', '?']], ['sans_objet']],
    [
      'two persons, neither of whom it resembles',
      [a, other, { ...other, id: 'e', family: 'LEROY' }],
      [['same', 'ce', 'D']],
      ['indistincte'],
    ],
    [
      'yes and no',
      [a],
      [
        ['same', 'a', 'D'],
        ['different', 'a', 'D'],
      ],
      ['contredite', 'contredite'],
    ],
    [
      'two bearers',
      [a, other],
      [
        ['same', 'a', 'D'],
        ['same', 'c', 'D'],
      ],
      ['contredite', 'contredite'],
    ],
  ])('%s', async (_case, records, verdicts, expected) => {
    const { told, effects } = await link(records, [sure], verdicts);
    expect(effects).toEqual(expected);
    expect(told).toEqual(['dead a by d same_name_birth']);
  });

  test('of two persons who answer to the number, it is about the one whom the death resembles', async () => {
    expect(await link([a, other], [sure], [['different', 'ac', 'D']])).toEqual({
      told: [],
      effects: ['appliquee'],
    });
  });
});
