import { createHash } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_FAMILIES } from '@raccroche/contract';
import { createEligibilityTablesSql } from '../../../eligibility/index.ts';
import { createLinkageTablesSql, openFetchedMembers } from '../../../linkage/index.ts';
import { createSourcesTablesSql, NEEDS_OTHER_FILES, openFetchedRecords } from '../../../sources/index.ts';
import { dropTable } from '../../registry/registry.ts';
import { testRuleSet } from '../../registry/testing/rule-set.ts';
import type { World } from '../../registry/testing/world.ts';
import { sieiOf } from '../../siei.ts';
import { createListsTablesSql } from '../../tables.ts';
import type { CampaignContext } from '../campaign-context.ts';
import { ASSESS_DATA, type DataFile, LINK_DATA, NUMBER_DATA, READ_DATA } from '../data-files.ts';
import { engineVersion } from '../engine-version.ts';
import { Errands } from '../errands.ts';
import { WrittenHashes } from '../hash-file.ts';
import { list } from '../list-stage.ts';
import { DATA_LAYOUT, describeOutputs, writeManifest } from '../manifest.ts';
import { persistedSql, persistTables } from '../persist.ts';
import { persistChanged } from '../persist-asked.ts';
import { programVersions } from '../program-versions.ts';

/** A record as a month tells it; its place in the month is its id. */
export interface MonthRecord {
  readonly owner: number;
  readonly file: number;
  readonly position: string;
  readonly commune: string | null;
  readonly address: string | null;
  readonly mobile: string | null;
  readonly rep1_family_name: string | null;
  /** Last day of its spell. */
  readonly lastDay: string | null;
  /** Day of the row; of the second file, that of another file's row. */
  readonly recordedOn: string | null;
}

/** A person who has records: what was decided of them. */
export interface MonthPerson {
  readonly listed: boolean;
  readonly to_follow: boolean;
  readonly family_name: string;
  readonly usage_name: string | null;
  readonly first_name1: string | null;
  readonly first_name2: string | null;
  readonly age: number;
  readonly flags: readonly string[];
  readonly last_uai: string | null;
  readonly left_on: string | null;
  readonly passed: boolean;
  /** Which number is theirs. */
  readonly number: number;
}

export interface Month {
  readonly asOf: string;
  /** Name of the folder in which the second file lies. */
  readonly folder: string;
  /** Whether the first file came as another delivery, under its path. */
  readonly again?: boolean;
  readonly records: readonly MonthRecord[];
  readonly persons: readonly MonthPerson[];
}

