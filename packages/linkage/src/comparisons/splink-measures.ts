import { call, type Expression, eachOf, left, literal, right } from '../expression/expression.ts';
import type { DateInput, DateUnit } from '../levels/date-levels.ts';
import type { Comparison, ComparisonLevel } from '../model/model.ts';
import {
  binary,
  either,
  elseShape,
  exactShape,
  formOf,
  levelOf,
  missing,
  nullShape,
  numberShape,
  type Shape,
  type Sides,
  shapeCall,
  sidesOf,
  similar,
  textShape,
} from './splink-shapes.ts';

const SECONDS: Readonly<Record<DateUnit, number>> = {
  day: 86_400,
  month: (365.25 / 12) * 86_400,
  year: 365.25 * 86_400,
};

const parsed = (side: Shape): Shape => shapeCall('try_strptime', [side, textShape('%Y-%m-%d')]);

/** A threshold in seconds, spelled as Python spells a float. */
const secondsShape = (value: number): Shape => ({
  sql: Number.isInteger(value) ? `${value}.0` : String(value),
  condition: literal(value),
});

function dateDistance(sides: Sides, input: DateInput, amount: number, unit: DateUnit): Shape {
  const { l, r } = formOf(sides, (side) =>
    shapeCall('epoch', [input === 'text' ? parsed(side) : side], 'EPOCH'),
  );
  return binary('<=', shapeCall('abs', [binary('-', l, r)], 'ABS'), secondsShape(amount * SECONDS[unit]));
}

export interface DateOfBirthOptions {
  /** `text` for `yyyy-mm-dd` (Splink’s `input_is_string`), the default; `date` for a DATE column. */
  readonly input?: DateInput;
  readonly within?: readonly (readonly [amount: number, unit: DateUnit])[];
}

/** Splink’s DateOfBirthComparison: equal, Damerau–Levenshtein 1, within a month, a year, ten years; no date is missing. */
export function dateOfBirthComparison<Column extends string>(
  name: Column,
  options: DateOfBirthOptions = {},
): Comparison<Column> {
  const {
    input = 'text',
    within = [
      [1, 'month'],
      [1, 'year'],
      [10, 'year'],
    ],
  } = options;
  const sides = sidesOf(name);
  const texts = input === 'text' ? sides : formOf(sides, asText);
  const near = within.map(([amount, unit]) =>
    levelOf(`Abs date difference <= ${amount} ${unit}`, dateDistance(sides, input, amount, unit)),
  );
  return {
    name,
    columns: [name],
    levels: [
      nullShape(
        input === 'text' ? `transformed ${name}` : name,
        missing(input === 'text' ? formOf(sides, parsed) : sides),
      ),
      exactShape('date of birth', sides),
      levelOf('DamerauLevenshtein distance <= 1', similar('damerau_levenshtein', texts, '<=', 1)),
      ...near,
      elseShape,
    ],
  };
}

/** As sqlglot writes `cast(x as string)` for DuckDB. */
function asText({ sql, condition }: Shape): Shape {
  return { sql: `CAST(${sql} AS TEXT)`, condition: call('cast', condition, 'VARCHAR') };
}

/** Splink’s AbsoluteDateDifferenceAtThresholds: equal, then within each distance. */
export function splinkDateDifference<Column extends string>(
  name: Column,
  within: readonly (readonly [amount: number, unit: DateUnit])[],
  input: DateInput = 'text',
): Comparison<Column> {
  const sides = sidesOf(name);
  const near = within.map(([amount, unit]) =>
    levelOf(
      `Abs difference of 'transformed ${name} <= ${amount} ${unit}'`,
      dateDistance(sides, input, amount, unit),
    ),
  );
  return {
    name,
    columns: [name],
    levels: [
      nullShape(`transformed ${name}`, missing(input === 'text' ? formOf(sides, parsed) : sides)),
      exactShape(name, sides),
      ...near,
      elseShape,
    ],
  };
}

