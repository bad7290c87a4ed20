import { quoteName } from '../expression/sql-text.ts';

/**
 * Records as a relation in which each column named holds one element of its list: one row for each element, or for each
 * combination when several columns are exploded. A record whose list is missing or empty has one row, without an element:
 * a rule may also find it by what it reads beside the list.
 */
export function explodedSql(records: string, columns: readonly string[] = []): string {
  // One after the other: several in one SELECT would be taken in step, not combined.
  return columns.reduce((relation, column) => {
    const name = quoteName(column);
    const elements = `list_distinct(${name})`;
    return `(SELECT * REPLACE (unnest(CASE WHEN len(${elements}) > 0 THEN ${elements} ELSE [NULL] END) AS ${name}) FROM ${relation})`;
  }, records);
}
