import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CsvValue } from '../files/csv.ts';
import type { Life } from '../life/model.ts';
import { type Judgement, TRUTH_RULE_SETS, type TruthRuleSet } from './judge.ts';
import { SITUATIONS } from './situations.ts';

export const PEOPLE_FILE = 'people.csv';
export const ROWS_FILE = 'rows.csv';

/** What is true of one person at the reference date, as `truth/people.csv` tells it. */
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

export function peopleHeader(): readonly string[] {
  return [
    'person',
    'state',
    'reason',
    'in_training',
    'school_registers_alone',
    ...TRUTH_RULE_SETS.map(columnOf),
    'failures',
    'sentence',
  ];
}

export function personLine(
  life: Life,
  judgement: Judgement,
  { raw, failures }: { raw: boolean; failures: readonly string[] },
): readonly CsvValue[] {
  const bit = (value: boolean): string => (value ? '1' : '0');
  return [
    life.person.id,
    judgement.state,
    judgement.situation,
    bit(judgement.inTraining),
    bit(raw),
    ...TRUTH_RULE_SETS.map((ruleSet) => bit(judgement.listed[ruleSet])),
    failures.join(' '),
    SITUATIONS[judgement.situation],
  ];
}

export const rowKey = (file: string, position: string): string => `${file}\n${position}`;

/** Reads the two files of the truth that `writeRegion` wrote. Throws when one is missing. */
export function readTruth(truthFolder: string): Truth {
  const people = new Map<string, PersonTruth>();
  for (const row of readTable(join(truthFolder, PEOPLE_FILE))) {
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
  for (const row of readTable(join(truthFolder, ROWS_FILE))) {
    personOfRow.set(rowKey(row.get('file') ?? '', row.get('position') ?? ''), row.get('person') ?? '');
  }
  return { people, personOfRow };
}

/** Our own files: `;`, and no field that needs quotes (file names and codes, one sentence last). */
function readTable(path: string): ReadonlyArray<ReadonlyMap<string, string>> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const columns = header.split(';');
  return lines.map((line) => {
    const fields = line.split(';');
    return new Map(columns.map((column, index) => [column, fields[index] ?? '']));
  });
}
