import {
  and,
  call,
  column,
  different,
  type Expression,
  equal,
  isNull,
  left,
  not,
  or,
  right,
} from '../expression/expression.ts';
import { exactLevel, nullLevel } from '../levels/levels.ts';
import { type Comparison, type ComparisonLevel, type Derivation, level, otherwise } from '../model/model.ts';
import { type Prepared, prepared } from './prepared.ts';

/**
 * Places known at several scales, from the finest column to the coarsest: equal at the first at which they are (the finest
 * weighs more when rare). Missing when the coarsest is.
 */
export function placeHierarchy<Column extends string>(
  name: string,
  columns: readonly [Column, ...Column[]],
): Comparison<Column> {
  const [finest, ...coarser] = columns;
  return {
    name,
    columns: [...columns],
    levels: [
      nullLevel(coarser.at(-1) ?? finest),
      exactLevel(finest, { termFrequency: true }),
      ...coarser.map((scale) => exactLevel(scale)),
      otherwise(),
    ],
  };
}

export interface FrenchPlaceOptions {
  /** Column with the code that the commune has today, after mergers; missing where it has not changed. */
  readonly successor?: string;
  /** Column with the code of the canton. */
  readonly canton?: string;
}

/** Cities whose arrondissements have codes of their own. Source: Code officiel géographique. */
const ARRONDISSEMENTS: readonly (readonly [pattern: string, city: string])[] = [
  ['751__', '75056'],
  ['6938_', '69123'],
  ['132__', '13055'],
];
const FRANCE = '99100';

/**
 * Birth places by INSEE code (commune, or 99xxx for a country): the same commune (rare ones weigh more), the same after
 * mergers or as arrondissement and city, the same canton, département, foreign country, both in France.
 */
export function frenchPlace<Column extends string>(
  name: Column,
  options: FrenchPlaceOptions = {},
): Prepared<Column> {
  const { canton } = options;
  const part = (suffix: string): string => `${name}_${suffix}`;
  const country = part('country');
  return {
    derivations: prepared(...placeColumns(name, options)),
    comparisons: [
      {
        name,
        columns: [],
        levels: [
          nullLevel(country),
          exactLevel(part('commune'), { termFrequency: true }),
          exactLevel(part('city')),
          ...(canton === undefined ? [] : [exactLevel(canton)]),
          exactLevel(part('department')),
          sameForeignCountry(country),
          exactLevel(country),
          otherwise(),
        ],
      },
    ],
  };
}

function sameForeignCountry(country: string): ComparisonLevel {
  const same = equal(left(country), right(country));
  return level('same foreign country', and(same, different(left(country), FRANCE)));
}

function placeColumns(name: string, { successor }: FrenchPlaceOptions): readonly Derivation[] {
  const code = column(name);
  const abroad = call('starts_with', code, '99');
  const inFrance = (value: Expression): Expression => call('case', not(abroad), value, null);
  const today = successor === undefined ? code : call('coalesce', column(successor), code);
  const cities = ARRONDISSEMENTS.flatMap(([pattern, city]) => [call('~~', code, pattern), city]);
  const overseas = or(call('starts_with', code, '97'), call('starts_with', code, '98'));
  const department = call('substr', code, 1, call('case', overseas, 3, 2));
  return [
    { name: `${name}_commune`, expression: inFrance(code) },
    { name: `${name}_city`, expression: inFrance(call('case', ...cities, today)) },
    { name: `${name}_department`, expression: inFrance(department) },
    {
      name: `${name}_country`,
      expression: call('case', isNull(code), null, abroad, code, FRANCE),
    },
  ];
}
