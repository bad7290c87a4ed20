import fc from 'fast-check';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { createSourcesTablesSql } from '../../sources/tables.ts';

/**
 * People meet within a community, by names and identifiers that are its own; now and then somebody bears a name of another
 * one. Were the names everybody's, whoever changes would touch them all.
 */
const COMMUNITIES = 16;
/** Of each community, names and identifiers of a kind. */
const OWN = 3;
const own = fc.nat({ max: OWN - 1 });
const community = fc.noBias(fc.nat({ max: COMMUNITIES - 1 }));
const FAMILIES = COMMUNITIES * OWN;
/** Some are held by most, so that decisions about them find somebody. */
const held = fc.constantFrom(0, 0, 1, 1, 2);
const anybody = fc.noBias(fc.nat({ max: FAMILIES - 1 }));
const numberOf = (community: number, index: number | undefined) =>
  index === undefined ? undefined : community * OWN + index;

/** A record of a delivery: indices into small sets, so that people meet. */
const row = fc.record({
  community,
  family: own,
  usage: fc.option(own, { nil: undefined, freq: 2 }),
  foreign: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anybody }),
  first: fc.nat({ max: 1 }),
  second: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
  birth: fc.nat({ max: 1 }),
  place: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
  ine: fc.option(held, { nil: undefined, freq: 3 }),
  ina: fc.option(own, { nil: undefined, freq: 2 }),
  /** Some ten people give each: one more or less, and too many do. */
  phone: fc.option(fc.constantFrom(0, 0, 0, 1, 1), { nil: undefined, freq: 2 }),
  email: fc.option(fc.constantFrom(0, 0, 1), { nil: undefined, freq: 2 }),
  /** Days of a spell as a pupil, around both reference dates; none without. */
  days: fc.option(
    fc.constantFrom(
      ['2026-09-01', '2027-08-31'],
      ['2026-09-01', '2026-12-01'],
      ['2026-12-01', '2027-08-31'],
      ['2024-09-01', '2025-08-31'],
    ),
    { nil: undefined },
  ),
  school: fc.nat({ max: 1 }),
});
type Row = typeof row extends fc.Arbitrary<infer One> ? One : never;

export interface Delivery {
  readonly rows: readonly Row[];
  /** Its rows bear the names of other files: another month, they may say something else. */
  readonly schoolings: boolean;
}

const delivery: fc.Arbitrary<Delivery> = fc.record({
  rows: fc.array(row, { minLength: 4, maxLength: 8, size: 'max' }),
  schoolings: fc.constantFrom(false, false, false, false, true),
});

const withinCommunity = fc
  .tuple(community, held, held)
  .map(([of, l, r]) => [of * OWN + l, of * OWN + r] as const);

/** What somebody decides of two numbers, those of the holders of two INE; of a death instead of the second. */
const decided = fc.record({
  verdict: fc.constantFrom('same' as const, 'different' as const, 'unknown' as const),
  of: fc.oneof(withinCommunity, fc.tuple(anybody, anybody)),
  death: fc.boolean(),
});
export type Decided = typeof decided extends fc.Arbitrary<infer One> ? One : never;

const dead = fc.record({
  family: anybody,
  first: fc.nat({ max: 1 }),
  birth: fc.nat({ max: 1 }),
});

const month = fc.record({
  /** The files and the date are those of the month before. */
  quiet: fc.constantFrom(false, false, true),
  later: fc.constantFrom(false, false, true),
  come: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 7, maxLength: 8 }),
  /** Files that lose their first row: other files with nearly the same rows. */
  shorter: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 2 }),
  decisions: fc.oneof(fc.constant([]), fc.array(decided, { minLength: 4, maxLength: 10, size: 'max' })),
  deaths: fc.array(dead, { maxLength: 20, size: 'max' }),
});
export type Month = typeof month extends fc.Arbitrary<infer One> ? One : never;

function quieted(before: readonly Month[], month: Month): readonly Month[] {
  const last = before.at(-1);
  if (!month.quiet || last === undefined) return [...before, month];
  const { later, come, shorter } = last;
  return [...before, { ...month, later, come, shorter }];
}

/** Files, and which of them come in each of a few months. */
export const randomMonths = fc.record({
  pool: fc.array(delivery, { minLength: 8, maxLength: 8 }),
  months: fc
    .array(month, { minLength: 2, maxLength: 3 })
    .map((each) => each.reduce<readonly Month[]>(quieted, [])),
});

const FIRSTS = ['LEA', 'Zoé', 'MARIE LOU'];
const BIRTHS = ['2008-03-14', '2007-01-01'];
const PLACES = ['33063', '64445', '75101'];
const at = (values: readonly string[], index: number | undefined) =>
  index === undefined ? null : (values[index] ?? null);
const numbered = (text: string, index: number | undefined) =>
  index === undefined ? null : `${text}${index}`;
/** A name of letters alone: digits are not part of what a name is compared by. */
const named = (index: number | undefined) =>
  index === undefined ? null : `NO${String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))}`;
