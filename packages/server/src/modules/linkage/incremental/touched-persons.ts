import { normalizedNameSql } from '@raccroche/linkage';
import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import type { LinkagePeriod } from '../input.ts';
import { changedRecordSteps } from './changed-records.ts';
import type { PreviousLinkage } from './previous-linkage.ts';

/** Above this share of all records, those of touched persons are not told apart: everything is worked out anew. */
const MOST_TOUCHED = 1 / 3;

/**
 * Finds whom the first stage has to look at again: `linkage.touched_persons`, persons of the earlier campaign by every id that a
 * stage of theirs gave them, `linkage.left_records`, all their rows of memberships then, and `linkage.touched_records`, the records of
 * today that they and nobody else may be made of. Records of others share neither an identifier nor a name with those, and did
 * not before: what comes out of them is what came out then. False when that would spare too little: `most` is a share of all records.
 */
export async function findTouched(
  database: Database,
  period: LinkagePeriod,
  before: PreviousLinkage,
  most = MOST_TOUCHED,
): Promise<boolean> {
  await runSteps(database, [...changedRecordSteps(period, before), seedStep(before)]);
  await spreadTouched(database, before);
  await runSteps(database, [touchedRecordsStep(before)]);
  const [row] = await database.all<{ share: number }>(
    // Records of today: those of then without those gone, and with those that came. A changed one is both.
    `SELECT (SELECT count(*) FROM linkage.touched_records) / greatest(1, (SELECT count(*) FROM ${before.tables.memberships})
       - (SELECT count(*) FROM linkage.gone_records) + (SELECT count(*) FROM linkage.changed_records)) AS share`,
  );
  return Number(row?.share ?? 1) <= most;
}

/** Every step in order. */
export function touchedSteps(period: LinkagePeriod, before: PreviousLinkage): readonly Step[] {
  return [
    ...changedRecordSteps(period, before),
    seedStep(before),
    spreadStep(before),
    touchedRecordsStep(before),
  ];
}

/** Goes on until whoever hangs together with a touched person is touched. */
export async function spreadTouched(database: Database, before: PreviousLinkage): Promise<void> {
  const count = async () => {
    const [row] = await database.all<{ n: number }>(
      'SELECT count(*)::INTEGER AS n FROM linkage.touched_persons',
    );
    return row?.n;
  };
  for (let known = await count(), last: number | undefined; known !== last; known = await count()) {
    last = known;
    await runSteps(database, [spreadStep(before)]);
  }
}

/**
 * Persons of a record that is gone, those who hold an identifier or a name with first name and birth date of a changed one, and
 * those of whom somebody decided something. A record that only the date shows otherwise has the keys that it had: who shares
 * one hangs together with its person.
 */
function seedStep({ tables, unsure }: PreviousLinkage): Step {
  const { records = 'sources.records' } = unsure ?? {};
  const spelled = (name: string) =>
    `SELECT ${normalizedNameSql(name)} AS name, ${normalizedNameSql('first_name1')} AS first1, birth_date::VARCHAR AS birth FROM changed`;
  const bearing = (name: string) =>
    `SELECT person_id FROM ${tables.ways} w SEMI JOIN keys k ON k.name = w.${name} AND k.first1 = w.first1 AND k.birth = w.birth`;
  return {
    name: 'linkage_touched_persons',
    reads: ['linkage.changed_records', 'linkage.gone_records', 'sources.records'],
    writes: ['linkage.touched_persons'],
    sql: `CREATE OR REPLACE TABLE linkage.touched_persons AS
      WITH changed AS MATERIALIZED (
        SELECT DISTINCT family_name, usage_name, first_name1, birth_date, ine_type, ine, ina
        FROM ${records} SEMI JOIN linkage.changed_records USING (record_id)),
      keys AS MATERIALIZED (${spelled('family_name')} UNION ${spelled('usage_name')}),
      held AS (
        SELECT 'identifier:' || ine_type AS trait, ine AS value FROM changed UNION SELECT 'identifier:ina', ina FROM changed)
      SELECT person_id FROM linkage.gone_records
      UNION SELECT person_id FROM ${tables.traits} SEMI JOIN held USING (trait, value)
      UNION ${bearing('name1')} UNION ${bearing('name2')}
      UNION SELECT unnest([person_id_l, person_id_r]) FROM ${tables.person_ties} WHERE kind = 'decision'`,
  };
}

function spreadStep({ tables }: PreviousLinkage): Step {
  const along = (from: string, to: string) =>
    `SELECT ${to} AS person_id FROM ${tables.person_ties} SEMI JOIN linkage.touched_persons t ON t.person_id = ${from}`;
  return {
    name: 'linkage_touched_neighbours',
    reads: ['linkage.touched_persons'],
    writes: ['linkage.touched_persons'],
    sql: `INSERT INTO linkage.touched_persons
      FROM (${along('person_id_l', 'person_id_r')} UNION ${along('person_id_r', 'person_id_l')})
      ANTI JOIN linkage.touched_persons USING (person_id)`,
  };
}

function touchedRecordsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_touched_records',
    reads: ['linkage.touched_persons', 'linkage.changed_records', 'linkage.gone_records'],
    writes: ['linkage.left_records', 'linkage.touched_records'],
    sql: `CREATE OR REPLACE TABLE linkage.left_records AS
      SELECT record_id, person_id FROM ${tables.memberships} SEMI JOIN linkage.touched_persons USING (person_id);
      CREATE OR REPLACE TABLE linkage.touched_records AS
      FROM linkage.changed_records
      UNION ALL SELECT record_id FROM linkage.left_records ANTI JOIN linkage.gone_records USING (record_id)`,
  };
}
