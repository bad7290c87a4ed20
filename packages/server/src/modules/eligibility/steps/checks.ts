import type { CheckCode } from '@raccroche/contract';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { dateSql, evidenceSql } from './fragments.ts';

/** A check over everybody: `sql` selects person_id, passed, evidence, one row a person. */
interface CheckSql {
  readonly reads: readonly string[];
  readonly sql: string;
}

/** One step a check of the rule set, in its order. */
export function checkSteps(terms: Terms): Step[] {
  return terms.ruleSet.checks.map((code, index) => {
    const { reads, sql } = CHECKS[code](terms);
    return {
      name: `eligibility-check-${code.replaceAll('_', '-')}`,
      reads,
      writes: ['eligibility.checks'],
      sql: `INSERT INTO eligibility.checks (person_id, ordinal, check_code, passed, evidence)
        SELECT person_id, ${index + 1}, ${literal(code)}, passed, evidence FROM (${sql})`,
    };
  });
}

const CHECKS: Readonly<Record<CheckCode, (terms: Terms) => CheckSql>> = {
  age: ({ asOf, parameters }) => ({
    reads: ['eligibility.identities'],
    sql: `SELECT person_id, age >= ${parameters.minAge} AND age < ${parameters.ageLimit} AS passed, [record_id] AS evidence
      FROM (SELECT person_id, record_id, ${ageSql('birth_date', asOf)} AS age FROM eligibility.identities)`,
  }),
  alive: () => nothingFound('eligibility.deaths'),
  enrolled_in_window: () => somethingFound('eligibility.window_items'),
  cycle: ({ parameters }) =>
    somethingFound(
      'eligibility.window_items',
      parameters.cycle === 'any' ? 'true' : `r.leads_to IN (3, 4) OR r.cycle = 'unknown'`,
    ),
  not_enrolled: notEnrolled,
  no_qualifying_diploma: ({ parameters }) => ({
    reads: ['eligibility.identities', 'eligibility.last_stays', 'eligibility.held_awards'],
    sql: `SELECT i.person_id, count(a.record_id) = 0 AS passed, ${evidenceSql('a.record_id')} AS evidence
      FROM eligibility.identities i LEFT JOIN eligibility.last_stays l USING (person_id)
        LEFT JOIN eligibility.held_awards a ON a.person_id = i.person_id
          AND a.level >= ${parameters.capBep === 'any' ? '3' : 'least(coalesce(l.leads_to, 3), 4)'}
      GROUP BY i.person_id`,
  }),
  obligation_unmet: () => nothingFound('eligibility.accompaniments', 'r.fulfils'),
};

/** Full years at `asOf` of somebody born on the date in `column`; the shape of `ageAt`. */
export function ageSql(column: string, asOf: string): string {
  const D = dateSql(asOf);
  return `(year(${D}) - year(${column}) - CASE WHEN strftime(${D}, '%m-%d') < strftime(${column}, '%m-%d')
      THEN 1 ELSE 0 END)::INTEGER`;
}

/** Passes when the table has rows of the person; they are the evidence. */
function somethingFound(table: string, condition = 'true'): CheckSql {
  return found(table, condition, '> 0');
}

/** Fails when the table has rows of the person; they are the evidence. */
function nothingFound(table: string, condition = 'true'): CheckSql {
  return found(table, condition, '= 0');
}

function found(table: string, condition: string, wanted: string): CheckSql {
  return {
    reads: ['eligibility.identities', table],
    sql: `SELECT i.person_id, count(r.record_id) ${wanted} AS passed, ${evidenceSql('r.record_id')} AS evidence
      FROM eligibility.identities i LEFT JOIN ${table} r ON r.person_id = i.person_id AND (${condition})
      GROUP BY i.person_id`,
  };
}

/** Passed: shown by the last stay; failed: by what gives the state. */
function notEnrolled(): CheckSql {
  return {
    reads: [
      'eligibility.situations',
      'eligibility.last_stays',
      'eligibility.stays',
      'eligibility.contracts',
      'eligibility.deaths',
    ],
    sql: `WITH shown AS (
        SELECT person_id, 'deceased' AS state, record_id FROM eligibility.deaths
        UNION ALL SELECT person_id, 'enrolled', record_id FROM eligibility.stays WHERE standing = 'in_training'
        UNION ALL SELECT person_id, 'apprentice', record_id FROM eligibility.contracts WHERE covers
        UNION ALL SELECT s.person_id, 'cfa_without_contract', s.record_id
          FROM eligibility.stays s JOIN eligibility.situations p USING (person_id)
          WHERE s.standing = 'without_contract' AND NOT p.not_enrolled
        UNION ALL SELECT l.person_id, p.state, l.record_id
          FROM eligibility.last_stays l JOIN eligibility.situations p USING (person_id) WHERE p.not_enrolled)
      SELECT p.person_id, any_value(p.not_enrolled) AS passed, ${evidenceSql('s.record_id')} AS evidence
      FROM eligibility.situations p LEFT JOIN shown s USING (person_id, state)
      GROUP BY p.person_id`,
  };
}
