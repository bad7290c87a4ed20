import { and } from '../expression/expression.ts';
import type { Comparison, ComparisonLevel } from '../model/model.ts';
import {
  binary,
  both,
  elseShape,
  exactShape,
  formOf,
  found,
  levelOf,
  missing,
  nullShape,
  numberShape,
  type Shape,
  type Sides,
  same,
  shapeCall,
  sidesOf,
  similar,
} from './splink-shapes.ts';

/** Splink’s ExactMatch. */
export function splinkExactMatch<Column extends string>(
  name: Column,
  termFrequency = false,
): Comparison<Column> {
  const sides = sidesOf(name);
  const exact = exactShape(name, sides, termFrequency ? name : undefined);
  return { name, columns: [name], levels: [nullShape(name, missing(sides)), exact, elseShape] };
}

/** The functions of Splink’s …AtThresholds, by how they are called there. */
const MEASURES = {
  levenshtein: { label: 'Levenshtein distance', sql: 'levenshtein', operator: '<=' },
  damerau_levenshtein: {
    label: 'Damerau-Levenshtein distance',
    sql: 'damerau_levenshtein',
    operator: '<=',
  },
  jaro: { label: 'Jaro distance', sql: 'jaro_similarity', operator: '>=' },
  jaro_winkler: { label: 'Jaro-Winkler distance', sql: 'jaro_winkler_similarity', operator: '>=' },
  jaccard: { label: 'Jaccard distance', sql: 'jaccard', operator: '>=' },
} as const;

/** Default thresholds: 1 and 2 for distances, 0.9 and 0.7 for similarities. Source: Splink 4. */
const DEFAULTS = { '<=': [1, 2], '>=': [0.9, 0.7] } as const;

/** Splink’s LevenshteinAtThresholds, JaroWinklerAtThresholds and their like. */
export function splinkAtThresholds<Column extends string>(
  name: Column,
  measure: keyof typeof MEASURES,
  thresholds?: readonly number[],
): Comparison<Column> {
  const sides = sidesOf(name);
  const { label, sql, operator } = MEASURES[measure];
  const near = (thresholds ?? DEFAULTS[operator]).map((threshold) =>
    levelOf(`${label} of ${name} ${operator} ${threshold}`, similar(sql, sides, operator, threshold)),
  );
  const levels = [nullShape(name, missing(sides)), exactShape(name, sides), ...near, elseShape];
  return { name, columns: [name], levels };
}

const jaroWinkler = (label: string, sides: Sides, threshold: number): ComparisonLevel =>
  levelOf(
    `Jaro-Winkler distance of ${label} >= ${threshold}`,
    similar('jaro_winkler_similarity', sides, '>=', threshold),
  );

/** Splink’s NameComparison: equal (term frequencies), Jaro–Winkler 0.92, 0.88, phonetic keys in common, 0.7. */
export function nameComparison<Column extends string, Keys extends string = never>(
  name: Column,
  options: { readonly thresholds?: readonly number[]; readonly phoneticKeys?: Keys } = {},
): Comparison<Column | Keys> {
  const { thresholds = [0.92, 0.88, 0.7], phoneticKeys } = options;
  const sides = sidesOf(name);
  const near = (wanted: (threshold: number) => boolean) =>
    thresholds.filter(wanted).map((threshold) => jaroWinkler(name, sides, threshold));
  return {
    name: phoneticKeys === undefined ? name : `${name}_${phoneticKeys}`,
    columns: phoneticKeys === undefined ? [name] : [name, phoneticKeys],
    levels: [
      nullShape(name, missing(sides)),
      exactShape(name, sides, name),
      ...near((threshold) => threshold >= 0.88),
      ...(phoneticKeys === undefined ? [] : [intersects(phoneticKeys, 1)]),
      ...near((threshold) => threshold < 0.88),
      elseShape,
    ],
  };
}

