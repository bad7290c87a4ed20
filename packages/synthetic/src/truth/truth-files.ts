import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CivilDate } from '../calendar.ts';
import { csvLine } from '../files/csv.ts';
import type { Life } from '../life/model.ts';
import { residenceOn } from '../life/model.ts';
import { type Judgement, TRUTH_RULE_SETS, type TruthRuleSet } from './judge.ts';

/** Columns of the tables of the truth, in order; each table is a folder that holds a file a part of the country (an académie); the last where people are followed. */
export const TRUTH_COLUMNS = {
  people: [
    'person',
    'state',
    'reason',
    'in_training',
    'school_registers_alone',
    ...TRUTH_RULE_SETS.map(listedColumn),
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
  ],
  spells: ['person', 'what', 'first_day', 'last_day', 'where', 'code', 'detail'],
  deaths: [
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
  ],
  files: ['file', 'path'],
  rows: ['file', 'position', 'person', 'failures'],
  'drop-outs': ['person', 'rule_set', 'left_on', 'since', 'until'],
} as const satisfies Record<string, readonly string[]>;

export type TruthTable = keyof typeof TRUTH_COLUMNS;

/** Tables that every truth has, whether its people are followed or not. */
export const TRUTH_TABLES: readonly TruthTable[] = ['people', 'spells', 'deaths', 'files', 'rows'];

/** The column of `people` that says whether a rule set should list somebody. */
export function listedColumn(ruleSet: TruthRuleSet): string {
  return `listed_${ruleSet.replaceAll('-', '_')}`;
}

export const truthHeader = (table: TruthTable): string => csvLine(TRUTH_COLUMNS[table]);

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

function partsOf(truthFolder: string, table: TruthTable): readonly string[] {
  const folder = join(truthFolder, table);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Our own files: `;`, and no field that needs quotes. */
function rowOf(columns: readonly string[], line: string): TruthRow {
  const fields = line.split(';');
  return new Map(columns.map((column, index) => [column, fields[index] ?? '']));
}
