import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CivilDate } from '../calendar.ts';
import { csvLine } from '../files/csv.ts';
import type { Life } from '../life/model.ts';
import { residenceOn } from '../life/model.ts';
import { type Judgement, TRUTH_RULE_SETS, type TruthRuleSet } from './judge.ts';

/** Folders of the truth; each holds a file a part of the country (an académie), all with the same header; the last where people are followed. */
export const TRUTH_TABLES = ['people', 'spells', 'deaths', 'files', 'rows', 'drop-outs'] as const;
export type TruthTable = (typeof TRUTH_TABLES)[number];

/** What is true of one person at the reference date, as `truth/people/` tells it. */
export interface PersonTruth {
  readonly person: string;
  readonly state: string;
  /** SituationCode. */
  readonly reason: string;
  readonly inTraining: boolean;
  /** The registers of the national education alone would list them. */
  readonly raw: boolean;
  readonly listed: Readonly<Record<TruthRuleSet, boolean>>;
}

export interface Truth {
  readonly people: ReadonlyMap<string, PersonTruth>;
  /** `file` + line feed + `position` → person. */
  readonly personOfRow: ReadonlyMap<string, string>;
}

const columnOf = (ruleSet: TruthRuleSet): string => `listed_${ruleSet.replaceAll('-', '_')}`;

export const PEOPLE_HEADER = csvLine([
  'person',
  'state',
  'reason',
  'in_training',
  'school_registers_alone',
  ...TRUTH_RULE_SETS.map(columnOf),
  'name_group',
  'sex',
  'birth_date',
  'birth_commune',
  'birth_country',
  'family_name',
  'usage_name',
  'given_names',
  'ine',
  'home_department',
  'department',
]);
export const SPELLS_HEADER = csvLine(['person', 'what', 'first_day', 'last_day', 'where', 'code', 'detail']);
export const DEATHS_HEADER = csvLine([
  'person',
  'family_name',
  'given_names',
  'sex',
  'birth_date',
  'birth_commune',
  'birth_city',
  'birth_country',
  'died_on',
  'death_place',
]);

const bit = (value: boolean): string => (value ? '1' : '0');

/** A line of `people`: who it is, and what truly holds at the reference date. */
export function personLine(
  life: Life,
  judgement: Judgement,
  { raw, asOf }: { raw: boolean; asOf: CivilDate },
): string {
  const { person } = life;
  const address = residenceOn(life, asOf);
  return csvLine([
    person.id,
    judgement.state,
    judgement.situation,
    bit(judgement.inTraining),
    bit(raw),
    ...TRUTH_RULE_SETS.map((ruleSet) => bit(judgement.listed[ruleSet])),
    person.nameGroup,
    person.sex,
    person.birthDate,
    person.birthCommune?.code,
    person.birthCountry,
    person.familyName,
    person.usageName,
    person.givenNames.join(' '),
    person.ine,
    person.home.department.code,
    address.commune?.department ?? '99',
  ]);
}

/**
 * Lines of `spells`: all that truly happened, a line a stay, contract, award, accompaniment, job and home abroad.
 * `last_day` is empty for what still goes on; `code`: training, award or kind of structure.
 */
export function spellLines({
  person,
  stays,
  awards,
  accompaniments,
  employedFrom,
  residences,
}: Life): string[] {
  const { id } = person;
  const lines: string[] = [];
  for (const { school, training, firstDay, lastDay, status, contracts } of stays) {
    lines.push(csvLine([id, 'stay', firstDay, lastDay ?? '', school.uai, training.id, status]));
    for (const { start, plannedEnd, brokenOn, employerSiret } of contracts)
      lines.push(
        csvLine([
          id,
          'contract',
          start,
          brokenOn ?? plannedEnd,
          employerSiret,
          training.id,
          brokenOn && 'rupture',
        ]),
      );
  }
  for (const { type, label, date, result } of awards)
    lines.push(csvLine([id, 'award', date, date, label, type, result]));
  for (const { structure, start, end, status } of accompaniments)
    lines.push(csvLine([id, 'accompaniment', start, end, structure.id, structure.type, status]));
  if (employedFrom !== undefined) lines.push(csvLine([id, 'job', employedFrom, '', '', '', '']));
  for (const { from, address } of residences.slice(1))
    lines.push(csvLine([id, 'move', from, '', address.commune?.code ?? address.country, '', '']));
  return lines;
}

