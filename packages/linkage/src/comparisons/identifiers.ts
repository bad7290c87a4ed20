import {
  call,
  column,
  type Expression,
  eachOf,
  extracted,
  isNull,
  left,
  not,
  or,
  right,
} from '../expression/expression.ts';
import { level, otherwise } from '../model/model.ts';
import { type Prepared, prepared } from './prepared.ts';

/**
 * Identifiers of several types held in a list of `type:value` texts. Any in common is strong; the same type with different
 * values and none in common contradicts; no type in common says nothing.
 */
export function identifierSets<Column extends string>(name: Column): Prepared<Column> {
  const types = `${name}_types`;
  const shared = call('list_has_any', left(name), right(name));
  const comparable = call('coalesce', call('list_has_any', left(types), right(types)), false);
  return {
    derivations: prepared({ name: types, expression: typesOf(column(name)) }),
    comparisons: [
      {
        name,
        columns: [name],
        levels: [
          level(`${name}: no type in common`, or(isNull(left(name)), isNull(right(name)), not(comparable)), {
            isNull: true,
          }),
          level(`${name}: one in common`, shared),
          otherwise(`${name}: same type, different value`),
        ],
      },
    ],
  };
}

function typesOf(list: Expression): Expression {
  return call(
    'list_distinct',
    eachOf(list, (value) => extracted(value, '^[^:]+')),
  );
}
