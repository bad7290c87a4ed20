import { call, column, type Expression } from '../expression/expression.ts';
import type { Derivation } from '../model/model.ts';
import type { ColumnProfile, DateFormat } from '../profile/column-profile.ts';

/** A column made ready to compare, once for each record. */
export interface Prepared {
  readonly column: string;
  readonly derivations: readonly Derivation[];
}

/** The column as text without blanks around it; blank texts and words for a missing value are missing. */
function plainText({ name, placeholders }: ColumnProfile): Expression {
  const text = call('nullif', call('trim', call('||', column(name), '')), '');
  return placeholders.reduce((value, word) => call('nullif', value, word), text);
}

function derived(profile: ColumnProfile, suffix: string, expression: Expression): Prepared {
  const name = `${profile.name}_${suffix}`;
  return { column: name, derivations: [{ name, expression }] };
}

/** Letters and blanks only, upper case, without accents. */
export function preparedName(profile: ColumnProfile): Prepared {
  return derived(profile, 'key', call('name_key', plainText(profile)));
}

/** Small letters, everything else as it is. */
export function preparedText(profile: ColumnProfile): Prepared {
  return derived(profile, 'text', call('lower', plainText(profile)));
}

/** Small letters and digits, without blanks, dashes and dots. */
export function preparedCode(profile: ColumnProfile): Prepared {
  const bare = [' ', '-', '.', '/'].reduce(
    (value, sign) => call('replace', value, sign, ''),
    call('lower', plainText(profile)),
  );
  return derived(profile, 'code', call('nullif', bare, ''));
}

/** What stands before the `@` of an e-mail address. */
export function preparedUser(profile: ColumnProfile): Prepared {
  return derived(
    profile,
    'user',
    call('nullif', call('regexp_extract', call('lower', plainText(profile)), '^[^@]+'), ''),
  );
}

/** Where year, month and day stand in a text: first character from 1. */
const PLACES: Readonly<Record<DateFormat, readonly [number, number, number]>> = {
  ymd: [1, 6, 9],
  compact: [1, 5, 7],
  dmy: [7, 4, 1],
  mdy: [7, 1, 4],
};

/** A date as `yyyy-mm-dd`, whatever was typed. */
function isoText(profile: ColumnProfile): Expression {
  const text = plainText(profile);
  const [year, month, day] = PLACES[profile.dateFormat ?? 'ymd'];
  const part = (from: number, length: number) => call('substr', text, from, length);
  const parts = [part(year, 4), '-', part(month, 2), '-', part(day, 2)] as const;
  return parts.slice(1).reduce<Expression>((whole, next) => call('||', whole, next), part(year, 4));
}

export function preparedDate(profile: ColumnProfile): Prepared {
  return derived(profile, 'iso', isoText(profile));
}

/** Days since 1970; missing where the day does not exist. */
export function preparedDays(profile: ColumnProfile): Prepared {
  const seconds = call('epoch', call('try_strptime', isoText(profile), '%Y-%m-%d'));
  return derived(profile, 'days', call('/', seconds, 86_400));
}
