import { SEXES } from '@raccroche/contract';
import { literal } from '../../platform/duckdb/sql.ts';

/**
 * What a telling says as three numbers, two facts or more in each: millions of rows are grouped and joined by what they say, and each
 * column costs as much again, to hash, to hold and to compare.
 *
 * - `names`: family name and usage name, `firsts`: the first two first names, by the numbers of their spellings, 0 without;
 * - `who`: birth date; then number of the birth place, sex, and whether the telling is recent.
 */
export const TOLD_NUMBERS = ['names', 'firsts', 'who'] as const;

/** Two numbers as one BIGINT: `low` is from 0 to 2³² − 1. */
const packed = (high: string, low: string) => `(${high})::BIGINT * 4294967296 + ${low}`;
const highOf = (both: string) => `(${both} >> 32)`;
const lowOf = (both: string) => `(${both} & 4294967295)`;

/** Days are counted from there; one that nobody tells is before all others. */
const FIRST_DAY = "DATE '1970-01-01'";
const UNTOLD_DAY = -2_000_000;

/** A bit for whether it is recent, two for the sex. */
const [SEX_AND_RECENT, RECENT] = [8, 2];

/** What a record or a telling says, each as SQL. Names: numbers of spellings, or NULL. */
export interface SaidSql {
  readonly family: string;
  readonly usage: string;
  readonly first1: string;
  readonly first2: string;
  readonly birth_date: string;
  readonly born: string;
  readonly sex: string;
  readonly recent: string;
}

/** SELECT list of `TOLD_NUMBERS`. */
export function toldNumbersSql(said: SaidSql): string {
  const name = (number: string) => `coalesce(${number}, 0)`;
  const sexes = SEXES.map((sex, place) => `WHEN ${literal(sex)} THEN ${place + 1}`);
  const sex = `CASE ${said.sex} ${sexes.join(' ')} ELSE 0 END`;
  const day = `coalesce(${said.birth_date} - ${FIRST_DAY}, ${UNTOLD_DAY})`;
  const rest = `${said.born}::BIGINT * ${SEX_AND_RECENT} + ${sex} * ${RECENT} + (${said.recent})::INTEGER`;
  return `${packed(name(said.family), name(said.usage))} AS names, ${packed(name(said.first1), name(said.first2))} AS firsts,
          ${packed(day, rest)} AS who`;
}

const SEX = SEXES.map((sex, place) => `WHEN ${place + 1} THEN ${literal(sex)}`).join(' ');

/** What these numbers of a row say, each as SQL; a sex that nobody tells is the empty text. */
export const TOLD: SaidSql = {
  family: `${highOf('names')}::INTEGER`,
  usage: `${lowOf('names')}::INTEGER`,
  first1: `${highOf('firsts')}::INTEGER`,
  first2: `${lowOf('firsts')}::INTEGER`,
  birth_date: `(${FIRST_DAY} + nullif(${highOf('who')}::INTEGER, ${UNTOLD_DAY}))`,
  born: `(${lowOf('who')} // ${SEX_AND_RECENT})::INTEGER`,
  sex: `CASE (who & ${SEX_AND_RECENT - 1}) // ${RECENT} ${SEX} ELSE '' END`,
  recent: `((who & ${RECENT - 1}) = 1)`,
};

/** SELECT list of some of them, each under its name. */
export function toldSql(...names: readonly (keyof SaidSql)[]): string {
  return names.map((name) => `${TOLD[name]} AS ${name}`).join(', ');
}
