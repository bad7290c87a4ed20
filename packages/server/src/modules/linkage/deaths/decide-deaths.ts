import { EVIDENCE_TYPE, type EvidenceWords, evidenceSql, type Model } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import {
  FIRST_NAME_COMPARISON,
  GAMMA_NOTHING_IN_COMMON,
  patternPlaceOf,
} from '../look-alikes/pattern-place.ts';
import { DEATH_THRESHOLDS, LEAST_MARGIN } from './death-model.ts';
import { GRADES, SECOND_NAME_CLASHES } from './exact-deaths.ts';

const WORDS: EvidenceWords = { prior: 'avant de comparer', frequency: 'rareté des valeurs' };

/**
 * `linkage.death_pairs`: a person, a death, the grade of their exact agreement (0: none), and their weight when there is a
 * model. Pairs whose first names have nothing in common are left out: twins share everything else.
 */
export function deathPairsStep(model: Model | undefined): Step {
  return {
    name: 'linkage_death_pairs',
    reads:
      model === undefined
        ? ['linkage.exact_deaths']
        : [
            'linkage.exact_deaths',
            'linkage.death_scores',
            'linkage.death_records',
            'linkage.death_candidates',
            'linkage.death_variants',
          ],
    writes: ['linkage.death_pairs'],
    sql: model === undefined ? exactPairsSql() : weighedPairsSql(model),
  };
}

function exactPairsSql(): string {
  return `CREATE OR REPLACE TABLE linkage.death_pairs AS
    SELECT person_id, death_id, record_id, grade, false AS clashes, NULL::DOUBLE AS match_weight,
      NULL::${EVIDENCE_TYPE} AS evidence
    FROM linkage.exact_deaths`;
}

function weighedPairsSql(model: Model): string {
  const { factor, radix } = patternPlaceOf(model, FIRST_NAME_COMPARISON);
  return `CREATE OR REPLACE TABLE linkage.death_pairs AS
    WITH scored AS (
      SELECT v.person_id, d.unique_id AS death_id, v.unique_id AS record_id, ${SECOND_NAME_CLASHES} AS clashes,
        s.match_weight, s.pattern
      FROM linkage.death_scores s
      JOIN linkage.death_records l ON l.rid = s.rid_l JOIN linkage.death_records r ON r.rid = s.rid_r
      JOIN linkage.death_variants d ON d.unique_id = l.unique_id
      JOIN linkage.death_candidates v ON v.unique_id = r.unique_id
      WHERE (s.pattern // ${factor}) % ${radix} <> ${GAMMA_NOTHING_IN_COMMON + 1}
      QUALIFY row_number() OVER (PARTITION BY v.person_id, d.unique_id ORDER BY s.match_weight DESC, v.unique_id) = 1)
    SELECT person_id, death_id, coalesce(e.record_id, s.record_id) AS record_id, coalesce(e.grade, 0) AS grade,
      coalesce(s.clashes, false) AS clashes, s.match_weight,
      CASE WHEN s.pattern IS NOT NULL THEN ${evidenceSql(model, 's.pattern', 's.match_weight', WORDS)} END AS evidence
    FROM linkage.exact_deaths e FULL JOIN scored s USING (person_id, death_id)`;
}

/**
 * `linkage.death_pairs` of everybody, being those of `linkage.death_candidates` alone: what others showed beside a death that is as it was
 * holds.
 */
export function wholeDeathPairsStep({ tables }: PreviousLinkage): Step {
  const anew = (pairs: string) => `(${pairs}.person_id IN (SELECT person_id FROM linkage.affected_persons)
        OR ${pairs}.death_id IN (SELECT unique_id FROM linkage.other_deaths))`;
  return {
    name: 'linkage_whole_death_pairs',
    reads: ['linkage.death_variants', 'linkage.affected_persons', 'linkage.other_deaths'],
    writes: ['linkage.death_pairs'],
    sql: `DELETE FROM linkage.death_pairs WHERE NOT ${anew('death_pairs')};
      INSERT INTO linkage.death_pairs BY NAME FROM ${tables.death_pairs} p
      SEMI JOIN linkage.death_variants d ON d.unique_id = p.death_id WHERE NOT ${anew('p')}`,
  };
}

/**
 * What becomes of each pair: `dead`, `check` or nothing. A death is one person's. Exact agreement speaks first: where it is
 * whole, and nobody else's is, the person is dead. Then the weight: sure, and well ahead of anybody else. What is left of
 * likely pairs is for a person to decide; somebody far behind the one to whom the death belongs is left alone.
 * What people decided outweighs all that. A death decided to be somebody's is nobody else's; decided not to be, it may be that
 * of whoever comes next, which is asked and never taken as sure: nobody else is dead by it who was not before.
 */
