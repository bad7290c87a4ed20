import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { EMAIL, HOME, MOST_SHARING, PHONE } from './variant-contacts.ts';

/** E-mails and telephones of ways of writing people, a row each; of `crowded`, a table of tellings, too. */
function givenSql(ways: string, crowded?: string): string {
  return `SELECT record_id, person_id, '${EMAIL}' AS kind, unnest(emails) AS value FROM ${ways}
        UNION ALL SELECT record_id, person_id, '${PHONE}', unnest(phones) FROM ${ways}
        ${crowded === undefined ? '' : `UNION ALL SELECT record_id, person_id, kind, value FROM ${crowded}`}`;
}

/**
 * `linkage.crowded_contacts` as counting everybody would give them: crowded ones that fewer touched persons give than did, and others that
 * more give, are counted again; all else stays as it was. `linkage.rewritten_persons`: who else gives one that was crowded and is not, or the
 * reverse. `linkage.left_ways` and `linkage.left_tellings`: how touched persons were written, and which crowded contacts they gave.
 */
export function recountedContactsStep({ tables }: PreviousLinkage): Step {
  const touched = 'SEMI JOIN linkage.touched_persons USING (person_id)';
  return {
    name: 'linkage_recounted_contacts',
    reads: ['linkage.told_contacts', 'linkage.variant_cores', 'linkage.touched_persons'],
    writes: [
      'linkage.left_ways',
      'linkage.left_tellings',
      'linkage.asked_contacts',
      'linkage.other_givers',
      'linkage.known_contacts',
      'linkage.crowded_contacts',
      'linkage.rewritten_persons',
    ],
    sql: `CREATE OR REPLACE TABLE linkage.left_ways AS FROM ${tables.ways} w ${touched};
      CREATE OR REPLACE TABLE linkage.left_tellings AS FROM ${tables.crowded_tellings} c ${touched};
      CREATE OR REPLACE TABLE linkage.known_contacts AS SELECT DISTINCT kind, value FROM ${tables.crowded_tellings} c;
      CREATE OR REPLACE TABLE linkage.asked_contacts AS
      WITH now AS (
        SELECT kind, value, count(DISTINCT c.person) AS givers FROM linkage.told_contacts t JOIN linkage.variant_cores c USING (variant)
        WHERE kind <> '${HOME}' GROUP BY kind, value),
      before AS (
        SELECT kind, value, count(DISTINCT person_id) AS givers
        FROM (${givenSql('linkage.left_ways', 'linkage.left_tellings')}) GROUP BY kind, value),
      both_times AS (
        SELECT kind, value, coalesce(n.givers, 0) AS givers, coalesce(b.givers, 0) AS gave FROM now n FULL JOIN before b USING (kind, value))
      SELECT t.kind, t.value, t.givers, k.kind IS NOT NULL AS crowded FROM both_times t LEFT JOIN linkage.known_contacts k USING (kind, value)
      WHERE CASE WHEN crowded THEN t.givers < t.gave ELSE t.givers > t.gave END;
      CREATE OR REPLACE TABLE linkage.other_givers AS
      -- A crowded one stands in no way of writing, another one in none of the tellings: mostly one of the two is asked for nothing.
      SELECT DISTINCT kind, value, person_id FROM (
        FROM (${givenSql(`${tables.ways} w`)}) SEMI JOIN (FROM linkage.asked_contacts WHERE NOT crowded) USING (kind, value)
        UNION ALL BY NAME
        SELECT kind, value, person_id FROM ${tables.crowded_tellings} c SEMI JOIN (FROM linkage.asked_contacts WHERE crowded) USING (kind, value))
      ANTI JOIN linkage.touched_persons USING (person_id);
      CREATE OR REPLACE TABLE linkage.crowded_contacts AS
      WITH others AS (SELECT kind, value, count(*) AS givers FROM linkage.other_givers GROUP BY kind, value)
      SELECT kind, value FROM linkage.asked_contacts a LEFT JOIN others o USING (kind, value)
      WHERE a.givers + coalesce(o.givers, 0) > ${MOST_SHARING}
      UNION ALL FROM linkage.known_contacts ANTI JOIN linkage.asked_contacts USING (kind, value);
      CREATE OR REPLACE TABLE linkage.rewritten_persons AS
      WITH turned AS ((FROM linkage.crowded_contacts EXCEPT FROM linkage.known_contacts)
        UNION ALL (FROM linkage.known_contacts EXCEPT FROM linkage.crowded_contacts))
      SELECT DISTINCT person_id FROM linkage.other_givers SEMI JOIN turned USING (kind, value)`,
  };
}

/**
 * `linkage.rewritten_ways`: ways of writing those others, with the contacts that are not crowded today. Who gives a crowded one,
 * `linkage.crowded_tellings`, becomes a view over what is so of all these persons today and of everybody else then.
 */
export function rewrittenWaysStep({ tables }: PreviousLinkage): Step {
  const rewritten = 'SEMI JOIN linkage.rewritten_persons USING (person_id)';
  const given = givenSql(`linkage.left_ways ${rewritten}`, `linkage.left_tellings ${rewritten}`);
  const listed = (kind: string) =>
    `LEFT JOIN (SELECT record_id, list(value ORDER BY value) AS list FROM given
        ANTI JOIN linkage.crowded_contacts USING (kind, value) WHERE kind = '${kind}' GROUP BY record_id) ${kind} USING (record_id)`;
  return {
    name: 'linkage_rewritten_ways',
    reads: ['linkage.rewritten_persons', 'linkage.crowded_contacts'],
    writes: [
      'linkage.left_ways',
      'linkage.left_tellings',
      'linkage.rewritten_ways',
      'linkage.crowded_tellings',
      'linkage.fresh_tellings',
    ],
    sql: `INSERT INTO linkage.left_ways FROM ${tables.ways} w ${rewritten};
      INSERT INTO linkage.left_tellings FROM ${tables.crowded_tellings} c ${rewritten};
      CREATE OR REPLACE TABLE linkage.rewritten_ways AS
      WITH given AS (${given})
      SELECT w.* REPLACE (${EMAIL}.list AS emails, ${PHONE}.list AS phones)
      FROM linkage.left_ways w ${rewritten} ${listed(EMAIL)} ${listed(PHONE)};
      INSERT INTO linkage.crowded_tellings BY NAME
      FROM (${given}) SEMI JOIN linkage.crowded_contacts USING (kind, value);
      ALTER TABLE linkage.crowded_tellings RENAME TO fresh_tellings;
      CREATE VIEW linkage.crowded_tellings AS FROM linkage.fresh_tellings
      UNION ALL BY NAME FROM ${tables.crowded_tellings} c ANTI JOIN linkage.left_tellings USING (record_id)`,
  };
}
