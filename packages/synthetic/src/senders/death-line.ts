import type { CivilDate } from '../calendar.ts';
import type { RowFailures } from '../failures.ts';
import { loseAccents } from './name-faults.ts';

/** Somebody dead, as INSEE knows them. */
export interface Dead {
  /** That of the truth; of people who are none of the country, `elsewhere-N`, `namesake-N` or `double-N`. */
  readonly id: string;
  readonly familyName: string;
  /** All first names, separated by a blank. */
  readonly givenNames: string;
  readonly sex: string;
  readonly birthDate: CivilDate;
  /** INSEE code of a commune or a country, and what it is called. */
  readonly birthPlace: { readonly code: string; readonly commune: string; readonly country: string };
  readonly diedOn: CivilDate;
  /** INSEE code of a commune, or of a country. */
  readonly deathPlace: string;
}

const NOWHERE: Dead['birthPlace'] = { code: '', commune: '', country: '' };

/**
 * A line of the public file of deaths, its end included: 198 characters, no accents, all first names, zeros and blanks for
 * what is not known. `act`: number of the entry, from 1. Source: formats.md §10.
 */
export function deathLineOf(failures: RowFailures, dead: Dead, act: number): string {
  const place = failures.strikes('death_place_missing') ? NOWHERE : dead.birthPlace;
  const digits = dead.birthDate.replaceAll('-', '');
  const birthDate = failures.strikes('death_date_partial') ? `${digits.slice(0, 4)}0000` : digits;
  const names = `${loseAccents(dead.familyName)}*${loseAccents(dead.givenNames)}/`;
  const fields = [
    names.slice(0, 80).padEnd(80),
    dead.sex === 'M' ? '1' : '2',
    birthDate,
    place.code.padEnd(5),
    loseAccents(place.commune).slice(0, 30).padEnd(30),
    loseAccents(place.country).slice(0, 30).padEnd(30),
    dead.diedOn.replaceAll('-', ''),
    dead.deathPlace.padEnd(5),
    String(act).padEnd(9),
    ' '.repeat(22),
  ];
  return `${fields.join('')}\n`;
}
