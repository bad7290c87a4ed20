import type { Value } from './expression.ts';
import {
  type Catalogue,
  type FunctionDefinition,
  listOf,
  literalText,
  plain,
  plainCall,
} from './function-definition.ts';
import { isList, order, orderNullsLast, sharedElements, sortedDistinct } from './value-order.ts';

/** The element that comes last in the order (`sign` 1) or first (−1), NULL passed over. */
function extreme(name: string, sign: 1 | -1): FunctionDefinition {
  return plain(
    name,
    (list) => {
      const [first = null, ...rest] = listOf(list).filter((value) => value !== null);
      return rest.reduce((best, value) => (sign * order(value, best) > 0 ? value : best), first);
    },
    4,
  );
}

/** Counts from 1, from the end when negative; works on the characters of a text too. */
function element(from: Value | undefined, index: number): Value {
  const items = isList(from) ? from : [...String(from)];
  const found = items[index > 0 ? index - 1 : items.length + index];
  if (index === 0 || found === undefined) return isList(from) ? null : '';
  return found;
}

/** Lists; NULL among the elements is passed over where one list is held against another. */
export const LIST_FUNCTIONS: Catalogue = {
  list_value: { sql: plainCall('list_value'), evaluate: (...values) => values, cost: 1, ownNulls: true },
  list_has_any: plain('list_has_any', (a, b) => sharedElements(listOf(a), listOf(b)).length > 0, 40),
  list_has_all: plain(
    'list_has_all',
    (a, b) => sortedDistinct(listOf(b)).length === sharedElements(listOf(b), listOf(a)).length,
    40,
  ),
  // The engine promises no order: sorted, so that equal sets are equal lists.
  list_intersect: {
    sql: (a, b) => `list_sort(list_intersect(${a}, ${b}))`,
    evaluate: (a = null, b = null) => (a === null ? null : sharedElements(listOf(a), listOf(b))),
    cost: 40,
    ownNulls: true,
  },
  list_intersect_size: {
    sql: (a, b) => `len(list_intersect(${a}, ${b}))`,
    evaluate: (a = null, b = null) => (a === null ? null : sharedElements(listOf(a), listOf(b)).length),
    cost: 40,
    ownNulls: true,
  },
  list_distinct: {
    sql: (a) => `list_sort(list_distinct(${a}))`,
    evaluate: (a) => sortedDistinct(listOf(a)),
    cost: 40,
  },
  list_sort: {
    sql: plainCall('list_sort'),
    evaluate: (a) => [...listOf(a)].sort(orderNullsLast),
    cost: 4,
    hasTwin: ({ length }) => length === 1,
  },
  array_to_string: {
    sql: plainCall('array_to_string'),
    evaluate: (a, separator) => {
      const texts = listOf(a).filter((one) => one !== null);
      // A list of nothing but NULL gives NULL, an empty one an empty text.
      if (texts.length === 0 && listOf(a).length > 0) return null;
      return texts.map(String).join(String(separator));
    },
    cost: 4,
    hasTwin: ([, separator]) => literalText(separator) !== undefined,
  },
  list_max: extreme('list_max', 1),
  list_min: extreme('list_min', -1),
  list_extract: plain('list_extract', (a, index) => element(a, Number(index)), 4),
  list_contains: plain(
    'list_contains',
    (a, b = null) => listOf(a).some((one) => orderNullsLast(one, b) === 0),
    4,
  ),
  list_position: {
    sql: plainCall('list_position'),
    evaluate: (a = null, b = null) => {
      const place = listOf(a).findIndex((one) => orderNullsLast(one, b) === 0);
      return place < 0 ? null : place + 1;
    },
    cost: 4,
    ownNulls: true,
  },
  flatten: plain('flatten', (a) => listOf(a).flatMap((one) => (one === null ? [] : one)), 4),
};
