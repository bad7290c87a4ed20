import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { termFrequencyColumns } from '../records/record-tables.ts';

/** A class goes from a frequency to four times that: narrow enough to rule out pairs, wide enough for few values to leave theirs in a month. */
const BITS = 2;

/** Over the records of a session: how frequent the values are that a model weighs by it, in classes. */
export interface FrequencyClass {
  /** Column of the frequency. */
  readonly column: string;
  /** SQL of the class, an INTEGER; NULL without a value. */
  readonly classSql: string;
  /** SQL of the least frequency of the class. */
  readonly leastSql: string;
}

/** Below the least u that any level believes, all frequencies are one. */
export function frequencyClasses(model: Model): readonly FrequencyClass[] {
  return termFrequencyColumns(model).map((name) => {
    const column = `tf_${name}`;
    const believed = model.comparisons
      .flatMap(({ levels }) => levels)
      .flatMap(({ termFrequency }) => (termFrequency?.column === name ? [termFrequency.minimumU] : []));
    const frequency = `greatest(${quoteName(column)}, ${Math.min(...believed)}::DOUBLE)`;
    const classSql = `CASE WHEN ${quoteName(column)} IS NOT NULL THEN floor(log2(${frequency}) / ${BITS})::INTEGER END`;
    return { column, classSql, leastSql: `pow(${2 ** BITS}, ${classSql})` };
  });
}
