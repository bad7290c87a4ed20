import { quoteName } from '../expression/sql-text.ts';
import { InputError, type LinkSession } from '../session.ts';
import { requireColumns } from './rule-columns.ts';

export interface TermFrequencyTable {
  readonly column: string;
  /** What follows FROM: the column itself, and `tf_<column>`, above 0 to 1. */
  readonly relation: string;
}

/**
 * Takes the term frequencies of a column from a table (national figures, say) instead of the records, where duplicates
 * make rare values common. A value that is not in the table has none: the other side's counts, or nothing does.
 * Throws InputError for a value given twice, and for frequencies that are not above 0 and 1 at most.
 */
export async function useTermFrequencies(
  { runner, records }: LinkSession,
  { column, relation }: TermFrequencyTable,
): Promise<void> {
  const [value, frequency] = [quoteName(column), quoteName(`tf_${column}`)];
  await requireColumns(runner, records, [column, `tf_${column}`]);
  const given = `(SELECT ${value}, ${frequency}::DOUBLE AS frequency FROM ${relation} WHERE ${value} IS NOT NULL)`;
  const [row] = await runner.all(
    `SELECT count(*) - count(DISTINCT ${value}) AS repeated,
      count(*) FILTER (frequency IS NULL OR NOT (frequency > 0 AND frequency <= 1)) AS outside FROM ${given}`,
  );
  if (Number(row?.repeated) > 0) throw new InputError(`${column} has values whose frequency is given twice`);
  if (Number(row?.outside) > 0) throw new InputError(`tf_${column} must be above 0, and 1 at most`);
  await runner.run(
    `CREATE OR REPLACE TABLE ${records} AS SELECT r.* REPLACE (g.frequency AS ${frequency})
     FROM ${records} r LEFT JOIN ${given} g ON g.${value} = r.${value} ORDER BY r.rid`,
  );
}

/** SELECT of the term frequencies that the records have: to keep beside a model, so that it scores the same elsewhere. */
export function termFrequenciesSql({ records }: Pick<LinkSession, 'records'>, column: string): string {
  const [value, frequency] = [quoteName(column), quoteName(`tf_${column}`)];
  return `SELECT DISTINCT ${value}, ${frequency} FROM ${records} WHERE ${value} IS NOT NULL ORDER BY ${value}`;
}
