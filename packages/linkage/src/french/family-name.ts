import { type Prepared, prepared } from '../comparisons/prepared.ts';
import {
  and,
  atLeast,
  call,
  column,
  type Expression,
  eachOf,
  equal,
  left,
  or,
  right,
} from '../expression/expression.ts';
import { exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import { type ComparisonLevel, type Derivation, level, otherwise } from '../model/model.ts';
import { damagedPattern } from './mojibake.ts';
import { compactKey, familyNameKey, particleFreeKey } from './name-keys.ts';
import { frenchPhonetic } from './phonetic.ts';

export interface FamilyNameOptions<Usage extends string> {
  /** Column with the name that the person goes by, when it is not the name of birth. */
  readonly usage?: Usage;
  /** Letters from which the beginning of a name may stand for it: some senders cut names short. */
  readonly truncatedFrom?: number;
  /** Jaro–Winkler similarity from which two names are near. */
  readonly near?: number;
  /** Least frequency of a name that is believed, 0 to 1. */
  readonly minimumU?: number;
}

/**
 * French family names, from the surest: equal (rare ones weigh more); equal but for blanks, particles, SAINT or ST; one's
 * name of usage is the other's name of birth; one begins or ends the other by whole words, is cut short, or fits where the
 * other lost letters; near (Jaro–Winkler); said alike. All keys are made once for each record: columns `<birth>_key`,
 * `_names`, `_keys`, `_compact`, `_bare`, `_sound`, `_damaged`.
 */
export function frenchFamilyName<Birth extends string, Usage extends string = never>(
  birth: Birth,
  options: FamilyNameOptions<Usage> = {},
): Prepared<Birth | Usage> {
  const { truncatedFrom = 8, near = 0.92, minimumU = 0, usage } = options;
  const part = (suffix: string): string => `${birth}_${suffix}`;
  const key = part('key');
  return {
    derivations: prepared(...familyNameColumns(birth, usage)),
    comparisons: [
      {
        name: birth,
        columns: [],
        levels: [
          nullLevel(key),
          exactLevel(key, { termFrequency: true, minimumU }),
          level(
            `${birth} equal but for blanks and particles`,
            or(bothEqual(part('compact')), bothEqual(part('bare'))),
          ),
          ...(usage === undefined ? [] : [usageLevel(birth, part('keys'))]),
          partLevel(birth, truncatedFrom),
          similarityLevel(part('compact'), 'jaro_winkler_similarity', near),
          level(`${birth} said alike`, bothEqual(part('sound'))),
          otherwise(),
        ],
      },
    ],
  };
}

const bothEqual = (name: string): Expression => equal(left(name), right(name));

function usageLevel(birth: string, keys: string): ComparisonLevel {
  return level(`${birth}: name of usage is name of birth`, call('list_has_any', left(keys), right(keys)));
}

/** One name is a part of the other. */
function partLevel(birth: string, truncatedFrom: number): ComparisonLevel {
  const within = (short: Expression, long: Expression): Expression =>
    or(call('starts_with', long, call('||', short, ' ')), call('suffix', long, call('||', ' ', short)));
  const cut = (short: Expression, long: Expression): Expression =>
    and(atLeast(call('length', short), truncatedFrom), call('starts_with', long, short));
  const fits = (damaged: Expression, whole: Expression): Expression => call('~~', whole, damaged);
  const eitherWay = (
    name: string,
    other: string,
    of: (a: Expression, b: Expression) => Expression,
  ): Expression => or(of(left(name), right(other)), of(right(name), left(other)));
  const [key, compact, damaged] = [`${birth}_key`, `${birth}_compact`, `${birth}_damaged`];
  return level(
    `${birth}: one is a part of the other`,
    or(eitherWay(key, key, within), eitherWay(compact, compact, cut), eitherWay(damaged, compact, fits)),
  );
}

function familyNameColumns(birth: string, usage: string | undefined): readonly Derivation[] {
  const of = (suffix: string): Expression => column(`${birth}_${suffix}`);
  const names = usage === undefined ? [column(birth)] : [column(birth), column(usage)];
  const keys = eachOf(call('list_value', ...names), (name) => familyNameKey(name));
  const first = names.map((_, index) => call('list_extract', of('names'), index + 1));
  return [
    { name: `${birth}_names`, expression: keys },
    { name: `${birth}_key`, expression: call('coalesce', ...first) },
    { name: `${birth}_keys`, expression: call('list_distinct', eachOf(of('names'), compactKey)) },
    { name: `${birth}_compact`, expression: compactKey(of('key')) },
    { name: `${birth}_bare`, expression: particleFreeKey(of('key')) },
    { name: `${birth}_sound`, expression: frenchPhonetic(of('bare')) },
    { name: `${birth}_damaged`, expression: damagedPattern(call('coalesce', ...names), familyNameKey) },
  ];
}
