import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import { touchMore } from '../incremental/asked-people.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { TOUCHED_SOURCES } from '../incremental/touched-rows.ts';
import { EMAIL, givenContactsSql, MOST_SHARING, PHONE } from './variant-contacts.ts';

/** E-mails and telephones of ways of writing people, a row each. */
function givenSql(ways: string): string {
  return `SELECT record_id, person_id, '${EMAIL}' AS kind, unnest(emails) AS value FROM ${ways}
        UNION ALL SELECT record_id, person_id, '${PHONE}', unnest(phones) FROM ${ways}`;
}

/**
 * `linkage.crowded_contacts` as counting everybody would give them: as many persons give one as did, but for touched ones who do no longer, or
 * do now. `linkage.risen_givers`: of contacts that were not crowded and that more touched persons give, who gave them. `linkage.fallen_contacts`:
 * those not crowded any more that others than touched persons give.
 */
export function recountedContactsStep({ tables, records, files }: PreviousLinkage): Step {
  const told = `SELECT record_id, email, phone, mobile FROM`;
  // Of a delivery that both read every record says what it said: those of then are looked for in the others, told as a list, by which the
  // engine passes over whole groups of rows.
  const ofOthers = `(FROM ${records} WHERE file_no IN getvariable('linkage_other_files'))`;
  return {
    name: 'linkage_recounted_contacts',
    reads: [
      TOUCHED_SOURCES.records,
      'linkage.same_deliveries',
      'linkage.left_records',
      'linkage.gone_records',
      'linkage.memberships',
    ],
    writes: [
      'linkage.counted_contacts',
      'linkage.risen_givers',
      'linkage.crowded_contacts',
      'linkage.fallen_contacts',
    ],
    sql: `SET VARIABLE linkage_other_files = (SELECT list(file_no) FROM ${files} ANTI JOIN linkage.same_deliveries USING (file_no));
      CREATE OR REPLACE TABLE linkage.counted_contacts AS
      WITH otherwise AS MATERIALIZED (${told} ${ofOthers} r SEMI JOIN linkage.gone_records USING (record_id)),
      told_then AS (${told} ${TOUCHED_SOURCES.records} ANTI JOIN otherwise USING (record_id) UNION ALL FROM otherwise),
      telling AS MATERIALIZED (
        SELECT true AS before, coalesce(f.person_id, k.person_id) AS person_id, email, phone, mobile
        FROM linkage.left_records k JOIN told_then USING (record_id) LEFT JOIN ${tables.first_persons} f USING (record_id)
        UNION ALL SELECT false, person_id, email, phone, mobile
        FROM ${TOUCHED_SOURCES.records} JOIN linkage.memberships USING (record_id)),
      given AS (SELECT DISTINCT * FROM (
        ${givenContactsSql('before, person_id', 'telling')}))
      SELECT kind, value, count(*) FILTER (before) AS gave, count(*) FILTER (NOT before) AS gives FROM given GROUP BY kind, value;
      RESET VARIABLE linkage_other_files;
      CREATE OR REPLACE TABLE linkage.risen_givers AS
      WITH risen AS (FROM linkage.counted_contacts ANTI JOIN ${tables.crowded_contacts} k USING (kind, value) WHERE gives > gave)
      SELECT DISTINCT kind, value, person_id FROM (${givenSql(`${tables.ways} w`)}) SEMI JOIN risen USING (kind, value);
      CREATE OR REPLACE TABLE linkage.crowded_contacts AS
      WITH known AS (
        SELECT kind, value, givers FROM ${tables.crowded_contacts} k
        UNION ALL SELECT kind, value, count(*) FROM linkage.risen_givers GROUP BY kind, value)
      FROM (
        SELECT kind, value, coalesce(k.givers, 0) - coalesce(c.gave, 0) + coalesce(c.gives, 0) AS givers
        FROM known k FULL JOIN linkage.counted_contacts c USING (kind, value))
      WHERE givers > ${MOST_SHARING};
      CREATE OR REPLACE TABLE linkage.fallen_contacts AS
      SELECT kind, value FROM ${tables.crowded_contacts} k JOIN linkage.counted_contacts c USING (kind, value)
      ANTI JOIN linkage.crowded_contacts USING (kind, value) WHERE k.givers > c.gave`,
  };
}

/** Records that give one of `linkage.fallen_contacts`. */
export const UNCROWDED_RECORDS = 'linkage.uncrowded_records';

export function uncrowdedRecordsStep(): Step {
  return {
    name: 'linkage_uncrowded_records',
    reads: ['sources.records', 'linkage.fallen_contacts'],
    writes: [UNCROWDED_RECORDS],
    sql: `CREATE OR REPLACE TABLE ${UNCROWDED_RECORDS} AS
      SELECT DISTINCT record_id FROM (
        ${givenContactsSql('record_id', 'sources.records')}) SEMI JOIN linkage.fallen_contacts USING (kind, value)`,
  };
}

/**
 * Counts crowded contacts again, once touched persons are who they are after decisions. Who gives a crowded one is not kept: where one
 * is crowded no more, others who give it are touched too, and so written anew. They give what they gave, and the counts hold. False when
 * there is nobody.
 */
export async function recountContacts(database: Database, before: PreviousLinkage): Promise<boolean> {
  await runSteps(database, [recountedContactsStep(before)]);
  const [fallen] = await database.all('FROM linkage.fallen_contacts LIMIT 1');
  if (fallen === undefined) return false;
  await runSteps(database, [uncrowdedRecordsStep()]);
  await touchMore(database, before, UNCROWDED_RECORDS);
  return true;
}

/**
 * `linkage.left_ways`: how touched persons were written, and others, `linkage.rewritten_persons`, who give a contact that has become crowded:
 * `linkage.rewritten_ways` are how those are written without it.
 */
export function rewrittenWaysStep({ tables }: PreviousLinkage): Step {
  const listed = (kind: string) =>
    `LEFT JOIN (SELECT record_id, list(value ORDER BY value) AS list FROM given
        ANTI JOIN linkage.crowded_contacts USING (kind, value) WHERE kind = '${kind}' GROUP BY record_id) ${kind} USING (record_id)`;
  return {
    name: 'linkage_rewritten_ways',
    reads: ['linkage.touched_persons', 'linkage.risen_givers', 'linkage.crowded_contacts'],
    writes: ['linkage.rewritten_persons', 'linkage.left_ways', 'linkage.rewritten_ways'],
    sql: `CREATE OR REPLACE TABLE linkage.rewritten_persons AS
      SELECT DISTINCT person_id FROM linkage.risen_givers SEMI JOIN linkage.crowded_contacts USING (kind, value)
      ANTI JOIN linkage.touched_persons USING (person_id);
      CREATE OR REPLACE TABLE linkage.rewritten_ways AS
      WITH rewritten AS MATERIALIZED (FROM ${tables.ways} w SEMI JOIN linkage.rewritten_persons USING (person_id)),
      given AS (${givenSql('rewritten')})
      SELECT w.* REPLACE (${EMAIL}.list AS emails, ${PHONE}.list AS phones) FROM rewritten w ${listed(EMAIL)} ${listed(PHONE)};
      CREATE OR REPLACE TABLE linkage.left_ways AS
      FROM ${tables.ways} w SEMI JOIN (FROM linkage.touched_persons UNION ALL FROM linkage.rewritten_persons) t USING (person_id)`,
  };
}