type Cell = string | number | boolean | null;
const sqlOf = (values: readonly (string | number | boolean | null)[]) =>
  `(${values.map((value) => (typeof value === 'string' ? literal(value) : String(value))).join(', ')})`;

/** Adds a row to a table of `sources`. */
type Add = (table: string, ...values: Cell[]) => void;

/** A row of a delivery as a record, `family` being its number of today. */
function addRecord(add: Add, record: string, [index, ordinal]: readonly [number, number], each: Row): void {
  const { community, family, foreign, usage, place, days } = each;
  const [ine, ina] = [numberOf(community, each.ine), numberOf(community, each.ina)];
  add(
    'records',
    record,
    index,
    ordinal,
    named(numberOf(community, family)),
    named(foreign ?? numberOf(community, usage)),
    at(FIRSTS, each.first),
    at(FIRSTS, each.second),
    at(BIRTHS, each.birth),
    at(PLACES, place),
    place === undefined ? null : '99100',
    numbered('060000000', each.phone),
    numbered('a@b', each.email),
    ine === undefined ? null : 'ine_rnie',
    numbered('I', ine),
    numbered('B', ina),
  );
  if (days !== undefined) add('spells', record, 1, `033000${each.school}A`, 'scolaire', ...days);
}

/** Which id the record of each row of the pool has, by `<file>-<row>`. */
export type RecordIds = ReadonlyMap<string, string>;

/** A file of the month; without its first row, it is another file, whose other rows keep the ids that they had the month before. */
function* addDelivery(
  add: Add,
  index: number,
  { rows, schoolings }: Delivery,
  { cut, turn, before }: { readonly cut: 0 | 1; readonly turn: number; readonly before: RecordIds },
): Generator<readonly [string, string]> {
  const delivery = `d${cut}${String(index).padStart(10, '0')}`;
  const file = 2 * index + cut;
  add('files', file, delivery, schoolings ? 'sygne-schoolings' : 'interchange-inscriptions');
  for (const [ordinal, each] of rows.slice(cut).entries()) {
    const family = schoolings && turn % 2 === 1 ? (each.family + 1) % OWN : each.family;
    const row = `${index}-${ordinal + cut}`;
    const id = (schoolings ? undefined : before.get(row)) ?? `${delivery}-${ordinal}`;
    addRecord(add, id, [file, ordinal], { ...each, family });
    yield [row, id];
  }
}

/**
 * Puts a month into `sources`, after one in which records had the ids `before`; `turn` is its number: the names that schoolings bear
 * depend on it. Returns the ids that records have now.
 */
export async function loadMonth(
  database: Database,
  pool: readonly Delivery[],
  { come, shorter, deaths }: Month,
  turn: number,
  before: RecordIds = new Map(),
): Promise<RecordIds> {
  const ids = new Map<string, string>();
  const tables: Record<string, (readonly Cell[])[]> = {};
  const add: Add = (table, ...values) => {
    tables[table] = [...(tables[table] ?? []), values];
  };
  for (const index of come) {
    const file = pool[index];
    const cut = shorter.includes(index) ? 1 : 0;
    if (file === undefined) continue;
    for (const [row, id] of addDelivery(add, index, file, { cut, turn, before })) ids.set(row, id);
  }
  for (const [index, { family, first, birth }] of deaths.entries())
    add('deaths', `x${index}`, index, String(index), named(family), at(FIRSTS, first), at(BIRTHS, birth));
  await database.run(`DROP SCHEMA IF EXISTS sources CASCADE; ${createSourcesTablesSql()}`);
  await database.run(`INSERT INTO sources.communes (code, city, department, name) VALUES
    ('33063', '33063', '33', 'Bordeaux'), ('64445', '64445', '64', 'Pau'), ('75101', '75056', '75', 'Paris 1er')`);
  for (const [table, rows] of Object.entries(tables)) {
    await database.run(
      `INSERT INTO sources.${table} (${COLUMNS[table]}) SELECT ${FILLED[table] ?? '*'} FROM (VALUES ${rows.map(sqlOf).join(', ')}) v`,
    );
  }
  return ids;
}

const COLUMNS: Readonly<Record<string, string>> = {
  files:
    'file_no, delivery_id, kind, path, sha256, bytes, families, rejected, row_count, record_count, reject_count, removed_under16, out_of_scope, warning_count, dated',
  records:
    'record_id, file_no, ordinal, family_name, usage_name, first_name1, first_name2, birth_date, birth_commune, birth_country, mobile, email, ine_type, ine, ina, position, source, source_rank, row_kind',
  spells:
    'record_id, spell_no, uai, status, first_day, last_day, implicit_end, not_in_class, enrolment, abandon_undated',
  deaths:
    'death_id, ordinal, position, family_name, first_names, birth_date, file_no, sex, birth_commune, birth_country, died_on',
};
/** What is the same in every row. */
const FILLED: Readonly<Record<string, string>> = {
  files: "*, '', '', 0, [], false, 0, 0, 0, 0, 0, 0, false",
  records: "*, '', 'INTERCHANGE', 5, 'inscriptions'",
  spells: '*, false, false, true, false',
  deaths: "*, 99, 'F', '33063', '99100', DATE '2026-06-01'",
};
