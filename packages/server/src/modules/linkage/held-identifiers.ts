import { IDENTIFIER_TYPES } from '@raccroche/contract';
import { literal } from '../../platform/duckdb/sql.ts';

/**
 * Stands before the place and the value of each identifier but the first. Whatever has a form holds none; what has not, an identifier of
 * a software, comes last.
 */
const MARK = '|';

/**
 * SQL of all that a record (`record`, a row of `sources.records`) holds as one text: two records of one text hold the same. Nearly always there
 * is but one identifier of the first type, which then is the text.
 */
export function heldSql(record: string): string {
  const marks = INE_TYPES.map((type, place) => `WHEN ${literal(type)} THEN ${literal(markOf(place))}`);
  const ina = literal(markOf(IDENTIFIER_TYPES.indexOf('ina')));
  return `concat(CASE ${record}.ine_type ${marks.join(' ')} END, ${record}.ine, ${ina} || ${record}.ina)`;
}

const INE_TYPES = IDENTIFIER_TYPES.filter((type) => type !== 'ina');
const markOf = (place: number) => (place === 0 ? '' : `${MARK}${place}:`);

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