/** The line of `deaths` of somebody who died, where they lived (INSEE commune, or country); undefined for the living. */
export function deathLine(life: Life): string | undefined {
  const { person, deceasedOn } = life;
  if (deceasedOn === undefined) return undefined;
  const { commune, country } = residenceOn(life, deceasedOn);
  return csvLine([
    person.id,
    person.familyName,
    person.givenNames.join(' '),
    person.sex,
    person.birthDate,
    person.birthCommune?.code,
    person.birthCity,
    person.birthCountry,
    deceasedOn,
    commune?.code ?? country,
  ]);
}

export const rowKey = (file: string, position: string): string => `${file}\n${position}`;

/** Reads people and rows of the truth that `writeFrance` wrote. Throws when they are missing. */
export function readTruth(truthFolder: string): Truth {
  const people = new Map<string, PersonTruth>();
  for (const row of readTable(truthFolder, 'people')) {
    const listed = Object.fromEntries(
      TRUTH_RULE_SETS.map((ruleSet) => [ruleSet, row.get(columnOf(ruleSet)) === '1']),
    ) as Record<TruthRuleSet, boolean>;
    const person = row.get('person') ?? '';
    people.set(person, {
      person,
      state: row.get('state') ?? '',
      reason: row.get('reason') ?? '',
      inTraining: row.get('in_training') === '1',
      raw: row.get('school_registers_alone') === '1',
      listed,
    });
  }
  const personOfRow = new Map<string, string>();
  for (const part of partsOf(truthFolder, 'rows')) {
    const paths = new Map(
      readPart(truthFolder, 'files', part).map((row) => [row.get('file'), row.get('path')]),
    );
    for (const row of readPart(truthFolder, 'rows', part)) {
      const path = paths.get(row.get('file')) ?? '';
      personOfRow.set(rowKey(path, row.get('position') ?? ''), row.get('person') ?? '');
    }
  }
  return { people, personOfRow };
}

/** A line of a table, by column. */
export type TruthRow = ReadonlyMap<string, string>;

/** The rows of a table, the parts in the order of their names, read line by line; those alone whose first field is `wanted`. */
export async function* streamTable(
  truthFolder: string,
  table: TruthTable,
  wanted: (first: string) => boolean = () => true,
): AsyncGenerator<TruthRow> {
  for (const part of partsOf(truthFolder, table)) {
    const input = createReadStream(join(truthFolder, table, part), 'utf8');
    let columns: readonly string[] | undefined;
    for await (const line of createInterface({ input })) {
      if (columns === undefined) columns = line.split(';');
      else if (wanted(line.slice(0, line.indexOf(';')))) yield rowOf(columns, line);
    }
  }
}

/** The rows of a table, all parts together. */
export function* readTable(truthFolder: string, table: TruthTable): Generator<TruthRow> {
  for (const part of partsOf(truthFolder, table)) yield* readPart(truthFolder, table, part);
}

function partsOf(truthFolder: string, table: TruthTable): readonly string[] {
  const folder = join(truthFolder, table);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Our own files: `;`, and no field that needs quotes. */
function readPart(truthFolder: string, table: TruthTable, part: string): readonly TruthRow[] {
  const [header = '', ...lines] = readFileSync(join(truthFolder, table, part), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = header.split(';');
  return lines.map((line) => rowOf(columns, line));
}

function rowOf(columns: readonly string[], line: string): TruthRow {
  const fields = line.split(';');
  return new Map(columns.map((column, index) => [column, fields[index] ?? '']));
}
