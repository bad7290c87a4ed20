import { type Catalogue, type FunctionDefinition, infix, plainCall } from './function-definition.ts';
import { order, orderNullsLast } from './value-order.ts';

function compared(operator: string, holds: (order: number) => boolean): FunctionDefinition {
  return { sql: infix(operator), evaluate: (a = null, b = null) => holds(order(a, b)), cost: 1 };
}

/** NULL takes part as a value of its own: the answer is never NULL. */
function distinct(operator: string, same: boolean): FunctionDefinition {
  return {
    sql: infix(operator),
    evaluate: (a = null, b = null) => (orderNullsLast(a, b) === 0) === same,
    cost: 1,
    ownNulls: true,
  };
}

/** The engine passes over NULL. */
function extreme(name: string, sign: 1 | -1): FunctionDefinition {
  return {
    sql: plainCall(name),
    evaluate: (...values) => {
      const [first = null, ...rest] = values.filter((value) => value !== null);
      return rest.reduce((best, value) => (sign * order(value, best) > 0 ? value : best), first);
    },
    cost: 1,
    ownNulls: true,
  };
}

/** Equality, order and choice between values of one type. */
export const COMPARISON_FUNCTIONS: Catalogue = {
  '=': compared('=', (sign) => sign === 0),
  '<>': compared('<>', (sign) => sign !== 0),
  '<': compared('<', (sign) => sign < 0),
  '<=': compared('<=', (sign) => sign <= 0),
  '>': compared('>', (sign) => sign > 0),
  '>=': compared('>=', (sign) => sign >= 0),
  is_distinct_from: distinct('IS DISTINCT FROM', false),
  is_not_distinct_from: distinct('IS NOT DISTINCT FROM', true),
  least: extreme('least', -1),
  greatest: extreme('greatest', 1),
  nullif: {
    sql: plainCall('nullif'),
    evaluate: (a = null, b = null) => (a !== null && b !== null && order(a, b) === 0 ? null : a),
    cost: 1,
    ownNulls: true,
  },
};
