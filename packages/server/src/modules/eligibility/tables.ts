/**
 * What is decided of each person at the reference date, and why. Schema `eligibility` of the campaign's DuckDB;
 * written by this module only, read by `lists`.
 */
export const ELIGIBILITY_TABLES = {
  /** One row a person, listed or not. */
  persons: `
    person_id VARCHAR NOT NULL,
    family_name VARCHAR, usage_name VARCHAR, first_name1 VARCHAR, first_name2 VARCHAR, first_name3 VARCHAR,
    sex VARCHAR, birth_date DATE NOT NULL,
    age INTEGER NOT NULL,               -- full years at the reference date
    state VARCHAR NOT NULL,             -- PersonState
    days_without_contract INTEGER,      -- cfa_without_contract only
    to_follow BOOLEAN NOT NULL,         -- "rupturant à suivre": in a CFA without contract, within the limit
    cycle VARCHAR NOT NULL,             -- last cycle: college, second, higher, unknown
    leads_to INTEGER,                   -- level that the last cycle leads to (3 to 8), NULL when none or unknown
    last_uai VARCHAR, last_mef VARCHAR, last_diploma_code VARCHAR, -- of the last cycle's spell (or contract)
    left_on DATE, reason VARCHAR,       -- LeavingReason, when not in training at the reference date
    mission_locale VARCHAR NOT NULL,    -- MissionLocaleKnowledge
    known_situations VARCHAR[] NOT NULL, -- KnownSituation, in the order of the vocabulary
    flags VARCHAR[] NOT NULL,           -- PersonFlag, in the order of the vocabulary
    listed BOOLEAN NOT NULL`,
  /** One row a person: every check of the rule set, passed or not, in its order. Three lists of one length. */
  assessments: `
    person_id VARCHAR NOT NULL,
    codes VARCHAR[] NOT NULL,           -- CheckCode
    passed BOOLEAN[] NOT NULL,
    evidence VARCHAR[][] NOT NULL       -- record ids that decided, sorted; empty when the absence of records decided`,
} as const;

/** What else other modules may read: views over the tables, by name. */
export const ELIGIBILITY_VIEWS = ['checks'] as const;

export function createEligibilityTablesSql(): string {
  const tables = Object.entries(ELIGIBILITY_TABLES).map(
    ([name, columns]) => `CREATE TABLE IF NOT EXISTS eligibility.${name} (${columns}\n);`,
  );
  return ['CREATE SCHEMA IF NOT EXISTS eligibility;', ...tables, `${CHECKS_VIEW_SQL};`].join('\n');
}

/**
 * A row each check of each person, as a query: `ordinal` is its place in the rule set, from 1. `assessments`: a relation of SQL with the
 * columns of `eligibility.assessments`.
 */
export function checksSql(assessments: string): string {
  return `(SELECT person_id, generate_subscripts(codes, 1)::INTEGER AS ordinal, unnest(codes) AS check_code, unnest(passed) AS passed,
    unnest(evidence) AS evidence FROM ${assessments})`;
}

/** `eligibility.checks`: the same of `eligibility.assessments`, which may stand as a table or as a view. */
export const CHECKS_VIEW_SQL = `CREATE OR REPLACE VIEW eligibility.checks AS FROM ${checksSql('eligibility.assessments')}`;
