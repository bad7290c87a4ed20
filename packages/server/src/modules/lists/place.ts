import { ABROAD_LIST, UNKNOWN_LIST } from '@raccroche/contract';
import { literals } from '../../platform/duckdb/sql.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import { LIST_CODES } from './place-departments.ts';

/**
 * First three digits of a UAI that are not the département's own code.
 * Corsica keeps its old 020 on some schools, which leads to 2A or 2B alike, hence to none [unverified: 620 and 720].
 * 099 stands for schools abroad, which say nothing of a residence. New Caledonia and French Polynesia number their schools 983 and 984 [unverified].
 */
const SCHOOL_PREFIXES = {
  '620': '2A',
  '720': '2B',
  '020': null,
  '099': null,
  '983': '988',
  '984': '987',
} as const;

/** What of a record its entry tells: where it stands, where the person lives, how to reach them. */
const RECENT_COLUMNS = [
  'record_id',
  'file_no',
  'source',
  'source_rank',
  'position',
  'recorded_on',
  ...['commune', 'residence_country', 'postal_code', 'address', 'phone', 'mobile', 'email'],
  ...[1, 2].flatMap((rank) =>
    ['family_name', 'first_name', 'relation', 'phone', 'email'].map((name) => `rep${rank}_${name}`),
  ),
]
  .map((name) => `r."${name}"`)
  .join(', ');

/**
 * `lists.told_persons`: those who are listed or to follow, of everybody or of `lists.touched_persons` alone. The steps that
 * follow tell of them. `persons`: relation with the rows of those asked, and maybe of others.
 */
export function toldPersonsStep(ofTouched: boolean, persons = 'eligibility.persons'): Step {
  return {
    name: 'persons of the lists',
    reads: [persons, ...(ofTouched ? ['lists.touched_persons'] : [])],
    writes: ['lists.told_persons'],
    sql: `CREATE OR REPLACE TABLE lists.told_persons AS
      FROM ${persons} ${ofTouched ? 'SEMI JOIN lists.touched_persons USING (person_id)' : ''}
      WHERE listed OR to_follow`,
  };
}

/** Apart: the engine then knows how few they are when it looks for them among everybody's records. */
const toldMembersStep = (memberships: string): Step => ({
  name: 'records of the persons of the lists',
  reads: [memberships, 'lists.told_persons'],
  writes: ['lists.told_members'],
  sql: `CREATE OR REPLACE TABLE lists.told_members AS
    SELECT record_id, person_id FROM ${memberships} SEMI JOIN lists.told_persons USING (person_id)`,
});

/**
 * Their records, each with its `recency` among its person's (1 = most recent).
 * Order of rules.md §6: date of the row (unknown = oldest), last day of its spells, order of the sources, record id.
 */
const recentRecordsStep = (records: string): Step => ({
  name: 'recent records of the listed',
  reads: ['lists.told_members', records, 'sources.spells'],
  writes: ['lists.recent_records', 'lists.told_members'],
  sql: `
    CREATE OR REPLACE TABLE lists.recent_records AS
    WITH chosen AS MATERIALIZED (
      SELECT m.person_id, ${RECENT_COLUMNS}
      FROM lists.told_members m JOIN ${records} r USING (record_id)
    ), last_days AS (
      SELECT record_id, max(last_day) AS last_day FROM sources.spells SEMI JOIN chosen USING (record_id) GROUP BY record_id
    ), ranked AS (
      -- Apart from what else the records tell: it would all be sorted with them.
      SELECT record_id, row_number() OVER (
        PARTITION BY person_id
        ORDER BY recorded_on DESC NULLS LAST, last_day DESC NULLS LAST, source_rank, record_id
      ) AS recency
      FROM (SELECT record_id, person_id, recorded_on, source_rank FROM chosen) LEFT JOIN last_days USING (record_id)
    )
    SELECT chosen.*, recency FROM chosen JOIN ranked USING (record_id);
    DROP TABLE lists.told_members`,
});

/** One row a code, whatever the referential holds. */
const COMMUNES_SQL = `SELECT code, min(department) AS department FROM sources.communes GROUP BY code`;
const POSTAL_CODES_SQL = `
  SELECT postal_code, min(department) AS department FROM sources.postal_departments
  GROUP BY postal_code HAVING count(DISTINCT department) = 1`;

const places: Step = {
  name: 'place of each listed person',
  reads: ['lists.recent_records', 'lists.told_persons', 'sources.communes', 'sources.postal_departments'],
  writes: ['lists.places'],
  sql: `
    DELETE FROM lists.places;
    INSERT INTO lists.places
    WITH told AS (
      SELECT r.person_id, r.recency,
        -- A known commune is more precise than a country, should a record tell both.
        CASE WHEN c.department IS NOT NULL THEN c.department
             WHEN r.residence_country <> '99100' THEN '${ABROAD_LIST}' END AS residence,
        ${postalDepartmentSql('r.postal_code', 'p.department')} AS postal
      FROM lists.recent_records r
      LEFT JOIN (${COMMUNES_SQL}) c ON c.code = r.commune
      LEFT JOIN (${POSTAL_CODES_SQL}) p ON p.postal_code = r.postal_code
    ), best AS (
      SELECT person_id, coalesce(arg_min(residence, recency), arg_min(postal, recency)) AS department
      FROM told GROUP BY person_id
    )
    SELECT e.person_id,
      coalesce(${knownSql('b.department')}, ${knownSql(schoolDepartmentSql('e.last_uai'))}, '${UNKNOWN_LIST}'),
      ${knownSql('b.department')} IS NULL AND ${knownSql(schoolDepartmentSql('e.last_uai'))} IS NOT NULL
    FROM lists.told_persons e LEFT JOIN best b USING (person_id)
    ORDER BY e.person_id`,
};

/** A code that is a list, else NULL. */
function knownSql(code: string): string {
  return `CASE WHEN ${code} IN ${literals(LIST_CODES)} THEN ${code} END`;
}

/** Corsica and overseas by their prefixes (rules.md §6), else what the referential says without doubt. */
function postalDepartmentSql(postalCode: string, fromReferential: string): string {
  return `CASE
    WHEN ${postalCode} IS NULL THEN NULL
    WHEN left(${postalCode}, 3) IN ('200', '201') THEN '2A'
    WHEN left(${postalCode}, 3) IN ('202', '203', '204', '205', '206') THEN '2B'
    WHEN left(${postalCode}, 2) IN ('97', '98') THEN ${knownSql(`left(${postalCode}, 3)`)}
    ELSE ${fromReferential} END`;
}

function schoolDepartmentSql(uai: string): string {
  const prefix = `left(${uai}, 3)`;
  const exceptions = Object.entries(SCHOOL_PREFIXES).map(
    ([digits, department]) => `WHEN '${digits}' THEN ${department === null ? 'NULL' : `'${department}'`}`,
  );
  return `(CASE ${prefix} ${exceptions.join(' ')}
    ELSE CASE WHEN ${prefix} LIKE '0%' THEN substr(${uai}, 2, 2) ELSE ${prefix} END END)`;
}

/**
 * Fill `lists.places` of `lists.told_persons`, whose records `records` tells; leave `lists.recent_records`, which the contacts
 * read too.
 */
export const placeSteps = (
  records = 'sources.records',
  memberships = 'linkage.memberships',
): readonly [Step, ...Step[]] => [toldMembersStep(memberships), recentRecordsStep(records), places];
