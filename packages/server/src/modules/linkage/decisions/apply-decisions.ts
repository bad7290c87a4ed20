import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import type { DecisionInput, LitigeDecision, RecognisedNumber } from './decision.ts';
import { decisionSteps } from './decision-steps.ts';
import { type DecidedPeople, type DecisionPlan, planDecisions, sidesOf } from './plan-decisions.ts';

/** Cells and rows of a table that goes in as one bound text: neither stands in an id, and decisions are read without them. */
const CELL = '\t';
const ROW = '\n';

/** How many decisions were given, and how many of them hold. */
export interface DecisionSummary {
  readonly given: number;
  readonly applied: number;
}

/**
 * Puts what people decided into what the first stage found: fills `linkage.decisions`, and moves records, links and litiges.
 * Who must stay apart is kept in `linkage.decided_apart` for the second stage.
 */
export async function applyDecisions(database: Database, input?: DecisionInput): Promise<DecisionSummary> {
  const decisions = input?.decisions ?? [];
  const numbers = [...new Set(decisions.flatMap((decision) => decision.numbers))].sort();
  const answering: ReadonlyMap<string, RecognisedNumber> =
    input === undefined || numbers.length === 0 ? new Map() : await input.recognise(numbers);
  const records = [
    ...new Set(
      [...answering.values()].flatMap(({ recordIds, splitOff = [] }) => [...recordIds, ...splitOff]),
    ),
  ].sort();
  const plan = planDecisions(decisions, answering, await readPeople(database, records));
  await writePlan(database, plan);
  await writeDecisions(
    database,
    decisions.map((decision) => rowOf(decision, plan, answering)),
  );
  await runSteps(database, decisionSteps());
  const applied = [...plan.outcomes.values()].filter(({ effect }) => effect === 'appliquee').length;
  return { given: decisions.length, applied };
}

async function readPeople(database: Database, records: readonly string[]): Promise<DecidedPeople> {
  const concerned = `SELECT DISTINCT person_id FROM linkage.memberships
    WHERE record_id IN (SELECT unnest(string_split($1, chr(10))))`;
  const members = await database.all<{ record_id: string; person_id: string }>(
    `SELECT record_id, person_id FROM linkage.memberships WHERE person_id IN (${concerned}) ORDER BY record_id`,
    [records.join(ROW)],
  );
  const links = await database.all<{ l: string; r: string }>(
    `SELECT record_id_l AS l, record_id_r AS r FROM linkage.links
     JOIN linkage.memberships m ON m.record_id = record_id_l WHERE m.person_id IN (${concerned})
     ORDER BY list_position(['same_identifier_birth_date', 'same_identifier_name'], rule) NULLS LAST, 1, 2`,
    [records.join(ROW)],
  );
  return { personOf: new Map(members.map((row) => [row.record_id, row.person_id])), links };
}

async function writePlan(database: Database, { personOf, added, apart }: DecisionPlan): Promise<void> {
  const rows = (cells: readonly (readonly string[])[]) => cells.map((row) => row.join(CELL)).join(ROW);
  const table = (columns: string) =>
    `SELECT ${columns} FROM (SELECT string_split(unnest(string_split($1, chr(10))), chr(9)) AS cell) WHERE len(cell) = 2`;
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_persons AS ${table('cell[1] AS record_id, cell[2] AS person_id')}`,
    [rows([...personOf])],
  );
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_links AS ${table('cell[1] AS record_id_l, cell[2] AS record_id_r')}`,
    [rows(added.map(({ l, r }) => [l, r]))],
  );
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_apart AS ${table('cell[1] AS record_id_l, cell[2] AS record_id_r')}`,
    [rows(apart.map(({ l, r }) => [l, r]))],
  );
}

/** A decision as a row of `linkage.decisions`, its records the first that answer to each number. */
function rowOf(
  decision: LitigeDecision,
  { outcomes }: DecisionPlan,
  answering: ReadonlyMap<string, RecognisedNumber>,
): readonly string[] {
  const { line, numbers, verdict, decidedOn, role, reason } = decision;
  const outcome = outcomes.get(line);
  const { left, right } = sidesOf(decision, answering);
  const first = (side: ReadonlySet<string>, number: string) =>
    [...side][0] ?? answering.get(number)?.recordIds[0] ?? '';
  return [
    String(line),
    verdict,
    ...numbers,
    decidedOn,
    role,
    reason,
    outcome?.effect ?? '',
    (outcome?.contradictedBy ?? []).join(' '),
    first(left, numbers[0]),
    first(right, numbers[1]),
  ];
}

async function writeDecisions(database: Database, rows: readonly (readonly string[])[]): Promise<void> {
  await database.run('DELETE FROM linkage.decisions');
  await database.run(
    `INSERT INTO linkage.decisions
     SELECT cell[1]::INTEGER, cell[2], cell[3], cell[4], cell[5]::DATE, cell[6], cell[7], cell[8],
       list_transform(list_filter(string_split(cell[9], ' '), lambda x: x <> ''), lambda x: x::INTEGER),
       nullif(cell[10], ''), nullif(cell[11], '')
     FROM (SELECT string_split(unnest(string_split($1, chr(10))), chr(9)) AS cell) WHERE len(cell) = 11
     ORDER BY 1`,
    [rows.map((row) => row.join(CELL)).join(ROW)],
  );
}
