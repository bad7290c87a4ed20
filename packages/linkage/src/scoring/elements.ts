/** Elements of a list as bits of a number: two lists that share an element share a bit, and two that do not seldom do. */

/** Of a BIGINT, without its sign. */
const BITS = 63;

const bitSql = (element: string): string => `1::BIGINT << (hash(${element}) % ${BITS})::BIGINT`;

/** SQL of the bits of a list, NULL without one. List functions look at bytes, whatever the collation, and so does hash. */
export function elementBitsSql(list: string): string {
  const each = `list_transform(${list}, lambda element: ${bitSql('element')})`;
  // Nearly all have one element.
  return `CASE WHEN len(${list}) = 1 THEN ${bitSql(`(${list})[1]`)} WHEN len(${list}) = 0 THEN 0::BIGINT
    ELSE list_reduce(${each}, lambda sofar, next: sofar | next) END`;
}

/** SQL of the bit that a list would have for a value; all of them where the two are not of one type, and equal ones hash apart. */
export function memberBitSql(value: string, list: string): string {
  return `CASE WHEN ${value} IS NULL THEN NULL WHEN typeof(${list}) = typeof(${value}) || '[]' THEN ${bitSql(value)} ELSE -1::BIGINT END`;
}
