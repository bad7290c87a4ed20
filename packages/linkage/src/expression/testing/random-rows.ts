import fc from 'fast-check';
import type { Row, Value } from '../expression.ts';
import type { ColumnTypes } from './both-readings.ts';

/** Columns of every kind, in pairs. `t` texts, `n` doubles, `i` integers, `d` dates, `l` lists, `v` vectors. */
export const TYPES: ColumnTypes = {
  t1: 'VARCHAR',
  t2: 'VARCHAR',
  dt: 'VARCHAR',
  nt: 'VARCHAR',
  n1: 'DOUBLE',
  n2: 'DOUBLE',
  i1: 'INTEGER',
  i2: 'INTEGER',
  d1: 'DATE',
  d2: 'DATE',
  b1: 'BOOLEAN',
  b2: 'BOOLEAN',
  l1: 'VARCHAR[]',
  l2: 'VARCHAR[]',
  x1: 'DOUBLE[]',
  v1: 'FLOAT[2]',
  v2: 'FLOAT[2]',
  lat: 'DOUBLE',
  lon: 'DOUBLE',
};

const CHARACTERS = [..."aabbcABéÉàœŒßẞİıñÇüÿ'’-. \t\n %_\\?1290\u00a0\u0301\u{1f600}ЖΣαᾀ中가"];
const character = fc.constantFrom(...CHARACTERS);
export const nastyText = fc.oneof(
  fc.string({ unit: character, maxLength: 9 }),
  // Beyond the 64 bytes at which the engine changes its algorithm.
  fc.string({ unit: fc.constantFrom(...'abcé '), minLength: 50, maxLength: 90 }),
  fc.constantFrom('', ' ', 'a', 'ab', 'MARTIN', 'Hélène', 'jean-pierre'),
);

/** A text, and another that differs from it by an edit or two, or by everything. */
const twoTexts = fc.oneof(
  fc.tuple(nastyText, nastyText),
  fc.tuple(nastyText, fc.nat(9), character, fc.nat(2)).map(([text, place, other, kind]): [string, string] => {
    const letters = [...text];
    if (kind === 0) letters.splice(place, 1);
    if (kind === 1) letters.splice(place, 0, other);
    if (kind === 2) letters.splice(place, 2, ...letters.slice(place, place + 2).reverse());
    return [text, letters.join('')];
  }),
);

const or = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 8 });

export const civilDate = fc
  .tuple(
    fc.integer({ min: 1890, max: 2030 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));

/** Texts that are, or nearly are, dates. */
const dateText = fc.oneof(
  civilDate,
  // Years before Christ are not modelled.
  fc.string({ unit: fc.constantFrom(...'0123- /'), maxLength: 11 }).filter((text) => !/^ *-/.test(text)),
  fc
    .tuple(
      fc.constantFrom('', ' ', '\t'),
      fc.nat(2100),
      fc.constantFrom('-', '/', ' ', '\\', '.'),
      fc.nat(13),
      fc.constantFrom('-', '/', ' '),
      fc.nat(32),
      fc.constantFrom('', '', ' ', 'x', '1', ' 10:00:00', 'T10'),
    )
    .map((parts) => parts.join('')),
  fc.tuple(fc.nat(31), fc.nat(13), fc.nat(2100)).map((parts) => parts.join('/')),
);

const numberText = fc.oneof(
  // The engine lets odd ends through after an exponent, and a sign alone: not modelled.
  fc
    .string({ unit: fc.constantFrom(...'0125.-+e_ '), maxLength: 6 })
    .filter((text) => !/e(?![+-]?\d)|e.*[._]|^ *[+-] *$/.test(text)),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
  fc.constantFrom('', 'abc', '12', ' 7 ', '1e3', '2.5', '-2.5', 'nan', '-inf', 'Infinity'),
);

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 0.5, 1.5, 2.5, Number.NaN, Infinity, -Infinity),
);
const list = <T extends Value>(of: fc.Arbitrary<T>) => fc.array(or(of), { maxLength: 4 });
const vector = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));

const arbitraryRow: fc.Arbitrary<Row> = fc
  .record({
    texts: twoTexts,
    holes: fc.tuple(fc.nat(9), fc.nat(9)),
    dt: or(dateText),
    nt: or(numberText),
    n1: or(number),
    n2: or(number),
    i1: or(fc.integer({ min: -9, max: 9 })),
    i2: or(fc.integer({ min: -9, max: 9 })),
    d1: or(civilDate),
    d2: or(civilDate),
    b1: or(fc.boolean()),
    b2: or(fc.boolean()),
    l1: or(list(fc.constantFrom('a', 'b', 'é', 'ab', ''))),
    l2: or(list(fc.constantFrom('a', 'b', 'é', 'ab', ''))),
    // The engine keeps several NaN in a list of distinct values.
    x1: or(list(number.filter((one) => !Number.isNaN(one)))),
    v1: or(vector),
    v2: or(vector),
    lat: or(fc.double({ min: -90, max: 90, noNaN: true })),
    lon: or(fc.double({ min: -180, max: 180, noNaN: true })),
  })
  .map(({ texts: [t1, t2], holes: [hole1, hole2], ...rest }) => ({
    ...rest,
    t1: hole1 === 0 ? null : t1,
    t2: hole2 === 0 ? null : t2,
  }));

export function randomRows(count: number, seed: number): readonly Row[] {
  return fc.sample(arbitraryRow, { seed, numRuns: count });
}
