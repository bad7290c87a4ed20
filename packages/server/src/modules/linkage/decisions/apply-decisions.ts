import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { linksOfPersonsSql } from '../links-of-persons.ts';
import type { LitigeDecision, RecognisedNumber } from './decision.ts';
import { decisionSteps } from './decision-steps.ts';
import { type DecidedPeople, type DecisionPlan, planDecisions, sidesOf } from './plan-decisions.ts';
import { boundRows, boundRowsSql, type DecisionRow, ROW, writeDecisions } from './write-decisions.ts';

/** How many decisions were given, and how many of them hold. */
export interface DecisionSummary {
  readonly given: number;
  readonly applied: number;
}

/**
 * Puts what people decided of who is who into what the first stage found: fills `linkage.decisions`, and moves records, links and litiges.
 * Who must stay apart is kept in `linkage.decided_apart` for the second stage. `answering`: who answers to each number.
 */
export async function applyDecisions(
  database: Database,
  decisions: readonly LitigeDecision[],
  answering: ReadonlyMap<string, RecognisedNumber>,
): Promise<DecisionSummary> {
  const numbers = new Set(decisions.flatMap((decision) => decision.numbers));
  const records = [
    ...new Set(
      [...answering].flatMap(([number, { recordIds, splitOff = [] }]) =>
        numbers.has(number) ? [...recordIds, ...splitOff] : [],
      ),
    ),
  ].sort();
  const plan = planDecisions(decisions, answering, await readPeople(database, records));
  await writePlan(database, plan);
  await database.run('DELETE FROM linkage.decisions');
  await writeDecisions(
    database,
    decisions.map((decision) => rowOf(decision, plan, answering)),
  );
  await runSteps(database, decisionSteps());
  const applied = [...plan.outcomes.values()].filter(({ effect }) => effect === 'appliquee').length;
  return { given: decisions.length, applied };
}

async function readPeople(database: Database, records: readonly string[]): Promise<DecidedPeople> {
  if (records.length === 0) return { personOf: new Map(), links: [] };
  const concerned = `SELECT DISTINCT person_id FROM linkage.memberships
    WHERE record_id IN (SELECT unnest(string_split($1, chr(10))))`;
  const members = await database.all<{ record_id: string; person_id: string }>(
    `SELECT record_id, person_id FROM linkage.memberships WHERE person_id IN (${concerned}) ORDER BY record_id`,
    [records.join(ROW)],
  );
  const links = await database.all<{ l: string; r: string }>(
    `SELECT record_id_l AS l, record_id_r AS r FROM (${linksOfPersonsSql(concerned)})
     ORDER BY list_position(['same_identifier_birth_date', 'same_identifier_name'], rule) NULLS LAST, 1, 2`,
    [records.join(ROW)],
  );
  return { personOf: new Map(members.map((row) => [row.record_id, row.person_id])), links };
}

async function writePlan(database: Database, { personOf, added, apart }: DecisionPlan): Promise<void> {
  const table = (columns: string) => `SELECT ${columns} FROM ${boundRowsSql(2)}`;
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_persons AS ${table('cell[1] AS record_id, cell[2] AS person_id')}`,
    [boundRows([...personOf])],
  );
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_links AS ${table('cell[1] AS record_id_l, cell[2] AS record_id_r')}`,
    [boundRows(added.map(({ l, r }) => [l, r]))],
  );
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_apart AS ${table('cell[1] AS record_id_l, cell[2] AS record_id_r')}`,
    [boundRows(apart.map(({ l, r }) => [l, r]))],
  );
}

/** A decision as a row of `linkage.decisions`, its records the first that answer to each number. */
function rowOf(
  decision: LitigeDecision,
  { outcomes }: DecisionPlan,
  answering: ReadonlyMap<string, RecognisedNumber>,
): DecisionRow {
  const { line, numbers } = decision;
  const { left, right } = sidesOf(decision, answering);
  const first = (side: ReadonlySet<string>, number: string) =>
    [...side][0] ?? answering.get(number)?.recordIds[0];
  return {
    decision,
    sides: numbers,
    outcome: outcomes.get(line),
    ids: [first(left, numbers[0]), first(right, numbers[1])],
  };
}
