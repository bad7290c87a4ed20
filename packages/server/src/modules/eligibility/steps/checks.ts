import type { CheckCode } from '@raccroche/contract';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { dateSql, evidenceSql } from './fragments.ts';

/** A check over everybody, in terms of the identity `i` of each person and of the `joins`, one row a person or none. */
interface CheckSql {
  readonly reads: readonly string[];
  /** Tables and queries, by the alias under which the others name them. */
  readonly joins?: Readonly<Record<string, string>>;
  readonly passed: string;
  /** NULL when nothing is found. */
  readonly evidence: string;
}

/** All checks of the rule set, in its order, at one go: a row a person. */
export function checkSteps(terms: Terms): Step[] {
  const checks = terms.ruleSet.checks.map((code) => ({ code, ...CHECKS[code](terms) }));
  const joins = Object.entries(
    Object.assign({}, ...checks.map((check) => check.joins ?? {})) as Record<string, string>,
  );
  const list = (values: readonly string[]) => `[${values.join(',\n          ')}]`;
  const evidence = checks.map((check) => `coalesce(${check.evidence}, []::VARCHAR[])`);
  return [
    {
      name: 'eligibility-checks',
      reads: [...new Set(['eligibility.identities', ...checks.flatMap(({ reads }) => reads)])],
      writes: ['eligibility.assessments'],
      sql: `INSERT INTO eligibility.assessments (person_id, codes, passed, evidence)
        SELECT i.person_id, ${list(checks.map(({ code }) => literal(code)))},
          ${list(checks.map(({ passed }) => passed))},
          ${list(evidence)}
        FROM eligibility.identities i
          ${joins.map(([alias, sql]) => `LEFT JOIN ${sql} ${alias} USING (person_id)`).join('\n          ')}`,
    },
  ];
}

const WINDOWS = { reads: ['eligibility.windows'], joins: { windows: 'eligibility.windows' } };

const CHECKS: Readonly<Record<CheckCode, (terms: Terms) => CheckSql>> = {
  age: ({ asOf, parameters }) => {
    const age = ageSql('i.birth_date', asOf);
    return {
      reads: [],
      passed: `${age} >= ${parameters.minAge} AND ${age} < ${parameters.ageLimit}`,
      evidence: '[i.record_id]',
    };
  },
  alive: () => nothingFound('dead', 'FROM eligibility.deaths', ['eligibility.deaths']),
  enrolled_in_window: () => ({
    ...WINDOWS,
    passed: 'windows.evidence IS NOT NULL',
    evidence: 'windows.evidence',
  }),
  cycle: ({ parameters }) => {
    const found = parameters.cycle === 'any' ? 'windows.evidence' : 'windows.cycle_evidence';
    return { ...WINDOWS, passed: `${found} IS NOT NULL`, evidence: found };
  },
  not_enrolled: notEnrolled,
  no_qualifying_diploma: ({ parameters }) =>
    nothingFound(
      'qualified',
      `FROM eligibility.held_awards a LEFT JOIN eligibility.last_stays l USING (person_id)
        WHERE a.level >= ${parameters.capBep === 'any' ? '3' : 'least(coalesce(l.leads_to, 3), 4)'}`,
      ['eligibility.held_awards', 'eligibility.last_stays'],
      'a.record_id',
    ),
  obligation_unmet: () =>
    nothingFound('fulfilled', 'FROM eligibility.accompaniments WHERE fulfils', [
      'eligibility.accompaniments',
    ]),
};

/** Full years at `asOf` of somebody born on the date in `column`; the shape of `ageAt`. */
export function ageSql(column: string, asOf: string): string {
  const D = dateSql(asOf);
  return `(year(${D}) - year(${column}) - CASE WHEN strftime(${D}, '%m-%d') < strftime(${column}, '%m-%d')
      THEN 1 ELSE 0 END)::INTEGER`;
}

/** Fails when the rows that `from` gives tell of the person; they are the evidence. */
function nothingFound(alias: string, from: string, reads: readonly string[], record?: string): CheckSql {
  return {
    reads,
    joins: { [alias]: evidenceSql(from, record) },
    passed: `${alias}.evidence IS NULL`,
    evidence: `${alias}.evidence`,
  };
}

/** Passed: shown by the last stay; failed: by what gives the state. */
function notEnrolled(): CheckSql {
  const shown = `FROM (
          SELECT person_id, 'deceased' AS state, record_id FROM eligibility.deaths
          UNION ALL SELECT person_id, 'enrolled', record_id FROM eligibility.stays WHERE standing = 'in_training'
          UNION ALL SELECT person_id, 'apprentice', record_id FROM eligibility.contracts WHERE covers
          UNION ALL SELECT s.person_id, 'cfa_without_contract', s.record_id
            FROM eligibility.stays s JOIN eligibility.situations p USING (person_id)
            WHERE s.standing = 'without_contract' AND NOT p.not_enrolled
          UNION ALL SELECT l.person_id, p.state, l.record_id
            FROM eligibility.last_stays l JOIN eligibility.situations p USING (person_id) WHERE p.not_enrolled)
        JOIN eligibility.situations USING (person_id, state)`;
  return {
    reads: [
      'eligibility.situations',
      'eligibility.last_stays',
      'eligibility.stays',
      'eligibility.contracts',
      'eligibility.deaths',
    ],
    joins: { situations: 'eligibility.situations', shown: evidenceSql(shown) },
    passed: 'situations.not_enrolled',
    evidence: 'shown.evidence',
  };
}