/** People of whom nothing ever changes: what differs is then little of each table. Every third is listed. */
const OTHERS = 130;
const numberOf = (nth: number) => sieiOf([nth % 32, nth >> 5, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

const KEPT: readonly DataFile[] = [...READ_DATA, ...LINK_DATA, ...ASSESS_DATA, ...NUMBER_DATA];

/** Tables of a campaign, empty, whatever stood there. */
async function clear({ database }: World): Promise<void> {
  for (const table of [...KEPT.map((each) => each.table), ...MADE]) await dropTable(database, table);
  await database.run(
    [
      createSourcesTablesSql(),
      createLinkageTablesSql(),
      createEligibilityTablesSql(),
      createListsTablesSql(['numbers', 'number_aliases', 'death_codes']),
      'DELETE FROM sources.communes',
    ].join('\n'),
  );
}
const MADE = ['lists.places', 'lists.listed', 'lists.contacts', 'lists.entries'];

async function fill(world: World, { records, persons, folder, again }: Month): Promise<void> {
  const { database } = world;
  world.file(4);
  world.file(again === true ? 3 : 1, { path: 'recu/fichier-1.csv' });
  world.file(2, { path: `${folder}/fichier-2.csv`, kind: NEEDS_OTHER_FILES });
  for (const code of ['59350', '62041'])
    world.row('sources.communes', { code, city: code, department: code.slice(0, 2), name: `ville ${code}` });
  world.person({ person_id: 'other' }, [{ record_id: 'other', file_no: 4, commune: '59350' }]);
  await world.save();
  await database.run(`
    INSERT INTO sources.records BY NAME SELECT one.* REPLACE ('other' || i AS record_id) FROM sources.records one, range(${OTHERS}) r(i);
    INSERT INTO linkage.memberships SELECT 'other' || i, 'other' || i FROM range(${OTHERS}) r(i);
    INSERT INTO sources.spells BY NAME SELECT 'other' || i AS record_id, 1 AS spell_no, DATE '2024-09-02' AS first_day,
      DATE '2025-07-04' AS last_day, false AS implicit_end, false AS not_in_class, true AS enrolment, false AS abandon_undated FROM range(${OTHERS}) r(i);
    INSERT INTO eligibility.assessments SELECT 'other' || i, ['age'], [i % 3 = 0], [[]] FROM range(${OTHERS}) r(i);
    INSERT INTO eligibility.persons BY NAME SELECT one.* REPLACE ('other' || i AS person_id, 'Nom ' || i AS family_name, i % 3 = 0 AS listed)
    FROM eligibility.persons one, range(${OTHERS}) r(i)`);
  for (const table of ['sources.records', 'linkage.memberships', 'eligibility.persons'])
    await database.run(
      `DELETE FROM ${table} WHERE ${table === 'eligibility.persons' ? 'person_id' : 'record_id'} = 'other'`,
    );
  await database.run(
    `INSERT INTO lists.numbers SELECT 'other' || (row_number() OVER () - 1), siei FROM (SELECT unnest(string_split($1, ' ')) AS siei)`,
    [Array.from({ length: OTHERS }, (_, i) => numberOf(100 + i)).join(' ')],
  );
  tellPersons(world, again === true ? records.map(inThird) : records, persons);
  await world.save();
}

const spell = {
  ...{ spell_no: 1, first_day: '2024-09-02' },
  ...{ implicit_end: false, not_in_class: false, enrolment: true, abandon_undated: false },
};
/**
 * What a record says by itself, which its id tells: one that says something else is another one. A row of the second file is a schooling, which
 * has all else of other files: its day, and no way to reach anybody.
 */
function saidBy({ file, owner: _, position, recordedOn, lastDay, ...told }: MonthRecord) {
  return file === 2 ? { position, lastDay } : { recordedOn, lastDay, ...told };
}

/** Its number comes first: it tells which of somebody's is the smallest. */
const recordId = (nth: number, record: MonthRecord) =>
  `r${nth}-${createHash('md5')
    .update(JSON.stringify(saidBy(record)))
    .digest('hex')}`;

/** The row that tells it, but for its id. */
function rowOf({ file, owner: _, position, recordedOn, lastDay: __, ...told }: MonthRecord) {
  return { file_no: file, position, recorded_on: recordedOn, ...(file === 2 ? {} : told) };
}

const inThird = (record: MonthRecord) => (record.file === 1 ? { ...record, file: 3 } : record);

/** A person is named by the smallest id of their records; who has none is nowhere. */
function tellPersons(world: World, records: readonly MonthRecord[], persons: readonly MonthPerson[]): void {
  for (const [nth, { passed, number, listed, to_follow, ...told }] of persons.entries()) {
    const own = records.flatMap((record, id) =>
      record.owner === nth ? [{ record, id: recordId(id, record) }] : [],
    );
    const [first] = own;
    if (first === undefined) continue;
    const person_id = first.id;
    world.person(
      { person_id, listed, to_follow: to_follow && !listed, ...told },
      own.map(({ id, record }) => ({ record_id: id, ...rowOf(record) })),
    );
    for (const {
      id,
      record: { lastDay },
    } of own)
      if (lastDay !== null) world.row('sources.spells', { ...spell, record_id: id, last_day: lastDay });
    world.checks(person_id, [['age', passed, [first.id]]]);
    world.row('lists.numbers', { person_id, siei: numberOf(number) });
  }
}

/** The folder of a campaign that is over, and why its lists were all made anew. */
export interface ListedMonth {
  readonly out: string;
  readonly notes: readonly string[];
}

/** Makes the lists of a month in `out` as the last stage of a campaign does, its tables being kept as those of the others are. */
export async function listMonth(
  world: World,
  month: Month,
  out: string,
  previous?: string,
): Promise<ListedMonth> {
  await clear(world);
  await fill(world, month);
  const data = join(out, 'data');
  for (const each of KEPT) await keep(world, data, each, previous);
  return finish(world, month, { out, previous });
}

/** The same lists, of the tables that `listed` left, with nothing taken over. */
export async function listAnew(world: World, month: Month, listed: string, out: string, previous: string) {
  mkdirSync(out, { recursive: true });
  cpSync(join(listed, 'data'), join(out, 'data'), {
    recursive: true,
    filter: (path) => !path.includes('places'),
  });
  for (const table of MADE) await dropTable(world.database, table);
  return finish(world, month, { out, previous, incremental: false });
}

async function keep({ database }: World, folder: string, data: DataFile, previous: string | undefined) {
  const columns = data.key?.join(', ');
  if (previous === undefined || columns === undefined) return persistTables(database, folder, [data]);
  const before = join(previous, 'data');
  const gone = `SELECT ${columns} FROM ${data.table} UNION SELECT ${columns} FROM ${persistedSql(before, data)}`;
  return persistChanged(database, folder, data, { previous: before, gone, fresh: `FROM ${data.table}` });
}

async function finish(
  { database }: World,
  { asOf }: Month,
  asked: { readonly out: string; readonly previous: string | undefined; readonly incremental?: boolean },
): Promise<ListedMonth> {
  const { out, ...options } = asked;
  const notes: string[] = [];
  const campaign = `${asOf}-essai`;
  const context: CampaignContext = {
    ...{ database, errands: new Errands(), written: new WrittenHashes() },
    ...{ ruleSet: testRuleSet, campaign, decisions: undefined },
    options: {
      ...{
        ...options,
        asOf,
        ruleSetId: testRuleSet.id,
        allowMissing: REQUIRED_FAMILIES,
        registry: '',
        deliveries: '',
      },
      ...{ out, memoryBytes: 0, threads: 1 },
    },
    output: { out, work: out, final: out, publish: () => undefined, clear: () => undefined },
    fetched: openFetchedRecords(database),
    members: openFetchedMembers(database),
    progress: { update: () => undefined, stop: () => undefined, note: (text) => notes.push(text) },
  };
  const { missing, withheld } = await list(context);
  await context.errands.over();
  writeManifest(out, {
    ...{
      format: 'raccroche-campaign/1',
      campaign,
      asOf,
      layout: DATA_LAYOUT,
      missing: [...missing],
      withheld,
    },
    ruleSet: { id: testRuleSet.id, version: testRuleSet.version, parameters: {} },
    product: { name: 'raccroche', version: 'essai' },
    program: programVersions(),
    engine: { name: 'duckdb', version: await engineVersion(database) },
    ...{ allowMissing: [], counts: {}, inputs: [], startedAt: '', finishedAt: '' },
    outputs: await describeOutputs(out, new Map(), context.written),
  });
  return { out, notes };
}