function verdictStep(): Step {
  const { lower, upper } = DEATH_THRESHOLDS;
  return {
    name: 'linkage_death_verdicts',
    reads: ['linkage.death_pairs', 'linkage.decided_deaths'],
    writes: ['linkage.death_verdicts'],
    sql: `CREATE OR REPLACE TABLE linkage.death_verdicts AS
      WITH parted AS (
        SELECT p.*, d.person_id IS NOT NULL AS parted FROM linkage.death_pairs p
        LEFT JOIN linkage.decided_deaths d
          ON d.person_id = p.person_id AND d.death_id = p.death_id AND d.verdict = 'different'),
      ranked AS (
        SELECT *, max(grade) OVER death AS best_grade, max(grade) FILTER (NOT parted) OVER death AS best_left,
          count(*) OVER (PARTITION BY death_id, grade) AS equals,
          coalesce(max(match_weight) FILTER (NOT parted) OVER death - match_weight, 0) AS behind,
          row_number() OVER (PARTITION BY death_id ORDER BY match_weight DESC NULLS LAST, person_id) AS place,
          nth_value(match_weight, 2) OVER (PARTITION BY death_id ORDER BY match_weight DESC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_weight
        FROM parted WINDOW death AS (PARTITION BY death_id)),
      judged AS (
        SELECT *, grade = ${GRADES.placeAgrees} AND equals = 1 AS exact,
          best_grade < ${GRADES.placeAgrees} AND grade <> ${GRADES.contradicted} AND place = 1 AND NOT clashes
            AND coalesce(match_weight >= ${upper}, false)
            AND coalesce(match_weight - second_weight >= ${LEAST_MARGIN}, true) AS resembles
        FROM ranked),
      owned AS (SELECT death_id FROM linkage.decided_deaths WHERE verdict = 'same')
      SELECT person_id, death_id, record_id, match_weight, evidence, grade, false AS decided,
        CASE WHEN exact OR resembles THEN 'dead'
          WHEN grade >= ${GRADES.placeUnknown} OR (grade = ${GRADES.contradicted} AND best_left = grade)
            OR (match_weight >= ${lower} AND behind < ${LEAST_MARGIN}) THEN 'check' END AS verdict
      FROM judged ANTI JOIN linkage.decided_deaths USING (person_id, death_id)
      WHERE death_id NOT IN (FROM owned)
      UNION ALL
      SELECT d.person_id, d.death_id, coalesce(p.record_id, d.record_id), p.match_weight, p.evidence, coalesce(p.grade, 0), true,
        CASE d.verdict WHEN 'same' THEN 'dead' ELSE 'check' END
      FROM linkage.decided_deaths d LEFT JOIN linkage.death_pairs p USING (person_id, death_id)
      WHERE d.verdict = 'same' OR (d.verdict = 'unknown' AND d.death_id NOT IN (FROM owned))`,
  };
}

function deathsStep(): Step {
  return {
    name: 'linkage_deaths',
    reads: ['linkage.death_verdicts', 'linkage.death_variants'],
    writes: ['linkage.deaths'],
    sql: `INSERT INTO linkage.deaths BY NAME
      SELECT v.person_id, v.record_id, v.death_id, d.died_on,
        CASE WHEN v.decided THEN 'decision' WHEN v.grade = ${GRADES.placeAgrees} THEN 'same_name_birth' ELSE 'look_alike' END AS rule,
        v.match_weight, v.evidence
      FROM linkage.death_verdicts v JOIN linkage.death_variants d ON d.unique_id = v.death_id
      WHERE v.verdict = 'dead'
      QUALIFY row_number() OVER (PARTITION BY v.person_id
        ORDER BY v.decided DESC, v.grade DESC, v.match_weight DESC NULLS LAST, v.death_id) = 1
      ORDER BY v.person_id`,
  };
}

/** Of a person who is dead already nothing is left to decide. */
function litigesStep(): Step {
  return {
    name: 'linkage_death_litiges',
    reads: ['linkage.death_verdicts', 'linkage.deaths'],
    writes: ['linkage.litiges'],
    sql: `INSERT INTO linkage.litiges BY NAME
      SELECT 'death' AS reason, person_id AS person_id_l, list_sort([record_id, death_id]) AS record_ids, match_weight, evidence
      FROM linkage.death_verdicts v
      WHERE verdict = 'check' AND person_id NOT IN (SELECT person_id FROM linkage.deaths)
      ORDER BY person_id, death_id`,
  };
}

/** From the pairs to `linkage.deaths` and to litiges of the reason `death`. */
export function deathVerdictSteps(): readonly Step[] {
  return [verdictStep(), deathsStep(), litigesStep()];
}
