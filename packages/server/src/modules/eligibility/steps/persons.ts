import { PERSON_FLAGS, type PersonFlag } from '@raccroche/contract';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { ageSql } from './checks.ts';
import { labelsSql } from './fragments.ts';

/** What has to be known besides the checks, then the table of persons. */
export function personSteps(terms: Terms): Step[] {
  return [flagStep(terms), personStep(terms)];
}

function flagStep({ parameters }: Terms): Step {
  // Only a rule set that asks for a cycle can have let somebody pass thanks to an unknown one.
  const passedUnknown = parameters.cycle === 'any' ? 'false' : 'w.unknown_cycle AND NOT w.qualifying_cycle';
  const raised: Readonly<Record<PersonFlag, string>> = {
    death_to_check: 'i.person_id IN (SELECT person_id FROM doubted)',
    litige: 'i.person_id IN (SELECT person_id FROM contested)',
    not_in_class: 'w.not_in_class',
    cycle_unknown: `l.cycle = 'unknown' OR (${passedUnknown})`,
    department_from_school: 'false',
    abandon_undated: 'w.abandon_undated',
    contradictory_sources: 'i.disputed OR i.person_id IN (SELECT person_id FROM contradicted)',
  };
  return {
    name: 'eligibility-flags',
    reads: [
      'eligibility.identities',
      'eligibility.window_items',
      'eligibility.last_stays',
      'eligibility.told_twice',
      'linkage.litiges',
    ],
    writes: ['eligibility.flags'],
    sql: `CREATE OR REPLACE TABLE eligibility.flags AS
      WITH contested AS (
        SELECT person_id_l AS person_id FROM linkage.litiges WHERE reason <> 'death'
        UNION SELECT person_id_r FROM linkage.litiges WHERE person_id_r IS NOT NULL),
      doubted AS (SELECT person_id_l AS person_id FROM linkage.litiges WHERE reason = 'death'),
      contradicted AS (SELECT DISTINCT person_id FROM eligibility.told_twice WHERE contradicted),
      windows AS (
        SELECT person_id, bool_or(not_in_class) AS not_in_class, bool_or(abandon_undated) AS abandon_undated,
          bool_or(cycle = 'unknown') AS unknown_cycle, bool_or(coalesce(leads_to IN (3, 4), false)) AS qualifying_cycle
        FROM eligibility.window_items GROUP BY person_id)
      SELECT i.person_id, ${labelsSql(PERSON_FLAGS.map((flag) => [flag, raised[flag]]))} AS flags
      FROM eligibility.identities i LEFT JOIN windows w USING (person_id)
        LEFT JOIN eligibility.last_stays l USING (person_id)`,
  };
}

function personStep({ asOf }: Terms): Step {
  return {
    name: 'eligibility-persons',
    reads: [
      'eligibility.identities',
      'eligibility.situations',
      'eligibility.last_stays',
      'eligibility.known_situations',
      'eligibility.flags',
      'eligibility.checks',
    ],
    writes: ['eligibility.persons'],
    sql: `INSERT INTO eligibility.persons BY NAME
      WITH verdicts AS (SELECT person_id, bool_and(passed) AS listed FROM eligibility.checks GROUP BY person_id)
      SELECT i.person_id, i.family_name, i.usage_name,
        i.first_names.first AS first_name1, i.first_names.second AS first_name2, i.first_names.third AS first_name3,
        i.sex, i.birth_date, ${ageSql('i.birth_date', asOf)} AS age,
        s.state, s.days_without_contract, s.to_follow,
        coalesce(l.cycle, 'unknown') AS cycle, l.leads_to,
        l.uai AS last_uai, l.mef AS last_mef, l.diploma_code AS last_diploma_code,
        CASE WHEN NOT s.not_enrolled OR l.standing = 'not_in_class' THEN NULL
          WHEN l.standing = 'without_contract' THEN l.ended_on ELSE l.last_day END AS left_on,
        CASE WHEN NOT s.not_enrolled OR l.person_id IS NULL THEN NULL
          WHEN l.standing = 'not_in_class' THEN 'not_in_class'
          WHEN l.standing = 'without_contract' THEN 'cfa_rupture'
          WHEN l.closes_year THEN 'not_back' ELSE 'left' END AS reason,
        coalesce(k.mission_locale, 'unknown') AS mission_locale,
        coalesce(k.known_situations, []) AS known_situations, f.flags, v.listed
      FROM eligibility.identities i JOIN eligibility.situations s USING (person_id)
        JOIN eligibility.flags f USING (person_id) JOIN verdicts v USING (person_id)
        LEFT JOIN eligibility.last_stays l USING (person_id)
        LEFT JOIN eligibility.known_situations k USING (person_id)`,
  };
}
