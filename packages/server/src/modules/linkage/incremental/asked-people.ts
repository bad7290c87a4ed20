import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import type { RecognisedNumber } from '../decisions/decision.ts';
import { boundRows, boundRowsSql } from '../decisions/write-decisions.ts';
import type { PreviousLinkage } from './previous-linkage.ts';
import { spreadTouched } from './touched-persons.ts';
import { moreTouchedRowSteps } from './touched-rows.ts';

/** `linkage.asked_records`: every record that answers to a number that somebody decided of. */
export async function writeAsked(
  database: Database,
  answering: ReadonlyMap<string, RecognisedNumber>,
): Promise<void> {
  const ids = new Set(
    [...answering.values()].flatMap(({ recordIds, splitOff = [] }) => [...recordIds, ...splitOff]),
  );
  await database.run(
    `CREATE OR REPLACE TABLE ${ASKED_RECORDS} AS SELECT DISTINCT cell[1] AS record_id FROM ${boundRowsSql(1)} WHERE cell[1] <> ''`,
    [boundRows([...ids].map((id) => [id]))],
  );
}

/**
 * Runs `work` with `linkage.memberships` as the first stage leaves it for everybody: the table of touched persons stands aside,
 * and whoever was not touched is who they were.
 */
export async function withEverybody<Result>(
  database: Database,
  { tables }: PreviousLinkage,
  work: () => Promise<Result>,
): Promise<Result> {
  await database.run(`ALTER TABLE linkage.memberships RENAME TO fresh_memberships;
    CREATE VIEW linkage.memberships AS FROM linkage.fresh_memberships
    UNION ALL BY NAME ${unchangedMembersSql(tables)} ANTI JOIN linkage.left_records USING (record_id)`);
  try {
    return await work();
  } finally {
    await database.run(`DROP VIEW linkage.memberships;
      ALTER TABLE linkage.fresh_memberships RENAME TO memberships`);
  }
}

/** Persons of the first stage in the earlier campaign. */
function unchangedMembersSql({ memberships, first_persons }: PreviousLinkage['tables']): string {
  return `SELECT record_id, person_id FROM (
      SELECT b.record_id, coalesce(f.person_id, b.person_id) AS person_id
      FROM ${memberships} b LEFT JOIN ${first_persons} f USING (record_id))`;
}

/** Whoever decisions are about: they are touched too. */
export const ASKED_RECORDS = 'linkage.asked_records';

/**
 * Whose records these are (`records`, a table) is touched too, with all who hang together with them: what the first stage said of them then is
 * put beside what it says of the others.
 */
export async function touchMore(database: Database, before: PreviousLinkage, records: string): Promise<void> {
  await runSteps(database, [morePersonsStep(before, records)]);
  await spreadTouched(database, before);
  await runSteps(database, moreSteps(before));
}

export function touchMoreSteps(before: PreviousLinkage, records: string): readonly Step[] {
  return [morePersonsStep(before, records), ...moreSteps(before)];
}

function morePersonsStep({ tables }: PreviousLinkage, records: string): Step {
  return {
    name: 'linkage_more_persons',
    reads: [records, 'linkage.touched_persons', 'linkage.left_records'],
    writes: ['linkage.known_persons', 'linkage.touched_persons'],
    sql: `CREATE OR REPLACE TABLE linkage.known_persons AS FROM linkage.touched_persons;
      INSERT INTO linkage.touched_persons
      SELECT DISTINCT person_id FROM ${tables.memberships} b SEMI JOIN ${records} USING (record_id)
      ANTI JOIN linkage.left_records USING (record_id)`,
  };
}

function moreSteps({ tables }: PreviousLinkage): readonly Step[] {
  return [
    {
      name: 'linkage_more_members',
      reads: ['linkage.known_persons', 'linkage.touched_persons'],
      writes: [
        'linkage.more_persons',
        'linkage.more_records',
        'linkage.left_records',
        'linkage.memberships',
        'linkage.links',
        'linkage.person_components',
      ],
      sql: `CREATE OR REPLACE TABLE linkage.more_persons AS
        FROM linkage.touched_persons ANTI JOIN linkage.known_persons USING (person_id);
        CREATE OR REPLACE TABLE linkage.more_records AS
        SELECT record_id, person_id FROM ${tables.memberships} b SEMI JOIN linkage.more_persons USING (person_id);
        INSERT INTO linkage.left_records FROM linkage.more_records;
        INSERT INTO linkage.memberships ${unchangedMembersSql(tables)} SEMI JOIN linkage.more_records USING (record_id);
        INSERT INTO linkage.links BY NAME FROM ${tables.links} k
        SEMI JOIN linkage.more_records r ON r.record_id = k.record_id_l WHERE rule <> 'look_alike';
        INSERT INTO linkage.person_components SELECT person_id_l, person_id_r FROM ${tables.person_ties} k
        SEMI JOIN linkage.more_persons p ON p.person_id = k.person_id_l WHERE kind = 'key'`,
    },
    ...moreTouchedRowSteps('linkage.more_records'),
  ];
}
