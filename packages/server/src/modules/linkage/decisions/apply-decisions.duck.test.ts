import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { linkRecords } from '../link-records.ts';
import { addCrowd } from '../testing/crowd.ts';
import { loadSources, type SourceRecord } from '../testing/source-rows.ts';
import type { LitigeDecision } from './decision.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };
/** Enough people for the second stage to speak. */
const CROWD = 2200;

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

/** Links the records, number `a` being that of record `a`, and so on; gives persons and litiges as `a=b` and `reason a`. */
async function link(
  records: readonly SourceRecord[],
  verdicts: readonly (readonly [LitigeDecision['verdict'], string, string])[],
  crowd = 0,
): Promise<{ readonly persons: string; readonly litiges: readonly string[] }> {
  await loadSources(database, records);
  await database.run("UPDATE sources.records SET sex = 'F'");
  if (crowd > 0) await addCrowd(database, crowd);
  const decisions = verdicts.map(([verdict, a, b], index): LitigeDecision => {
    return {
      line: index + 2,
      numbers: [a, b],
      verdict,
      decidedOn: '2026-11-01',
      role: 'référent',
      reason: '',
    };
  });
  await linkRecords(database, {
    ...PERIOD,
    decisions: {
      decisions,
      recognise: (numbers) =>
        Promise.resolve(new Map(numbers.map((number) => [number, { current: number, recordIds: [number] }]))),
    },
  });
  const ours = records.map(({ id }) => `'${id}'`).join(', ');
  const members = await database.all(
    `SELECT string_agg(record_id, '' ORDER BY record_id) AS ids FROM linkage.memberships
     WHERE record_id IN (${ours}) GROUP BY person_id ORDER BY ids`,
  );
  const litiges = await database.all(
    `SELECT reason, person_id_l, coalesce(person_id_r, '') AS r FROM linkage.litiges
     WHERE list_has_any(record_ids, [${ours}]) ORDER BY ALL`,
  );
  return {
    persons: members.map(({ ids }) => String(ids)).join(' '),
    litiges: litiges.map(
      ({ reason, person_id_l, r }) => `${String(reason)} ${String(person_id_l)}${String(r)}`,
    ),
  };
}

const ONE = { identifiers: { ine_rnie: '1' } };
const schools = (uai: string) => ({ spells: [{ uai }] });

describe('over the first stage', () => {
  const homonyms: readonly SourceRecord[] = [
    { id: 'a', identifiers: { ine_rnie: '1' }, ...schools('0330001A') },
    { id: 'b', identifiers: { ine_rnie: '2' }, spells: [{ last_day: '2026-10-01' }] },
  ];

  test('a litige between two people is left as it is without a decision', async () => {
    expect(await link(homonyms, [])).toEqual({ persons: 'a b', litiges: ['two_identifiers ab'] });
  });

  test.each([
    ['same', { persons: 'ab', litiges: [] }],
    ['different', { persons: 'a b', litiges: [] }],
    ['unknown', { persons: 'a b', litiges: ['two_identifiers ab'] }],
  ] as const)('%s', async (verdict, expected) => {
    expect(await link(homonyms, [[verdict, 'a', 'b']])).toEqual(expected);
  });

  test('what identifiers joined is parted, and its litige is over', async () => {
    const records = [
      { id: 'a', ...ONE, ...schools('0330001A') },
      { id: 'b', ...ONE, ...schools('0640002B') },
    ];
    expect(await link(records, [])).toEqual({ persons: 'ab', litiges: ['two_enrolments a'] });
    expect(await link(records, [['different', 'a', 'b']])).toEqual({ persons: 'a b', litiges: [] });
    expect(await database.all('FROM linkage.links')).toEqual([]);
  });

  test('one person in two schools is not asked about again, once somebody said that it is one', async () => {
    const records = [
      { id: 'a', ...ONE, ...schools('0330001A') },
      { id: 'b', ...ONE, ...schools('0640002B') },
    ];
    expect(await link(records, [['same', 'a', 'a']])).toEqual({ persons: 'ab', litiges: [] });
  });

  test('a litige with a third person follows the records of whoever was joined', async () => {
    const third = { id: 'c', identifiers: { ine_rnie: '1' }, family: 'PETIT', birthDate: '2006-01-01' };
    expect(await link([...homonyms, third], [['same', 'a', 'b']])).toEqual({
      persons: 'ab c',
      litiges: ['identifier_disagrees ac'],
    });
    expect(await link([...homonyms, third], [['same', 'b', 'c']])).toEqual({
      persons: 'a bc',
      litiges: ['identifier_disagrees ab', 'two_identifiers ab'],
    });
  });

  test('decides also within links of a decision: a, b and c are one, whatever else they hold', async () => {
    const third = { id: 'c', family: 'PETIT', birthDate: '2006-01-01' };
    const joined = await link(
      [...homonyms, third],
      [
        ['same', 'a', 'b'],
        ['same', 'b', 'c'],
      ],
    );
    expect(joined.persons).toBe('abc');
    const links = await database.all(
      "SELECT record_id_l AS l, record_id_r AS r FROM linkage.links WHERE rule = 'decision'",
    );
    expect(links).toEqual([
      { l: 'a', r: 'b' },
      { l: 'b', r: 'c' },
    ]);
  });
});

describe('over the second stage', () => {
  const base = { first: 'HELENE', birthDate: '2007-05-09', commune: '64445' };
  const alike: readonly SourceRecord[] = [
    { id: 'a', ...base, family: 'MONTREUIL' },
    { id: 'b', ...base, family: 'MONTREUL' },
  ];

  test('look-alikes that it would join stay apart, and are no litige, once somebody said so', async () => {
    expect(await link(alike, [], CROWD)).toEqual({ persons: 'ab', litiges: [] });
    expect(await link(alike, [['different', 'a', 'b']], CROWD)).toEqual({ persons: 'a b', litiges: [] });
  });

  test('whom it would leave apart is one, once somebody said so', async () => {
    const far: readonly SourceRecord[] = [
      { id: 'a', ...base, family: 'MONTREUIL' },
      { id: 'b', ...base, family: 'QUIMPERLE', birthDate: '2006-01-02' },
    ];
    expect(await link(far, [], CROWD)).toEqual({ persons: 'a b', litiges: [] });
    expect(await link(far, [['same', 'a', 'b']], CROWD)).toEqual({ persons: 'ab', litiges: [] });
  });
});
