import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { EMAIL, HOME, MOST_SHARING, PHONE } from './variant-contacts.ts';

/** E-mails and telephones of ways of writing people, crowded ones too, a row each. */
function givenSql(ways: string, crowded: string): string {
  return `SELECT record_id, person_id, '${EMAIL}' AS kind, unnest(emails) AS value FROM ${ways}
        UNION ALL SELECT record_id, person_id, '${PHONE}', unnest(phones) FROM ${ways}
        UNION ALL SELECT record_id, person_id, kind, value FROM ${crowded}`;
}

/**
 * `linkage.crowded_contacts` as counting everybody would give them: those that a touched person gives, or gave, are counted
 * again, the others stay as they were. `linkage.rewritten_persons`: who else gives one that was crowded and is not, or the reverse.
 */
export function recountedContactsStep({ tables }: PreviousLinkage): Step {
  const touched = 'JOIN linkage.touched_persons USING (person_id)';
  const given = (kind: 'SEMI' | 'ANTI') =>
    givenSql(`${tables.ways} w ${kind} ${touched}`, `${tables.crowded_tellings} c ${kind} ${touched}`);
  const before = `(SELECT DISTINCT kind, value FROM ${tables.crowded_tellings} c)`;
  return {
    name: 'linkage_recounted_contacts',
    reads: [
      'linkage.told_contacts',
      'linkage.variant_cores',
      'linkage.person_numbers',
      'linkage.touched_persons',
    ],
    writes: [
      'linkage.asked_contacts',
      'linkage.other_givers',
      'linkage.crowded_contacts',
      'linkage.rewritten_persons',
    ],
    sql: `CREATE OR REPLACE TABLE linkage.asked_contacts AS
      SELECT kind, value FROM linkage.told_contacts WHERE kind <> '${HOME}' UNION SELECT kind, value FROM (${given('SEMI')});
      CREATE OR REPLACE TABLE linkage.other_givers AS
      SELECT DISTINCT kind, value, person_id FROM (${given('ANTI')}) SEMI JOIN linkage.asked_contacts USING (kind, value);
      CREATE OR REPLACE TABLE linkage.crowded_contacts AS
      WITH givers AS (
        FROM linkage.other_givers
        UNION SELECT t.kind, t.value, n.person_id FROM linkage.told_contacts t JOIN linkage.variant_cores c USING (variant)
        JOIN linkage.person_numbers n ON n.rid = c.person WHERE t.kind <> '${HOME}')
      SELECT kind, value FROM givers GROUP BY kind, value HAVING count(*) > ${MOST_SHARING}
      UNION ALL FROM ${before} ANTI JOIN linkage.asked_contacts USING (kind, value);
      CREATE OR REPLACE TABLE linkage.rewritten_persons AS
      WITH turned AS ((FROM linkage.crowded_contacts EXCEPT FROM ${before})
        UNION ALL (FROM ${before} EXCEPT FROM linkage.crowded_contacts))
      SELECT DISTINCT person_id FROM linkage.other_givers SEMI JOIN turned USING (kind, value)`,
  };
}

/** `linkage.rewritten_ways`: ways of writing those others, with the contacts that are not crowded today. */
export function rewrittenWaysStep({ tables }: PreviousLinkage): Step {
  const rewritten = 'SEMI JOIN linkage.rewritten_persons USING (person_id)';
  const given = givenSql(`${tables.ways} w ${rewritten}`, `${tables.crowded_tellings} c ${rewritten}`);
  const listed = (kind: string) =>
    `LEFT JOIN (SELECT record_id, list(value ORDER BY value) AS list FROM given
        ANTI JOIN linkage.crowded_contacts USING (kind, value) WHERE kind = '${kind}' GROUP BY record_id) ${kind} USING (record_id)`;
  return {
    name: 'linkage_rewritten_ways',
    reads: ['linkage.touched_persons', 'linkage.rewritten_persons', 'linkage.crowded_contacts'],
    writes: ['linkage.rewritten_ways', 'linkage.crowded_tellings'],
    sql: `CREATE OR REPLACE TABLE linkage.rewritten_ways AS
      WITH given AS (${given})
      SELECT w.* REPLACE (${EMAIL}.list AS emails, ${PHONE}.list AS phones)
      FROM ${tables.ways} w ${rewritten} ${listed(EMAIL)} ${listed(PHONE)};
      INSERT INTO linkage.crowded_tellings BY NAME
      FROM (${given}) SEMI JOIN linkage.crowded_contacts USING (kind, value)
      UNION ALL FROM ${tables.crowded_tellings} c ANTI JOIN linkage.touched_persons USING (person_id)
        ANTI JOIN linkage.rewritten_persons USING (person_id)`,
  };
}
