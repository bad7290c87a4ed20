import { quoteName, quoteText } from '../../expression/sql-text.ts';
import type { SqlRunner } from '../../runner.ts';
import type { ConstraintTables } from './read-constraints.ts';

/** Records that must be apart by what they hold. */
export interface RecordConstraints {
  /** Columns of the records: two whose values are known and share nothing are apart. A list holds several values. */
  readonly traits?: readonly string[];
  /** Names of inputs that hold each person once at most. */
  readonly exclusive?: readonly string[];
}

/** The constraints as `clusterPairs` takes them. `records` is what follows FROM: `rid`, the source and the traits. */
export async function heldConstraints(
  runner: SqlRunner,
  records: string,
  sourceColumn: string,
  { traits = [], exclusive = [] }: RecordConstraints,
): Promise<Pick<ConstraintTables, 'traits' | 'exclusive'>> {
  const types = await runner.all(`DESCRIBE SELECT * FROM ${records}`);
  const held = traits.map((name) => {
    const type = types.find((row) => row.column_name === name)?.column_type;
    const value = String(type).endsWith('[]') ? `unnest(${quoteName(name)})` : quoteName(name);
    return `SELECT rid, ${quoteText(name)} AS trait, ${value}::VARCHAR AS value FROM ${records}`;
  });
  const source = quoteName(sourceColumn);
  const names = exclusive.map(quoteText).join(', ');
  return {
    ...(held.length === 0 ? {} : { traits: `(${held.join(' UNION ALL ')})` }),
    ...(exclusive.length === 0
      ? {}
      : { exclusive: `(SELECT rid, ${source} AS source FROM ${records} WHERE ${source} IN (${names}))` }),
  };
}
