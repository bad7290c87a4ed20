import type { Step } from '../../../platform/duckdb/step.ts';
import { WAY_OF_WRITING } from './tellings.ts';

/** A number or an address that more people than this give is a school's, a home's or a clerk's: it says nothing of who they are. */
export const MOST_SHARING = 10;

/** What a way of writing somebody comes with, as `kind` of the tables. A home is shared by a town, and told all the same. */
export const HOME = 'home';
export const EMAIL = 'email';
export const PHONE = 'phone';

/**
 * Where the people of `linkage.variant_cores` live and how they are reached: `linkage.variant_contacts` (variant, kind, list),
 * lists in order, without those kinds of which nothing is told. In rows until the end: lists of a country are held in memory
 * while they are gathered, and nearly all have one element.
 */
export function variantContactSteps(crowded: Step = crowdedContactsStep()): readonly Step[] {
  return [toldContactsStep(), crowded, crowdedTellingsStep(), fewContactsStep(), contactListsStep()];
}

/** Who gives a crowded contact, for the campaign that follows: it may not be crowded then. */
function crowdedTellingsStep(): Step {
  return {
    name: 'linkage_crowded_tellings',
    reads: [
      'linkage.told_contacts',
      'linkage.crowded_contacts',
      'linkage.variant_cores',
      'linkage.person_numbers',
    ],
    writes: ['linkage.crowded_tellings'],
    sql: `CREATE OR REPLACE TABLE linkage.crowded_tellings AS
      SELECT c.unique_id AS record_id, n.person_id, t.kind, t.value
      FROM linkage.told_contacts t SEMI JOIN linkage.crowded_contacts USING (kind, value)
      JOIN linkage.variant_cores c USING (variant) JOIN linkage.person_numbers n ON n.rid = c.person`,
  };
}

function toldContactsStep(): Step {
  return {
    name: 'linkage_told_contacts',
    reads: ['linkage.tellings', 'linkage.variant_cores'],
    writes: ['linkage.told_contacts'],
    sql: `CREATE OR REPLACE TABLE linkage.told_contacts AS
      WITH told AS (
        SELECT variant, unnest(['${HOME}', '${EMAIL}', '${PHONE}', '${PHONE}']) AS kind,
          unnest([home, email, phone, mobile]) AS value
        FROM linkage.tellings JOIN linkage.variant_cores USING (${WAY_OF_WRITING.join(', ')}))
      SELECT DISTINCT variant, kind, value FROM told WHERE value IS NOT NULL`,
  };
}

/** Fewer ways of writing than that, fewer persons: only the others are counted by persons. */
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
      SELECT kind, value FROM givers GROUP BY kind, value HAVING count(*) > ${MOST_SHARING}`,
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
