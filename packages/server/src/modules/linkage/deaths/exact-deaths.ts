import type { Step } from '../../../platform/duckdb/step.ts';

/**
 * Exact agreement of somebody with a death: family name (of birth or usage), first name, birth date. `grade`:
 * 3 and the birth place agrees, nothing contradicts it; 2 the birth place is not told; 1 one thing contradicts it. Of so many
 * dead some bear the name and the birth date of somebody living: without the place a person decides.
 */
export const GRADES = { placeAgrees: 3, placeUnknown: 2, contradicted: 1 } as const;

/** Two first names closer than this may be one, mistyped. */
const SAME_FIRST_NAME = 0.85;

/** Somebody's second first name is none of those of the dead, although both tell several: a twin may bear the same first one. */
export const SECOND_NAME_CLASHES = `coalesce(len(d.words) > 1 AND v.second IS NOT NULL
  AND len([word FOR word IN d.words IF jaro_winkler_similarity(word, v.second) >= ${SAME_FIRST_NAME}]) = 0, false)`;

/**
 * Pairs of a person and a death that agree exactly, best way of writing first. A first name agrees when its words begin the
 * first names of the dead: JEAN and JEAN PIERRE both begin JEAN PIERRE MARIE.
 */
export function exactDeathStep(): Step {
  return {
    name: 'linkage_exact_deaths',
    reads: ['linkage.death_candidates', 'linkage.death_variants'],
    writes: ['linkage.exact_deaths'],
    sql: `CREATE OR REPLACE TABLE linkage.exact_deaths AS
      WITH named AS (
        SELECT *, name1 AS name FROM linkage.death_candidates
        UNION ALL SELECT *, name2 FROM linkage.death_candidates WHERE name2 IS NOT NULL),
      agreeing AS (
        SELECT v.person_id, v.unique_id AS record_id, d.unique_id AS death_id, coalesce(v.place = d.place, false) AS same_place,
          coalesce(v.place <> d.place, false)::INTEGER + coalesce(v.sex <> d.sex, false)::INTEGER
            + ${SECOND_NAME_CLASHES}::INTEGER AS contradictions
        FROM named v JOIN linkage.death_variants d ON d.name1 = v.name AND d.birth = v.birth
          AND starts_with(array_to_string(d.words, ' ') || ' ', v.first1 || ' '))
      SELECT person_id, record_id, death_id, CASE WHEN contradictions = 1 THEN ${GRADES.contradicted}
          WHEN same_place THEN ${GRADES.placeAgrees} ELSE ${GRADES.placeUnknown} END AS grade
      FROM agreeing WHERE contradictions <= 1
      QUALIFY row_number() OVER (PARTITION BY person_id, death_id ORDER BY grade DESC, record_id) = 1`,
  };
}
