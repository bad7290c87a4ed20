import type { IntakeIssueCode } from '@raccroche/contract';
import { ageAt, type CivilDate, parseCivilDate } from '../../../kernel/civil-date.ts';
import type { DeathRow } from '../reader.ts';

/** Columns of a death on its way to `sources.deaths`. */
export const DEATH_COLUMNS = [
  'family_name',
  'first_names',
  'sex',
  'birth_date',
  'birth_place',
  'died_on',
] as const;
export type DeathColumn = (typeof DEATH_COLUMNS)[number];

/**
 * What a line of a file of deaths is for the campaign. `out_of_scope`: of somebody whom it cannot be about by their age, at
 * the reference date or at their death; after the reference date; or born on a day that is not told.
 */
export type JudgedDeath =
  | 'out_of_scope'
  | { readonly code: IntakeIssueCode; readonly field: string }
  | {
      readonly values: Readonly<Record<DeathColumn, string | undefined>>;
      /** Only the month or the year of the death is told. */
      readonly partial: boolean;
    };

/** Full years at the reference date, both included: the lists stop at 25, the rest is room for a wrong year of birth. */
const AGES = { from: 16, to: 29 } as const;

/** Nobody who died younger was in training in the two years before an age at which the lists begin. */
const LEAST_AGE_AT_DEATH = 13;

const MALE = '1';

/** Judges one line at the reference date. Scope comes first: of people out of it nothing more is looked at. */
export function judgeDeath(row: DeathRow, asOf: CivilDate): JudgedDeath {
  const year = Number(row.birthDate.slice(0, 4));
  const ofToday = Number(asOf.slice(0, 4));
  if (year < ofToday - AGES.to - 1 || year > ofToday - AGES.from) return 'out_of_scope';
  if (isPartial(row.birthDate)) return 'out_of_scope';
  const birthDate = dayOf(row.birthDate);
  if (birthDate === undefined) return unreadable('date_naissance');
  const age = ageAt(birthDate, asOf);
  if (age < AGES.from || age > AGES.to) return 'out_of_scope';
  const partial = isPartial(row.deathDate);
  const diedOn = dayOf(partial ? firstDayOf(row.deathDate) : row.deathDate);
  if (diedOn === undefined || (diedOn < birthDate && !partial)) return unreadable('date_deces');
  if (diedOn > asOf || ageAt(birthDate, diedOn) < LEAST_AGE_AT_DEATH) return 'out_of_scope';
  const names = namesOf(row.names);
  if (names === undefined) return { code: 'deces_nom_illisible', field: 'nom' };
  return {
    values: {
      ...names,
      sex: row.sex === MALE ? 'M' : 'F',
      birth_date: birthDate,
      birth_place: row.birthPlace.trim().toUpperCase() || undefined,
      died_on: diedOn,
    },
    partial,
  };
}

function unreadable(field: string): JudgedDeath {
  return { code: 'deces_date_illisible', field };
}

/** INSEE writes what it does not know as zeros. */
function isPartial(date: string): boolean {
  return /^0000|^....00|00$/.test(date);
}

/** `yyyymmdd` as a civil date; undefined when there is no such day. */
function dayOf(date: string): CivilDate | undefined {
  return parseCivilDate(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
}

/** The first day that a partial date can mean. */
function firstDayOf(date: string): string {
  const month = date.slice(4, 6);
  return `${date.slice(0, 4)}${month === '00' ? '01' : month}01`;
}

/** `NOM*PRENOM1 PRENOM2/`; the slash, and first names, may be missing. */
function namesOf(text: string): { family_name: string; first_names: string | undefined } | undefined {
  const star = text.indexOf('*');
  if (star < 0) return undefined;
  const family = text.slice(0, star).trim();
  const slash = text.indexOf('/', star);
  const first = text.slice(star + 1, slash < 0 ? undefined : slash).trim();
  return family === '' ? undefined : { family_name: family, first_names: first || undefined };
}
