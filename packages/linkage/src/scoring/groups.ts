import { quoteName } from '../expression/sql-text.ts';

/** Condition of pairs `l`, `r` that do not share a value in a column; a missing one is shared with nobody. Of all pairs without a column. */
export function ofTwoGroupsSql(groupedBy: string | undefined): string {
  if (groupedBy === undefined) return 'true';
  const column = quoteName(groupedBy);
  return `(l.${column} = r.${column}) IS NOT TRUE`;
}

interface GroupNumbers {
  /** SELECT list, over the records `k` and what is joined to them. */
  readonly selected: readonly string[];
  readonly joins: readonly string[];
  /** The same condition over these numbers. */
  readonly only?: string;
}

/**
 * The group of each record as a number: the least `rid` of those that share the value, its own below zero where there is no other, as for
 * most. Candidate pairs then carry no texts to tell.
 */
export function groupNumbers(records: string, groupedBy: string | undefined): GroupNumbers {
  if (groupedBy === undefined) return { selected: [], joins: [] };
  const column = quoteName(groupedBy);
  return {
    selected: ['coalesce(linkage_least, -k.rid) AS linkage_group'],
    joins: [
      `LEFT JOIN (SELECT ${column} AS linkage_grouped, min(rid) AS linkage_least FROM ${records}
        WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > 1) ON linkage_grouped = k.${column}`,
    ],
    only: 'l.linkage_group <> r.linkage_group',
  };
}
