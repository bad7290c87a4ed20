import { literal, literals } from '../../../platform/duckdb/sql.ts';
import { DIPLOMA_CODE_LEVELS } from '../referentials/diploma-code-levels.ts';
import {
  HIGHER_EDUCATION_LEVEL,
  LEVEL_3_DISPOSITIFS,
  MEF_CYCLES,
  SECOND_CYCLE_LEVEL,
} from '../referentials/mef-cycles.ts';

/** A civil date as a SQL date. */
export function dateSql(date: string): string {
  return `DATE ${literal(date)}`;
}

/**
 * Record ids of each person among the rows of `from`, as `evidence`: sorted, each once. A query to join by `person_id`. Most persons
 * have one, which need not be looked for among others.
 */
export function evidenceSql(from: string, record = 'record_id'): string {
  return `(SELECT person_id, CASE WHEN len(records) = 1 THEN records ELSE list_sort(list_distinct(records)) END AS evidence
        FROM (SELECT person_id, list(${record}) AS records ${from} GROUP BY person_id))`;
}

/** Level (INTEGER) of the diploma code in `column`; NULL when absent or not recognised. */
export function diplomaCodeLevelSql(column: string): string {
  const cases = Object.entries(DIPLOMA_CODE_LEVELS).map(
    ([digit, level]) => `WHEN ${literal(digit)} THEN ${level}`,
  );
  return `CASE left(${column}, 1) ${cases.join(' ')} END`;
}

/** Cycle (college, second, higher, unknown) of a training; `mef` may be the text NULL. */
export function cycleSql(mef: string, diplomaCode: string): string {
  const cases = Object.entries(MEF_CYCLES).map(
    ([digit, cycle]) => `WHEN left(${mef}, 1) = ${literal(digit)} THEN ${literal(cycle)}`,
  );
  const level = diplomaCodeLevelSql(diplomaCode);
  return `CASE ${cases.join(' ')}
      WHEN ${level} >= ${HIGHER_EDUCATION_LEVEL} THEN 'higher' WHEN ${level} IS NOT NULL THEN 'second' ELSE 'unknown' END`;
}

/** Level (INTEGER) that a training leads to; NULL for a collège and when unknown. */
export function leadsToSql(mef: string, diplomaCode: string): string {
  const levels = {
    college: 'NULL',
    second: `CASE WHEN left(${mef}, 3) IN ${literals(LEVEL_3_DISPOSITIFS)} THEN 3 ELSE ${SECOND_CYCLE_LEVEL} END`,
    higher: String(HIGHER_EDUCATION_LEVEL),
  };
  const cases = Object.entries(MEF_CYCLES).map(
    ([digit, cycle]) => `WHEN left(${mef}, 1) = ${literal(digit)} THEN ${levels[cycle]}`,
  );
  return `CASE ${cases.join(' ')} ELSE ${diplomaCodeLevelSql(diplomaCode)} END`;
}

/** Texts of `pairs` whose condition holds, in their order, as VARCHAR[]. */
export function labelsSql(pairs: readonly (readonly [label: string, condition: string])[]): string {
  const cases = pairs.map(([label, condition]) => `CASE WHEN ${condition} THEN ${literal(label)} END`);
  return `[label FOR label IN [${cases.join(', ')}] IF label IS NOT NULL]`;
}
