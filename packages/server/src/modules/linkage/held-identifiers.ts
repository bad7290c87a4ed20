import { IDENTIFIER_TYPES } from '@raccroche/contract';
import { literal } from '../../platform/duckdb/sql.ts';

/**
 * Stands before the place and the value of each identifier but the first. Whatever has a form holds none; what has not, an identifier of
 * a software, comes last.
 */
const MARK = '|';

/** SQL of all that a record holds as one text, over `heldJoins`: two records of one text hold the same. */
export const HELD_SQL = 'concat(held_first.value, held_others.value)';

/**
 * Joins, by `record_id`, of what records hold: nearly always there is but one identifier of the first type, which then is the text; the
 * others are put together beforehand.
 */
export function heldJoins(identifiers: string): readonly string[] {
  const [first, ...others] = IDENTIFIER_TYPES;
  const places = others.map((type, place) => `WHEN ${literal(type)} THEN '${MARK}${place + 1}:'`);
  return [
    `LEFT JOIN (SELECT record_id, value FROM ${identifiers} WHERE type = ${literal(first)}) held_first USING (record_id)`,
    `LEFT JOIN (
          SELECT record_id, string_agg(CASE type ${places.join(' ')} END || value, '' ORDER BY list_position([${others.map(literal).join(', ')}], type)) AS value
          FROM ${identifiers} WHERE type <> ${literal(first)} GROUP BY record_id) held_others USING (record_id)`,
  ];
}

/** That text as a pattern, a group a type. */
const HELD = `(?s)^${IDENTIFIER_TYPES.map((_, place) => {
  if (place === 0) return '([^|]*)';
  return `(?:[|]${place}:(${place === IDENTIFIER_TYPES.length - 1 ? '.*' : '[^|]*'}))?`;
}).join('')}$`;

/** SELECT of the identifiers that rows of `from` hold, as their column `held` tells: `type`, `value`, under `owner`, other columns of theirs. */
export function heldIdentifiersSql(from: string, owner: string): string {
  const types = `[${IDENTIFIER_TYPES.map(literal).join(', ')}]`;
  const several = IDENTIFIER_TYPES.map(
    (type) => `SELECT ${owner}, ${literal(type)}, said.${type} FROM several`,
  );
  return `WITH several AS (
          SELECT ${owner}, regexp_extract(held, ${literal(HELD)}, ${types}) AS said FROM ${from} WHERE contains(held, '${MARK}'))
        SELECT ${owner}, ${literal(IDENTIFIER_TYPES[0])} AS type, held AS value FROM ${from} WHERE held <> '' AND NOT contains(held, '${MARK}')
        UNION ALL SELECT * FROM (${several.join(' UNION ALL ')}) AS told(${owner}, type, value) WHERE value <> ''`;
}