/** `array_length(list_intersect(a, b)) >= size`. */
function intersects(name: string, size: number): ComparisonLevel {
  const { l, r } = sidesOf(name);
  const length = shapeCall('length', [shapeCall('list_intersect', [l, r])], 'array_length');
  return levelOf(`Array intersection size >= ${size}`, binary('>=', length, numberShape(size)));
}

/** Splink’s ArrayIntersectAtSizes. */
export function splinkArrayIntersect<Column extends string>(
  name: Column,
  sizes: readonly number[] = [1],
): Comparison<Column> {
  const overlaps = sizes.map((size) => intersects(name, size));
  return { name, columns: [name], levels: [nullShape(name, missing(sidesOf(name))), ...overlaps, elseShape] };
}

/**
 * Splink’s ForenameSurnameComparison. `concatenated` names a column with both names in one, so that a whole name can be
 * weighed by its frequency.
 */
export function forenameSurnameComparison<
  Forename extends string,
  Surname extends string,
  Concatenated extends string = never,
>(
  forename: Forename,
  surname: Surname,
  options: { readonly thresholds?: readonly number[]; readonly concatenated?: Concatenated } = {},
): Comparison<Forename | Surname | Concatenated> {
  const { thresholds = [0.92, 0.88], concatenated } = options;
  const [first, family] = [sidesOf(forename), sidesOf(surname)];
  const jaroWinklerOf = (sides: Sides, threshold: number): Shape =>
    similar('jaro_winkler_similarity', sides, '>=', threshold);
  const labelled = (threshold: number): string =>
    [forename, surname].map((name) => `(Jaro-Winkler distance of ${name} >= ${threshold})`).join(' AND ');
  const reversed: Shape = {
    sql: `${binary('=', first.l, family.r).sql} AND ${binary('=', first.r, family.l).sql}`,
    condition: and(binary('=', first.l, family.r).condition, binary('=', first.r, family.l).condition),
  };
  const whole =
    concatenated === undefined
      ? levelOf(
          `(Exact match on ${forename}) AND (Exact match on ${surname})`,
          both(same(first), same(family)),
        )
      : exactShape(concatenated, sidesOf(concatenated), concatenated);
  return {
    name: `${forename}_${surname}`,
    columns: concatenated === undefined ? [forename, surname] : [forename, surname, concatenated],
    levels: [
      levelOf(`(${forename} is NULL) AND (${surname} is NULL)`, both(missing(first), missing(family)), {
        isNull: true,
      }),
      whole,
      levelOf(`Match on reversed cols: ${forename} and ${surname} (both directions)`, reversed),
      ...thresholds.map((threshold) =>
        levelOf(labelled(threshold), both(jaroWinklerOf(first, threshold), jaroWinklerOf(family, threshold))),
      ),
      exactShape(surname, family, surname),
      exactShape(forename, first, forename),
      elseShape,
    ],
  };
}

/** Splink’s EmailComparison: equal (term frequencies), the same user, Jaro–Winkler 0.88 of the whole, of the user. */
export function emailComparison<Column extends string>(name: Column): Comparison<Column> {
  const sides = sidesOf(name);
  const users = formOf(sides, found('^[^@]+'));
  return {
    name,
    columns: [name],
    levels: [
      nullShape(name, missing(sides)),
      exactShape(name, sides, name),
      exactShape('username', users),
      jaroWinkler(name, sides, 0.88),
      levelOf('Jaro-Winkler >0.88 on username', similar('jaro_winkler_similarity', users, '>=', 0.88)),
      elseShape,
    ],
  };
}

/** Splink’s PostcodeComparison (British): equal, the same sector, district, area. */
export function postcodeComparison<Column extends string>(name: Column): Comparison<Column> {
  const sides = sidesOf(name);
  const parts = [
    ['sector', '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]'],
    ['district', '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?'],
    ['area', '^[A-Za-z]{1,2}'],
  ] as const;
  return {
    name,
    columns: [name],
    levels: [
      nullShape(name, missing(sides)),
      exactShape('full postcode', sides),
      ...parts.map(([part, pattern]) => exactShape(part, formOf(sides, found(pattern)))),
      elseShape,
    ],
  };
}
