import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { linkRecords } from '../link-records.ts';
import { addCrowd } from '../testing/crowd.ts';
import { loadSources, type SourceRecord } from '../testing/source-rows.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };
/** Each is told twice, one time in five differently: more ways of writing than the second stage asks for. */
const CROWD = 2200;

type Changes = Partial<SourceRecord>;
type Base = Required<Pick<SourceRecord, 'first' | 'birthDate' | 'commune'>> & { readonly family: string };
/** Name, what the two records say each, what becomes of them. */
type Case = readonly [
  string,
  (base: Base) => Changes,
  (base: Base) => Changes,
  'one' | 'two' | 'look_alike' | 'two_identifiers' | 'two_enrolments',
];

const enrolled = (uai: string) => ({ spells: [{ uai }] });
const asIs = () => ({});
const doubled = ({ family }: Base) => ({ family: family.slice(0, 3) + family.slice(2) });

const CASES: readonly Case[] = [
  ['a letter of the name is doubled', asIs, doubled, 'one'],
  [
    'a letter of the name is missing',
    asIs,
    ({ family }) => ({ family: family.slice(0, 4) + family.slice(5) }),
    'one',
  ],
  [
    'one digit of the birth date differs',
    asIs,
    ({ birthDate }) => ({ birthDate: birthDate.replace(/-0(\d)$/, '-1$1') }),
    'one',
  ],
  ['a name that the other begins', asIs, ({ family }) => ({ family: `${family} MARSANE` }), 'one'],
  ['a letter of the first name is missing', asIs, () => ({ first: 'HELEN' }), 'one'],
  [
    'a letter of the name is doubled, born on 1 January: a day that is often not known',
    () => ({ birthDate: '2006-01-01' }),
    (base) => ({ ...doubled(base), birthDate: '2006-01-01' }),
    'look_alike',
  ],
  ['twins', asIs, () => ({ first: 'ARSENE' }), 'two'],
  [
    'another birth place and another date',
    asIs,
    () => ({ commune: '69123', birthDate: '2005-11-30' }),
    'two',
  ],
  ['another name and another date', asIs, () => ({ family: 'QUIMPERLE', birthDate: '2006-01-02' }), 'two'],
  [
    'a letter of the name, two identifiers of one type, both recent',
    () => ({ identifiers: { ine_rnie: '111111111AA' }, ...enrolled('0330001A') }),
    (base) => ({
      ...doubled(base),
      identifiers: { ine_rnie: '222222222BB' },
      spells: [{ first_day: '2025-09-01', last_day: '2026-01-31' }],
    }),
    'two_identifiers',
  ],
  [
    'a letter of the name, two schools on one day',
    () => enrolled('0330001A'),
    (base) => ({ ...doubled(base), ...enrolled('0640002B') }),
    'two_enrolments',
  ],
];

const FAMILIES =
  'VERDOUX GASPARIN LHOSTIER BRUNSWIC KERMADEC TOUSSEUL PIGNEROL CHAMBRUN DESBOIS FONTANGE ROUVIERE'.split(
    ' ',
  );
/** Each case has people of its own, so that one run shows them all. */
const baseOf = (index: number): Base => ({
  family: FAMILIES[index] ?? '',
  first: 'HELENE',
  birthDate: `200${5 + (index % 4)}-0${1 + (index % 9)}-0${2 + (index % 8)}`,
  commune: '64445',
});
const BASE = { family: 'MONTREUIL', first: 'HELENE', birthDate: '2007-05-09', commune: '64445' };

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

async function linkAmongCrowd(records: readonly SourceRecord[], crowd = CROWD): Promise<void> {
  await loadSources(database, records);
  await database.run("UPDATE sources.records SET sex = 'F'");
  await addCrowd(database, crowd);
  await linkRecords(database, PERIOD);
}

async function outcome(a = 'a', b = 'b'): Promise<string> {
  const [pair] = await database.all(
    `SELECT count(DISTINCT person_id)::INTEGER AS n FROM linkage.memberships WHERE record_id IN ('${a}', '${b}')`,
  );
  const [litige] = await database.all(
    `SELECT reason FROM linkage.litiges WHERE list_has_all(record_ids, ['${a}', '${b}'])`,
  );
  return pair?.n === 1 ? 'one' : String(litige?.reason ?? 'two');
}

describe('two records among two thousand people', () => {
  beforeAll(async () => {
    await linkAmongCrowd(
      CASES.flatMap(([, a, b], index) => {
        const base = baseOf(index);
        return [
          { id: `a${index}`, ...base, ...a(base) },
          { id: `b${index}`, ...base, ...b(base) },
        ];
      }),
    );
  });

  test.each(CASES.map(([name, , , expected], index) => [name, index, expected] as const))(
    '%s',
    async (_name, index, expected) => {
      expect(await outcome(`a${index}`, `b${index}`)).toBe(expected);
    },
  );

  test('nobody of the crowd is taken for another', async () => {
    const mixed = await database.all(
      `SELECT person_id FROM linkage.memberships WHERE record_id LIKE 'crowd-%' GROUP BY person_id
       HAVING count(DISTINCT regexp_replace(record_id, '-again$', '')) > 1`,
    );
    expect(mixed).toEqual([]);
  });
});

test('a link says what adds up to its weight', async () => {
  await linkAmongCrowd([
    { id: 'a', ...BASE },
    { id: 'b', ...BASE, family: 'MONTREUL' },
  ]);
  const [link] = await database.all(
    "SELECT * FROM linkage.links WHERE rule = 'look_alike' AND record_id_l = 'a'",
  );
  const evidence = link?.evidence as { comparison: string; weight: number }[];
  const sum = evidence.reduce((total, { weight }) => total + weight, 0);
  expect(evidence.map(({ comparison }) => comparison)).toContain('naissance');
  expect(sum).toBeCloseTo(Number(link?.match_weight), 1);
});

test('too few records: what the shipped model finds alike is asked about, and joins nobody', async () => {
  await linkAmongCrowd(
    [
      { id: 'a', ...BASE },
      { id: 'b', ...BASE, family: 'MONTREUL' },
      { id: 'c', ...BASE, family: 'QUIMPERLE', birthDate: '2005-02-20' },
    ],
    500,
  );
  expect(await outcome()).toBe('look_alike');
  expect(await outcome('a', 'c')).toBe('two');
  expect(await database.all("FROM linkage.links WHERE rule = 'look_alike'")).toEqual([]);
});

test('nobody to compare: nothing is said', async () => {
  await loadSources(database, []);
  const { lookAlikes } = await linkRecords(database, PERIOD);
  expect(lookAlikes).toMatchObject({ variants: 0, judgedBy: 'shipped', links: 0 });
});

test('whatever the order of the rows', async () => {
  const memberships = async () =>
    JSON.stringify(await database.all('FROM linkage.memberships ORDER BY record_id'));
  const records = [
    { id: 'a', ...BASE },
    { id: 'b', ...BASE, family: 'MONTREUL' },
  ];
  await linkAmongCrowd(records);
  const straight = await memberships();
  await database.run(
    'CREATE OR REPLACE TABLE sources.records AS FROM sources.records ORDER BY hash(record_id)',
  );
  await linkRecords(database, PERIOD);
  expect(await memberships()).toBe(straight);
});
