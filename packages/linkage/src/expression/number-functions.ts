import { daysOf } from './civil-date.ts';
import type { Value } from './expression.ts';
import { type Catalogue, type FunctionDefinition, infix, listOf, plain } from './function-definition.ts';

function numbers(operator: string, of: (a: number, b: number) => number): FunctionDefinition {
  return { sql: infix(operator), evaluate: (a, b) => of(Number(a), Number(b)), cost: 1 };
}

const ofOne = (name: string, of: (a: number) => number): FunctionDefinition =>
  plain(name, (a) => of(Number(a)));

/** Numbers, their opposite, or the days between two dates: what the operator means depends on what it stands between. */
function minus(a: Value = null, b?: Value): Value {
  if (b === undefined) return -Number(a);
  if (typeof a === 'string' && typeof b === 'string') {
    const [from, to] = [daysOf(b), daysOf(a)];
    return from === undefined || to === undefined ? null : to - from;
  }
  return Number(a) - Number(b);
}

const radians = (degrees: number): number => degrees * (Math.PI / 180);

/** Mean radius of the earth, in km. */
export const EARTH_RADIUS_KM = 6371;

/** Great-circle distance in km, by the haversine formula: exact for near places too. */
function greatCircle(latA: number, lonA: number, latB: number, lonB: number): number {
  const part = (angle: number): number => Math.sin(radians(angle) / 2) ** 2;
  const chord = part(latB - latA) + Math.cos(radians(latA)) * Math.cos(radians(latB)) * part(lonB - lonA);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function greatCircleSql(latA: string, lonA: string, latB: string, lonB: string): string {
  const part = (from: string, to: string): string => `pow(sin(radians(${to} - ${from}) / 2), 2)`;
  const chord = `${part(latA, latB)} + cos(radians(${latA})) * cos(radians(${latB})) * ${part(lonA, lonB)}`;
  // Not `least(1, …)`, which would take NULL for 1.
  return `(${2 * EARTH_RADIUS_KM} * asin(sqrt(CASE WHEN ${chord} > 1 THEN 1 ELSE ${chord} END)))`;
}

/** Single precision, as the engine's FLOAT arrays. The engine gives −1 when one of them is nothing but zeros. */
function cosine(a: readonly Value[], b: readonly Value[]): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [Math.fround(Number(a[index])), Math.fround(Number(b[index]))];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const similarity = product / Math.sqrt(squareA * squareB);
  return Number.isNaN(similarity) ? -1 : Math.max(-1, Math.min(1, similarity));
}

/** Arithmetic, in doubles, and what is measured on a sphere. */
export const NUMBER_FUNCTIONS: Catalogue = {
  '+': numbers('+', (a, b) => a + b),
  '-': { sql: infix('-'), evaluate: minus, cost: 1 },
  '*': numbers('*', (a, b) => a * b),
  '/': numbers('/', (a, b) => a / b),
  abs: ofOne('abs', Math.abs),
  sqrt: ofOne('sqrt', Math.sqrt),
  sin: ofOne('sin', Math.sin),
  cos: ofOne('cos', Math.cos),
  asin: ofOne('asin', Math.asin),
  acos: ofOne('acos', Math.acos),
  radians: ofOne('radians', radians),
  pow: plain('pow', (a, b) => Number(a) ** Number(b)),
  great_circle_km: {
    sql: greatCircleSql,
    evaluate: (latA, lonA, latB, lonB) => greatCircle(Number(latA), Number(lonA), Number(latB), Number(lonB)),
    cost: 4,
  },
  array_cosine_similarity: plain('array_cosine_similarity', (a, b) => cosine(listOf(a), listOf(b)), 40),
};
