import type { Step } from '../../../platform/duckdb/step.ts';
import type { LinkedSources } from '../input.ts';

/** A number or an address that more people than this give is a school's, a home's or a clerk's: it says nothing of who they are. */
export const MOST_SHARING = 10;

/** What a way of writing somebody comes with, as `kind` of the tables. A home is shared by a town, and told all the same. */
export const HOME = 'home';
export const EMAIL = 'email';
export const PHONE = 'phone';

/**
 * Where the people of `linkage.variant_cores` live and how they are reached: `linkage.variant_contacts` (variant, kind, list),
 * lists in order, without those kinds of which nothing is told. In rows until the end: lists of a country are held in memory
 * while they are gathered, and nearly all have one element. `crowded`: whether `linkage.crowded_contacts` is counted on these
 * people; else it stands ready.
 */
export function variantContactSteps(sources: LinkedSources, crowded: boolean): readonly Step[] {
  return [
    toldContactsStep(sources),
    ...(crowded ? [crowdedContactsStep()] : []),
    fewContactsStep(),
    contactListsStep(),
  ];
}

/** A number with or without its national or trunk prefix ends alike. */
const PHONE_DIGITS = 9;

/** The last digits of a number; most are written in ten digits, and need no search for others. */
function digitsSql(phone: string): string {
  return `CASE WHEN strlen(${phone}) = 10 AND try_cast(${phone} AS UINTEGER) IS NOT NULL THEN substring(${phone}, ${11 - PHONE_DIGITS})
          ELSE right(regexp_replace(${phone}, '[^0-9]', '', 'g'), ${PHONE_DIGITS}) END`;
}

/** Query of the e-mails and telephones that rows of `from` give, a row each with `columns` of the row, `kind` and `value`. */
export function givenContactsSql(columns: string, from: string): string {
  const given = (kind: string, column: string, value: string) =>
    `SELECT ${columns}, '${kind}' AS kind, ${value} AS value FROM ${from} WHERE ${column} IS NOT NULL`;
  return `${given(EMAIL, 'email', 'lower(email)')}
        UNION ALL ${given(PHONE, 'phone', digitsSql('phone'))}
        UNION ALL ${given(PHONE, 'mobile', digitsSql('mobile'))}`;
}

/** `linkage.reached`: what each record says, once put to the way it writes somebody. In rows a kind: lists of four would cost more than all else. */
function toldContactsStep({ records }: LinkedSources): Step {
  const told = (kind: string, column: string, value: string) =>
    `SELECT variant, '${kind}' AS kind, ${value} AS value FROM linkage.reached WHERE ${column} IS NOT NULL`;
  return {
    name: 'linkage_told_contacts',
    reads: [records, 'sources.communes', 'linkage.record_tellings', 'linkage.telling_variants'],
    writes: ['linkage.reached', 'linkage.told_contacts'],
    sql: `CREATE OR REPLACE TABLE linkage.reached AS
      SELECT variant, commune, email, phone, mobile FROM (SELECT record_id, commune, email, phone, mobile FROM ${records})
      JOIN linkage.record_tellings USING (record_id) JOIN linkage.telling_variants USING (telling);
      CREATE OR REPLACE TABLE linkage.told_contacts AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      homes AS (SELECT DISTINCT variant, commune FROM linkage.reached WHERE commune IS NOT NULL)
      SELECT DISTINCT variant, '${HOME}' AS kind, coalesce(c.city, h.commune) AS value
      FROM homes h LEFT JOIN cities c ON c.code = h.commune
      UNION ALL SELECT DISTINCT * FROM (${told(EMAIL, 'email', 'lower(email)')})
      UNION ALL SELECT DISTINCT * FROM (
        ${told(PHONE, 'phone', digitsSql('phone'))}
        UNION ALL ${told(PHONE, 'mobile', digitsSql('mobile'))});
      DROP TABLE linkage.reached`,
  };
}

/** Fewer ways of writing than that, fewer persons: only the others are counted by persons. How many give it is kept for the campaign that follows. */
function crowdedContactsStep(): Step {
  return {
    name: 'linkage_crowded_contacts',
    reads: ['linkage.told_contacts', 'linkage.variant_cores'],
    writes: ['linkage.crowded_contacts'],
    sql: `CREATE OR REPLACE TABLE linkage.crowded_contacts AS
      WITH often AS (
        SELECT kind, value FROM linkage.told_contacts WHERE kind <> '${HOME}'
        GROUP BY kind, value HAVING count(*) > ${MOST_SHARING}),
      givers AS (
        SELECT DISTINCT kind, value, c.person FROM often JOIN linkage.told_contacts USING (kind, value)
        JOIN linkage.variant_cores c USING (variant))
      SELECT kind, value, count(*) AS givers FROM givers GROUP BY kind, value HAVING count(*) > ${MOST_SHARING}`,
  };
}

function fewContactsStep(): Step {
  return {
    name: 'linkage_few_contacts',
    reads: ['linkage.told_contacts', 'linkage.crowded_contacts'],
    writes: ['linkage.few_contacts'],
    sql: `CREATE OR REPLACE TABLE linkage.few_contacts AS
      SELECT variant, kind, min(value) AS first, max(value) AS last, count(*) AS told
      FROM linkage.told_contacts ANTI JOIN linkage.crowded_contacts USING (kind, value) GROUP BY variant, kind`,
  };
}

/** `linkage.variant_contacts`: one value and two are the first and the last; of more, the list is gathered. */
function contactListsStep(): Step {
  return {
    name: 'linkage_variant_contacts',
    reads: ['linkage.told_contacts', 'linkage.crowded_contacts', 'linkage.few_contacts'],
    writes: ['linkage.variant_contacts'],
    sql: `CREATE OR REPLACE TABLE linkage.variant_contacts AS
      WITH many AS (
        SELECT variant, kind, list(value ORDER BY value) AS gathered
        FROM linkage.told_contacts ANTI JOIN linkage.crowded_contacts USING (kind, value)
        SEMI JOIN (FROM linkage.few_contacts WHERE told > 2) f USING (variant, kind) GROUP BY variant, kind)
      SELECT variant, kind, CASE told WHEN 1 THEN [first] WHEN 2 THEN [first, last] ELSE gathered END AS list
      FROM linkage.few_contacts LEFT JOIN many USING (variant, kind)`,
  };
}
