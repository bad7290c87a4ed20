import { pairColumns } from '../blocking/candidate-pairs.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { LinkSession } from '../session.ts';
import { placeOfColumn, speltColumns, speltJoinsSql } from './spelt-texts.ts';

/**
 * SELECT of the pairs `p` of `pairs`, what follows FROM, with these columns of both records, as `x_l` and `x_r`. Texts are fetched by their
 * number, after the records: each stands once, whoever bears it, and no record carries them along.
 */
export function bothRecordsSql(
  { records, tables }: Pick<LinkSession, 'records' | 'tables'>,
  pairs: string,
  columns: readonly string[],
): string {
  if (tables === undefined)
    return `SELECT ${['p.*', ...pairColumns(columns)].join(', ')} FROM ${pairs} p
        JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r`;
  const { base, spelt } = tables;
  const places = new Set(columns.map((name) => placeOfColumn(spelt, name)));
  const sides = ['l', 'r'];
  const selected = columns.flatMap((name) => {
    const place = placeOfColumn(spelt, name);
    return sides.map(
      (side) =>
        `${place < 0 ? side : `${side}_${place}`}.${quoteName(name)} AS ${quoteName(`${name}_${side}`)}`,
    );
  });
  const joins = sides.flatMap((side) =>
    speltJoinsSql(spelt, side).filter((_join, place) => places.has(place)),
  );
  return `SELECT ${['p.*', ...selected].join(', ')} FROM ${pairs} p
        JOIN ${base} l ON l.rid = p.rid_l JOIN ${base} r ON r.rid = p.rid_r ${joins.join(' ')}`;
}

/**
 * What follows FROM for all records, with these columns and the numbers of their texts: the base alone where it has them, for texts are then
 * fetched for nobody.
 */
export function withColumns(
  { records, tables }: Pick<LinkSession, 'records' | 'tables'>,
  columns: readonly string[],
): string {
  if (tables === undefined) return records;
  const { base, spelt } = tables;
  const needed = spelt.map((one) => speltColumns(one).filter((name) => columns.includes(name)));
  if (needed.every((names) => names.length === 0)) return base;
  const selected = needed.flatMap((names, place) => names.map((name) => `b_${place}.${quoteName(name)}`));
  const joins = speltJoinsSql(spelt, 'b').filter((_join, place) => needed[place]?.length !== 0);
  return `(SELECT ${['b.*', ...selected].join(', ')} FROM ${base} b ${joins.join(' ')})`;
}
