import { type Prepared, prepared } from '../comparisons/prepared.ts';
import { and, call, column, type Expression, equal, left, or, right } from '../expression/expression.ts';
import { exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import { type ComparisonLevel, type Derivation, level, otherwise } from '../model/model.ts';
import { firstNameGroup } from './first-name-groups.ts';
import { damagedPattern } from './mojibake.ts';
import { compactKey, firstNameList, frenchNameKey } from './name-keys.ts';
import { frenchPhonetic } from './phonetic.ts';

export interface FirstNamesOptions<More extends string> {
  /** Columns with the second first name and the following, when they are not all in one. */
  readonly more?: readonly More[];
  /** Letters from which the beginning of a first name may stand for it. */
  readonly truncatedFrom?: number;
  /** Jaro–Winkler similarity from which two first names are near. */
  readonly near?: number;
  /** Least frequency of a first name that is believed, 0 to 1. */
  readonly minimumU?: number;
}

/**
 * French first names, from the surest: all equal, the first equal (rare ones weigh more); the same ones in another order;
 * the first of one is any of the other’s (many go by their second); a compound cut in two, a name cut short, an initial,
 * or letters lost; diminutives and short forms; near (Jaro–Winkler); said alike. All keys are made once for each record:
 * columns `<name>_key`, `_list`, `_first`, `_set`, `_group`, `_sound`, `_damaged`.
 */
export function frenchFirstNames<Name extends string, More extends string = never>(
  name: Name,
  options: FirstNamesOptions<More> = {},
): Prepared<Name | More> {
  const { more = [], truncatedFrom = 5, near = 0.92, minimumU = 0 } = options;
  const part = (suffix: string): string => `${name}_${suffix}`;
  const [first, list] = [part('first'), part('list')];
  const anyOf = (one: Expression, all: Expression): Expression => call('list_contains', all, one);
  return {
    derivations: prepared(...firstNameColumns(name, more)),
    comparisons: [
      {
        name,
        columns: [],
        levels: [
          nullLevel(first),
          exactLevel(part('key'), { termFrequency: true, minimumU }),
          exactLevel(first, { termFrequency: true, minimumU }),
          level(`${name}: same ones in another order`, equal(left(part('set')), right(part('set')))),
          level(
            `${name}: first of one is any of the other`,
            or(anyOf(left(first), right(list)), anyOf(right(first), left(list))),
          ),
          shortenedLevel(name, truncatedFrom),
          level(`${name}: diminutive or short form`, equal(left(part('group')), right(part('group')))),
          similarityLevel(first, 'jaro_winkler_similarity', near),
          level(`${name} said alike`, equal(left(part('sound')), right(part('sound')))),
          otherwise(),
        ],
      },
    ],
  };
}

/** A compound name of which one half is left, a name cut short, an initial, or letters lost. */
function shortenedLevel(name: string, truncatedFrom: number): ComparisonLevel {
  const [first, key, damaged] = [`${name}_first`, `${name}_key`, `${name}_damaged`];
  const shortened = (short: Expression, long: Expression): Expression =>
    or(
      call('starts_with', long, call('||', short, ' ')),
      call('suffix', long, call('||', ' ', short)),
      and(
        or(equal(call('length', short), 1), call('>=', call('length', short), truncatedFrom)),
        call('starts_with', long, short),
      ),
    );
  const fits = (pattern: Expression, whole: Expression): Expression => call('~~', compactKey(whole), pattern);
  return level(
    `${name}: one is cut or damaged`,
    or(
      shortened(left(first), right(first)),
      shortened(right(first), left(first)),
      fits(left(damaged), right(key)),
      fits(right(damaged), left(key)),
    ),
  );
}

function firstNameColumns(name: string, more: readonly string[]): readonly Derivation[] {
  // Hyphens hold within one column, and columns are apart.
  const text = more.reduce<Expression>(
    (sofar, next) => call('||', call('||', sofar, ' '), call('coalesce', column(next), '')),
    more.length === 0 ? column(name) : call('coalesce', column(name), ''),
  );
  const of = (suffix: string): Expression => column(`${name}_${suffix}`);
  return [
    { name: `${name}_list`, expression: firstNameList(text) },
    { name: `${name}_key`, expression: call('nullif', call('array_to_string', of('list'), ' '), '') },
    { name: `${name}_first`, expression: call('list_extract', of('list'), 1) },
    { name: `${name}_set`, expression: call('list_distinct', of('list')) },
    { name: `${name}_group`, expression: firstNameGroup(of('first')) },
    { name: `${name}_sound`, expression: frenchPhonetic(of('first')) },
    { name: `${name}_damaged`, expression: damagedPattern(text, frenchNameKey) },
  ];
}
