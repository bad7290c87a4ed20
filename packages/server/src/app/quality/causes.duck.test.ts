import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { causeSteps } from './cause-steps.ts';
import { createErrorTablesSql } from './error-steps.ts';

const AS_OF = '2025-11-15';

/** One person missed or wrongly listed, in few words; their own record is 100 × number + place, from 1. */
interface Case {
  readonly name: string;
  readonly kind: 'missed' | 'wrong';
  readonly truth?: {
    readonly reason?: string;
    readonly state?: string;
    readonly inTraining?: boolean;
    readonly left?: string;
    readonly came?: string;
    readonly extracted?: string;
    readonly sender?: string;
  };
  /** Rows: sender, person of the campaign ('me', 'apart', none), faults. */
  readonly rows: readonly {
    readonly sender: string;
    readonly person?: 'me' | 'apart';
    readonly faults?: readonly string[];
    readonly kind?: string;
    readonly received?: false;
    readonly fact?: string;
  }[];
  /** The person judged is another's. */
  readonly own?: false;
  readonly check?: string;
  /** Rows (from 1) that show the check; 0 is a row of somebody else. */
  readonly evidence?: readonly number[];
  readonly file?: { readonly extracted?: string; readonly kind?: string };
  readonly expected: readonly [cause: string, fault: string | null, sender: string | null];
}

