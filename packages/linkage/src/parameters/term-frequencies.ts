import { quoteName } from '../expression/sql-text.ts';
import type { LinkSession } from '../session.ts';

/** SELECT of the term frequencies that the records have: to keep beside a model, so that it scores the same elsewhere. */
export function termFrequenciesSql({ records }: Pick<LinkSession, 'records'>, column: string): string {
  const [value, frequency] = [quoteName(column), quoteName(`tf_${column}`)];
  return `SELECT DISTINCT ${value}, ${frequency} FROM ${records} WHERE ${value} IS NOT NULL ORDER BY ${value}`;
}
