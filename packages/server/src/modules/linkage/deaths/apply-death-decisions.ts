import type { Database } from '../../../platform/duckdb/database.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { DecisionSummary } from '../decisions/apply-decisions.ts';
import type { DeathDecision, RecogniseDeaths, RecognisedNumber } from '../decisions/decision.ts';
import { boundRows, boundRowsSql, ROW, writeDecisions } from '../decisions/write-decisions.ts';
import { type DecidedWorld, planDeathDecisions, recordsOf } from './plan-death-decisions.ts';

/** Decisions about deaths, and who answers to their numbers. */
export interface DecidedDeaths {
  readonly answering: ReadonlyMap<string, RecognisedNumber>;
  readonly decisions?: readonly DeathDecision[] | undefined;
  readonly recognise?: RecogniseDeaths | undefined;
}

const READS = ['linkage.memberships', 'linkage.death_variants', 'linkage.death_pairs'];
const WRITES = ['linkage.decisions', 'linkage.decided_deaths'];

/** What is done outside SQL, told by a text that is a comment. */
export const deathDecisionStep: Step = {
  name: 'linkage_death_decisions',
  reads: READS,
  writes: WRITES,
  sql: `-- recognise, planDeathDecisions: ${READS.join(', ')} to ${WRITES.join(', ')}`,
};

/**
 * Works out what people decided of deaths: fills `linkage.decided_deaths`, and adds the decisions to `linkage.decisions`.
 * Needs `linkage.death_variants`, and `linkage.death_pairs` when there are deaths.
 */
export async function applyDeathDecisions(
  database: Database,
  { answering, decisions = [], recognise }: DecidedDeaths,
): Promise<DecisionSummary> {
  const codes = [...new Set(decisions.map(({ deathCode }) => deathCode))].sort();
  const told = recognise === undefined || codes.length === 0 ? new Map() : await recognise(codes);
  const deathsOf = await readDeaths(database, told);
  const personOf = await readPersons(
    database,
    decisions.flatMap(({ number }) => recordsOf(answering.get(number))),
  );
  const resemble = await readPairs(database, [...new Set([...deathsOf.values()].flat())]);
  const { outcomes, decided } = planDeathDecisions(decisions, { answering, deathsOf, personOf, resemble });
  await database.run(
    `CREATE OR REPLACE TABLE linkage.decided_deaths AS
     SELECT cell[1] AS person_id, cell[2] AS record_id, cell[3] AS death_id, cell[4] AS verdict FROM ${boundRowsSql(4)}`,
    [boundRows(decided.map((each) => [each.personId, each.recordId, each.deathId, each.verdict]))],
  );
  await writeDecisions(
    database,
    decisions.map((decision) => {
      const deathId = deathsOf.get(decision.deathCode)?.[0];
      const recordIds = recordsOf(answering.get(decision.number));
      const bearer = decided.find(
        (each) => each.deathId === deathId && recordIds.some((id) => personOf.get(id) === each.personId),
      );
      return {
        decision,
        sides: [decision.number, decision.deathCode],
        outcome: outcomes.get(decision.line),
        ids: [bearer?.recordId ?? recordIds[0], deathId],
      };
    }),
  );
  const applied = [...outcomes.values()].filter(({ effect }) => effect === 'appliquee').length;
  return { given: decisions.length, applied };
}

/** Deaths as they are compared, each once whatever the number of files that tell it. */
async function readDeaths(
  database: Database,
  told: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...told.values()].flat();
  const rows = await database.all<{ death_id: string; unique_id: string }>(
    `SELECT * FROM (SELECT unnest(death_ids) AS death_id, unique_id FROM linkage.death_variants)
     WHERE death_id IN (SELECT unnest(string_split($1, chr(10)))) ORDER BY death_id`,
    [ids.join(ROW)],
  );
  const compared = new Map(rows.map(({ death_id, unique_id }) => [death_id, unique_id]));
  return new Map(
    [...told].map(([code, deathIds]) => [
      code,
      [...new Set(deathIds.flatMap((id) => compared.get(id) ?? []))].sort(),
    ]),
  );
}

async function readPersons(
  database: Database,
  records: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (records.length === 0) return new Map();
  const rows = await database.all<{ record_id: string; person_id: string }>(
    `SELECT record_id, person_id FROM linkage.memberships WHERE record_id IN (SELECT unnest(string_split($1, chr(10))))`,
    [records.join(ROW)],
  );
  return new Map(rows.map(({ record_id, person_id }) => [record_id, person_id]));
}

async function readPairs(database: Database, deathIds: readonly string[]): Promise<DecidedWorld['resemble']> {
  if (deathIds.length === 0) return () => false;
  const rows = await database.all<{ person_id: string; death_id: string }>(
    `SELECT person_id, death_id FROM linkage.death_pairs WHERE death_id IN (SELECT unnest(string_split($1, chr(10))))`,
    [deathIds.join(ROW)],
  );
  const pairs = new Set(rows.map(({ person_id, death_id }) => `${person_id}\n${death_id}`));
  return (personId, deathId) => pairs.has(`${personId}\n${deathId}`);
}