const SCHOOL = 'education-nationale/siecle';
const CASES: readonly Case[] = [
  {
    name: 'nobody tells of them',
    kind: 'missed',
    truth: { sender: 'none' },
    rows: [],
    expected: ['untold', 'school_silent', 'none'],
  },
  {
    name: 'their only row was rejected',
    kind: 'missed',
    rows: [{ sender: SCHOOL, faults: ['contact_stale', 'bad_birth_date'] }],
    expected: ['rejected', 'bad_birth_date', SCHOOL],
  },
  {
    name: 'their only file was not received',
    kind: 'missed',
    rows: [{ sender: SCHOOL, received: false }],
    expected: ['not_received', null, SCHOOL],
  },
  {
    name: 'taken for somebody else',
    kind: 'missed',
    own: false,
    rows: [{ sender: 'cfa', person: 'me', faults: ['name_typo'] }],
    expected: ['in_another_person', 'name_typo', 'cfa'],
  },
  {
    name: 'somebody else’s death',
    kind: 'missed',
    check: 'alive',
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['false_death', null, 'insee'],
  },
  {
    name: 'somebody else’s row keeps them at school',
    kind: 'missed',
    check: 'not_enrolled',
    evidence: [0],
    rows: [{ sender: SCHOOL, person: 'me', faults: ['exit_never_recorded'] }],
    expected: ['foreign_record', null, null],
  },
  {
    name: 'their exit was never recorded',
    kind: 'missed',
    check: 'not_enrolled',
    evidence: [1],
    rows: [{ sender: SCHOOL, person: 'me', faults: ['accents_lost', 'exit_never_recorded'] }],
    expected: ['told_wrong', 'exit_never_recorded', SCHOOL],
  },
  {
    name: 'a fault of a row that shows nothing is not told',
    kind: 'missed',
    check: 'not_enrolled',
    evidence: [1],
    rows: [
      { sender: 'cfa', person: 'me' },
      { sender: SCHOOL, person: 'me', faults: ['exit_never_recorded'] },
    ],
    expected: ['unexplained', null, null],
  },
  {
    name: 'born later than is told',
    kind: 'missed',
    check: 'age',
    evidence: [1],
    rows: [{ sender: 'cfa', person: 'me', faults: ['birth_date_typo'] }],
    expected: ['told_wrong', 'birth_date_typo', 'cfa'],
  },
  {
    name: 'left after the file was made',
    kind: 'missed',
    check: 'not_enrolled',
    evidence: [1],
    truth: { left: '2025-11-10' },
    file: { extracted: '2025-11-01' },
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['extracted_before', 'extracted_before', SCHOOL],
  },
  {
    name: 'in an export that has no dates',
    kind: 'missed',
    check: 'not_enrolled',
    evidence: [1],
    truth: { left: '2025-10-01' },
    file: { extracted: '2025-11-01', kind: 'fregata-csv' },
    rows: [{ sender: 'agriculture', person: 'me' }],
    expected: ['told_wrong', 'dates_left_out', 'agriculture'],
  },
  {
    name: 'another row tells no break',
    kind: 'missed',
    check: 'not_enrolled',
    evidence: [1],
    rows: [
      { sender: 'cfa', person: 'me' },
      { sender: 'contrats', person: 'me', faults: ['break_untold'] },
    ],
    expected: ['told_wrong', 'break_untold', 'contrats'],
  },
  {
    name: 'the row of their school stayed apart',
    kind: 'missed',
    check: 'enrolled_in_window',
    rows: [
      { sender: 'examens', person: 'me' },
      { sender: 'examens', person: 'me', faults: ['name_typo'] },
      { sender: SCHOOL, person: 'apart', faults: ['ine_missing_school', 'ine_double'] },
    ],
    expected: ['unlinked', 'ine_double', SCHOOL],
  },
  {
    name: 'no row of their school',
    kind: 'missed',
    check: 'enrolled_in_window',
    truth: { sender: 'cfa' },
    rows: [{ sender: 'examens', person: 'me' }],
    expected: ['untold', 'cfa_under_coverage', 'cfa'],
  },
  {
    name: 'listed: their school’s row stayed apart, for a fault of the other',
    kind: 'wrong',
    truth: { inTraining: true, state: 'enrolled' },
    rows: [
      { sender: 'contrats', person: 'me', faults: ['birth_date_typo'] },
      { sender: SCHOOL, person: 'apart', faults: ['ine_missing_school'], fact: 'spell' },
      { sender: 'examens', person: 'apart' },
    ],
    expected: ['unlinked', 'birth_date_typo', 'contrats'],
  },
  {
    name: 'listed: their diploma stayed apart',
    kind: 'wrong',
    truth: { reason: 'diplome' },
    rows: [
      { sender: SCHOOL, person: 'me' },
      { sender: 'examens', person: 'apart', faults: ['ine_missing_exams'], fact: 'award' },
    ],
    expected: ['unlinked', 'ine_missing_exams', 'examens'],
  },
  {
    name: 'listed: their result was rejected',
    kind: 'wrong',
    truth: { reason: 'diplome' },
    rows: [
      { sender: SCHOOL, person: 'me' },
      { sender: 'examens', faults: ['bad_value'] },
    ],
    expected: ['rejected', 'bad_value', 'examens'],
  },
  {
    name: 'listed: the row of their school was rejected',
    kind: 'wrong',
    truth: { inTraining: true, sender: 'cfa' },
    rows: [
      { sender: SCHOOL, person: 'me' },
      { sender: 'cfa', faults: ['bad_birth_date'] },
    ],
    expected: ['rejected', 'bad_birth_date', 'cfa'],
  },
  {
    name: 'listed: a row rejected of a school that they have left is no cause, nor is a row told twice',
    kind: 'wrong',
    truth: { inTraining: true, sender: 'cfa' },
    rows: [
      { sender: SCHOOL, faults: ['bad_birth_date'] },
      { sender: 'cfa', person: 'me', faults: ['duplicate_row'] },
      { sender: 'cfa', faults: ['duplicate_row'] },
    ],
    expected: ['untold', 'cfa_under_coverage', 'cfa'],
  },
  {
    name: 'listed: no file tells their result',
    kind: 'wrong',
    truth: { reason: 'diplome' },
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['untold', 'exam_missing', 'examens'],
  },
  {
    name: 'listed: at a school abroad',
    kind: 'wrong',
    truth: { inTraining: true, reason: 'en_ecole_a_l_etranger', sender: 'none' },
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['abroad', null, null],
  },
  {
    name: 'listed: at a silent school',
    kind: 'wrong',
    truth: { inTraining: true, sender: 'none' },
    rows: [{ sender: SCHOOL, person: 'me', faults: ['exit_never_recorded'] }],
    expected: ['untold', 'school_silent', 'none'],
  },
  {
    name: 'listed: came after the file was made',
    kind: 'wrong',
    truth: { inTraining: true, came: '2025-11-10', extracted: '2025-11-02', sender: 'cfa' },
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['extracted_before', 'extracted_before', 'cfa'],
  },
  {
    name: 'listed: in a CFA, their contract is in no file',
    kind: 'wrong',
    truth: { inTraining: true, state: 'apprentice' },
    rows: [{ sender: 'cfa', person: 'me', fact: 'spell' }],
    expected: ['untold', 'contract_untold', 'contrats'],
  },
  {
    name: 'listed: left long ago, still told there',
    kind: 'wrong',
    truth: { reason: 'hors_fenetre' },
    check: 'enrolled_in_window',
    evidence: [1],
    rows: [{ sender: SCHOOL, person: 'me', faults: ['ghost_return'] }],
    expected: ['told_wrong', 'ghost_return', SCHOOL],
  },
  {
    name: 'listed: dead, and their death was not recognised',
    kind: 'wrong',
    truth: { state: 'deceased' },
    rows: [
      { sender: SCHOOL, person: 'me' },
      { sender: 'insee', faults: ['death_date_partial'] },
    ],
    expected: ['unlinked', 'death_date_partial', 'insee'],
  },
  {
    name: 'listed: dead, and no file tells it',
    kind: 'wrong',
    truth: { state: 'deceased' },
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['untold', 'death_told_late', 'insee'],
  },
  {
    name: 'listed: by a row of somebody else',
    kind: 'wrong',
    truth: { reason: 'cycle_non_vise' },
    check: 'cycle',
    evidence: [0, 1],
    rows: [{ sender: SCHOOL, person: 'me' }],
    expected: ['foreign_record', null, null],
  },
];

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(`CREATE SCHEMA quality; ${createErrorTablesSql()}
    CREATE TABLE quality.cells (person BIGINT, human INTEGER, n INTEGER)`);
  for (const [index, one] of CASES.entries()) await insert(index + 1, one);
  await runSteps(database, causeSteps(AS_OF));
});
afterAll(() => database.close());

