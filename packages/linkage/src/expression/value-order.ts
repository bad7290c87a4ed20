import type { Value } from './expression.ts';

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/**
 * Order of two values as the engine has it, below, at or above 0: texts by their UTF-8 bytes, NaN above all numbers,
 * lists element by element with NULL last. A text beside a number counts as the number it spells.
 */
export function order(a: Value, b: Value): number {
  if (isList(a) && isList(b)) return orderOfLists(a, b);
  if (typeof a === 'string' && typeof b === 'string') return orderOfTexts(a, b);
  return orderOfNumbers(Number(a), Number(b));
}

function orderOfTexts(a: string, b: string): number {
  if (a === b) return 0;
  for (let index = 0; index < a.length && index < b.length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x === y) continue;
    // Code units order as bytes do, save for the halves of characters beyond U+FFFF.
    return x >= 0xd800 || y >= 0xd800 ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : x - y;
  }
  return a.length - b.length;
}

function orderOfNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

function orderOfLists(a: readonly Value[], b: readonly Value[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const sign = orderNullsLast(a[index] ?? null, b[index] ?? null);
    if (sign !== 0) return sign;
  }
  return a.length - b.length;
}

/** The order inside lists: NULL equals NULL and comes after everything. */
export function orderNullsLast(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return order(a, b);
}

/** Elements that are not NULL, each once, in ascending order. */
export function sortedDistinct(values: readonly Value[]): readonly Value[] {
  const sorted = values.filter((value) => value !== null).sort(order);
  return sorted.filter((value, index) => index === 0 || order(sorted[index - 1] ?? null, value) !== 0);
}

/** Elements of `a` that `b` holds too, each once, in ascending order; NULL is nobody's. */
export function sharedElements(a: readonly Value[], b: readonly Value[]): readonly Value[] {
  if (a.some(isList)) {
    const other = sortedDistinct(b);
    return sortedDistinct(a).filter((value) => other.some((one) => order(one, value) === 0));
  }
  const other = new Set(b);
  return sortedDistinct(a).filter((value) => other.has(value));
}
