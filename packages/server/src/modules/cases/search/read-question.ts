import { type CivilDate, parseCivilDate } from '../../../kernel/civil-date.ts';
import { phoneKey } from '../../../kernel/phone-key.ts';
import { sortName } from '../../../kernel/sort-name.ts';

/** What somebody typed, read: every part narrows. */
export interface Question {
  /** Words of names: capitals without accents, two letters and more. */
  readonly words: readonly string[];
  readonly birthYear: number | null;
  readonly birthDate: CivilDate | null;
  readonly phone: string | null;
  readonly siei: string | null;
}

const DATE = /\b\d{4}-\d{2}-\d{2}\b|\b\d{2}\/\d{2}\/\d{4}\b/;
const PHONE = /(?:\+|\b0)[\d .-]{8,}\d/;
const YEAR = /\b(?:19|20)\d{2}\b/;
const SIEI = /\b(?=[A-Z0-9]*\d)[A-Z0-9]{12}\b/i;
const WORD_MIN = 2;

/** Reads « diallo awa », « awa 2008 », « 04/03/2008 », « 06 00 00 00 00 », a SIEI number, in any order. */
export function readQuestion(typed: string): Question {
  let rest = typed;
  const take = (pattern: RegExp): string | null => {
    const found = pattern.exec(rest)?.[0] ?? null;
    if (found !== null) rest = rest.replace(found, ' ');
    return found;
  };
  const birthDate = parseCivilDate(take(DATE)) ?? null;
  const siei = take(SIEI)?.toUpperCase() ?? null;
  const phone = take(PHONE);
  const year = take(YEAR);
  return {
    words: sortName(rest)
      .split(' ')
      .filter((word) => word.length >= WORD_MIN),
    birthYear: year === null ? null : Number(year),
    birthDate,
    phone: phone === null ? null : phoneKey(phone),
    siei,
  };
}
