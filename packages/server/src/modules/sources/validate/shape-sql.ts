import { literal } from '../../../platform/duckdb/sql.ts';

/** One place of a shape: a class of ASCII characters or one plain character, and how often. */
const PLACE = /(\[[0-9A-Za-z-]+\]|[0-9A-Za-z/-])(?:\{(\d+)\})?/y;

/**
 * SQL that is true when the text `sql` has one of `shapes` as a whole, NULL for NULL. A shape is a regular expression of
 * classes, characters and `{n}`, without anchors, optional parts or alternatives: `[0-9]{9}[A-Z]{2}`. Such shapes are
 * written as GLOB, which the engine tests in half the time of a regular expression; several stand for optional parts.
 * Throws for a shape that GLOB cannot say.
 */
export function shapedSql(sql: string, ...shapes: readonly string[]): string {
  const byLength = new Map<number, string[]>();
  for (const shape of shapes) {
    const { glob, length } = globOf(shape);
    byLength.set(length, [...(byLength.get(length) ?? []), `${sql} GLOB ${literal(glob)}`]);
  }
  const [last = '', ...others] = [...byLength.values()].map((tests) => tests.join(' OR ')).reverse();
  if (others.length === 0) return `(${last})`;
  // The length, which is at hand, says which shape to try.
  const lengths = [...byLength.keys()];
  const cases = others.reverse().map((tests, index) => `WHEN ${lengths[index]} THEN ${tests}`);
  return `(CASE strlen(${sql}) ${cases.join(' ')} ELSE ${last} END)`;
}

/** `length` in characters, which are as many bytes: all are ASCII. */
function globOf(shape: string): { glob: string; length: number } {
  let glob = '';
  let length = 0;
  let at = 0;
  while (at < shape.length) {
    PLACE.lastIndex = at;
    const [whole, place = '', times = '1'] = PLACE.exec(shape) ?? [];
    if (whole === undefined) throw new Error(`not a shape: ${shape}`);
    glob += place.repeat(Number(times));
    length += Number(times);
    at += whole.length;
  }
  return { glob, length };
}

/** The shape inside a pattern that is anchored at both ends, as `contract` publishes them. */
export function shapeOf(pattern: string): string {
  return pattern.replace(/^\^|\$$/g, '');
}
