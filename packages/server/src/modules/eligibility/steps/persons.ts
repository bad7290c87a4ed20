import { PERSON_FLAGS, type PersonFlag } from '@raccroche/contract';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { ageSql } from './checks.ts';
import { labelsSql } from './fragments.ts';

/** The flags of each person, as VARCHAR[]; with the queries that they name. */
function flagsSql({ parameters }: Terms) {
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
    queries: `contested AS (
        SELECT person_id_l AS person_id FROM linkage.litiges WHERE reason <> 'death'
        UNION SELECT person_id_r FROM linkage.litiges WHERE person_id_r IS NOT NULL),
      doubted AS (SELECT person_id_l AS person_id FROM linkage.litiges WHERE reason = 'death'),
      contradicted AS (SELECT DISTINCT person_id FROM eligibility.told_twice WHERE contradicted)`,
    flags: labelsSql(PERSON_FLAGS.map((flag) => [flag, raised[flag]])),
  };
}

/** What has to be known besides the checks, then the table of persons. */
export function personSteps(terms: Terms): Step[] {
  const { asOf } = terms;
  const { queries, flags } = flagsSql(terms);
  return [
    {
      name: 'eligibility-persons',
      reads: [
        'eligibility.identities',
        'eligibility.situations',
        'eligibility.last_stays',
        'eligibility.known_situations',
        'eligibility.windows',
        'eligibility.told_twice',
        'eligibility.assessments',
        'linkage.litiges',
      ],
      writes: ['eligibility.persons'],
      sql: `INSERT INTO eligibility.persons BY NAME
      WITH ${queries},
      verdicts AS (
        SELECT person_id, list_bool_and(passed) AS listed FROM eligibility.assessments)
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
        coalesce(k.known_situations, []) AS known_situations, ${flags} AS flags, v.listed
      FROM eligibility.identities i JOIN eligibility.situations s USING (person_id)
        JOIN verdicts v USING (person_id)
        LEFT JOIN eligibility.windows w USING (person_id)
        LEFT JOIN eligibility.last_stays l USING (person_id)
        LEFT JOIN eligibility.known_situations k USING (person_id)`,
    },
  ];
}