/** Splink’s DistanceInKMAtThresholds: great circle by the law of cosines, as a FLOAT. */
export function splinkDistanceInKm<Latitude extends string, Longitude extends string>(
  latitude: Latitude,
  longitude: Longitude,
  kilometres: readonly number[] = [1, 10],
): Comparison<Latitude | Longitude> {
  const [lat, lon] = [sidesOf(latitude), sidesOf(longitude)];
  const near = kilometres.map((km) =>
    levelOf(`Distance less than ${km}km`, binary('<=', lawOfCosines(lat, lon), numberShape(km))),
  );
  return {
    name: `${latitude}_${longitude}`,
    columns: [latitude, longitude],
    levels: [
      levelOf(`(${latitude} is NULL) OR (${longitude} is NULL)`, either(missing(lat), missing(lon)), {
        isNull: true,
      }),
      ...near,
      elseShape,
    ],
  };
}

function lawOfCosines(lat: Sides, lon: Sides): Shape {
  const one = (name: string, side: Shape): Shape => shapeCall(name, [shapeCall('radians', [side])]);
  const times = (a: Shape, b: Shape): Shape => binary('*', a, b);
  const along = binary('-', lon.r, lon.l);
  const cosine = binary(
    '+',
    times(one('sin', lat.l), one('sin', lat.r)),
    times(times(one('cos', lat.l), one('cos', lat.r)), one('cos', along)),
  );
  const clipped: Shape = {
    sql: `case when (${cosine.sql}) > 1 then 1 when (${cosine.sql}) < -1 then -1 else (${cosine.sql}) end`,
    condition: call(
      'case',
      call('>', cosine.condition, 1),
      1,
      call('<', cosine.condition, -1),
      -1,
      cosine.condition,
    ),
  };
  const km = binary('*', shapeCall('acos', [clipped]), numberShape(6371));
  return { sql: `cast(${km.sql} as float)`, condition: call('cast', km.condition, 'FLOAT') };
}

/** Splink’s CosineSimilarityAtThresholds, on `FLOAT[n]` columns. */
export function splinkCosine<Column extends string>(
  name: Column,
  thresholds: readonly number[] = [0.9, 0.8, 0.7],
): Comparison<Column> {
  const sides = sidesOf(name);
  const near = thresholds.map((threshold) =>
    levelOf(
      `Cosine similarity of ${name} >= ${threshold}`,
      similar('array_cosine_similarity', sides, '>=', threshold),
    ),
  );
  return { name, columns: [name], levels: [nullShape(name, missing(sides)), ...near, elseShape] };
}

/** Splink’s PairwiseStringDistanceFunctionAtThresholds, for Jaro–Winkler: the best pair of two arrays. */
export function splinkPairwise<Column extends string>(
  name: Column,
  thresholds: readonly number[] = [0.9, 0.7],
): Comparison<Column> {
  const { l, r } = sidesOf(name);
  const intersects = binary(
    '>=',
    shapeCall('length', [shapeCall('list_intersect', [l, r])], 'array_length'),
    numberShape(1),
  );
  const near = thresholds.map((threshold) =>
    levelOf(
      `Max \`jaro_winkler\` distance of '${name} >= than ${threshold}'`,
      binary('>=', bestPair(name), numberShape(threshold)),
    ),
  );
  const levels: readonly ComparisonLevel[] = [
    nullShape(name, missing({ l, r })),
    levelOf('Array intersection size >= 1', intersects),
    ...near,
    elseShape,
  ];
  return { name, columns: [name], levels };
}

function bestPair(name: string): Shape {
  const { l, r } = sidesOf(name);
  const pairs = eachOf(left(name), (x) => eachOf(right(name), (y) => call('list_value', x, y), 'y'));
  const element = (pair: Expression, index: number): Expression => call('list_extract', pair, index);
  const measured = eachOf(
    call('flatten', pairs),
    (pair) => call('jaro_winkler_similarity', element(pair, 1), element(pair, 2)),
    'pair',
  );
  const flat = `flatten(list_transform(${l.sql}, x -> list_transform(${r.sql}, y -> [x, y])))`;
  return {
    sql: `list_max(list_transform(${flat}, pair -> jaro_winkler_similarity(pair[1], pair[2])))`,
    condition: call('list_max', measured),
  };
}
