import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { comparedColumns, termFrequencyColumns } from '../records/record-tables.ts';

/** SELECT list of both sides of a pair: what the model compares and weighs, from aliases `left` and `right`. */
export function pairColumnsSql(model: Model, left: string, right: string): string {
  const columns = [...comparedColumns(model), ...termFrequencyColumns(model).map((name) => `tf_${name}`)];
  return columns
    .flatMap((name) => [
      `${left}.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
      `${right}.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
    ])
    .join(', ');
}