async function insert(human: number, one: Case): Promise<void> {
  const { truth = {} } = one;
  const persons = { me: human * 1000, apart: human * 1000 + 1 };
  await database.run(
    `INSERT INTO quality.errors VALUES ($1, $2, $3, $4, $5, $6, 'UAI', $7::DATE, $8::DATE, $9::DATE)`,
    [
      human,
      one.kind,
      truth.reason ?? 'autre',
      truth.state ?? 'not_enrolled',
      truth.inTraining ?? false,
      truth.sender ?? SCHOOL,
      truth.came ?? '2025-09-01',
      truth.left ?? null,
      truth.extracted ?? null,
    ],
  );
  if (one.rows.some(({ person }) => person === 'me'))
    await database.run("INSERT INTO quality.focus VALUES ($1, $2, $3, 'person')", [
      human,
      persons.me,
      one.own ?? true,
    ]);
  for (const [index, row] of one.rows.entries()) {
    const record = human * 100 + index + 1;
    const person = row.person === undefined ? null : persons[row.person];
    await database.run(
      `INSERT INTO quality.error_rows VALUES ($1, $2, $3, string_split(nullif($4, ''), ' '), $5, $6, $7, $8)`,
      [
        human,
        row.received === false ? null : 1,
        row.sender,
        (row.faults ?? []).join(' '),
        person === null ? null : `r${record}`,
        row.kind ?? 'inscriptions',
        person === null ? null : record,
        person,
      ],
    );
    if (row.fact !== undefined)
      await database.run(
        "INSERT INTO quality.error_facts VALUES ($1, $2, $3, 'UAI', DATE '2025-09-01', DATE '2026-08-31')",
        [human, `r${record}`, row.fact],
      );
  }
  await database.run(
    'INSERT INTO quality.cells SELECT person, human, count(*)::INTEGER FROM quality.error_rows WHERE human = $1 AND person IS NOT NULL GROUP BY ALL',
    [human],
  );
  if (one.check === undefined) return;
  await database.run('INSERT INTO quality.focus_checks VALUES ($1, $2, $3, $4, [], 1)', [
    human,
    one.kind,
    one.check,
    one.kind === 'wrong',
  ]);
  for (const place of one.evidence ?? [])
    await database.run('INSERT INTO quality.evidence VALUES ($1, $2, $3, $4, $5::DATE, $6, $7)', [
      human,
      one.kind,
      one.check,
      human * 100 + place,
      one.file?.extracted ?? null,
      one.file?.kind ?? 'siecle-xml',
      place === 0 ? 999 : human,
    ]);
}

describe('the main cause', () => {
  it.each(CASES.map((one, index) => [one.name, index + 1, one.expected] as const))(
    '%s',
    async (_name, human, expected) => {
      const found = await database.all('SELECT cause, fault, sender FROM quality.causes WHERE human = $1', [
        human,
      ]);
      const [cause, fault, sender] = expected;
      expect(found).toEqual([{ cause, fault, sender }]);
    },
  );
});
