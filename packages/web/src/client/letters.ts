import type { Letter, SchoolLetter } from '@raccroche/contract';

/** Papers that wait to be printed: in this page's memory alone, gone when it is read again. */
let waiting: readonly Letter[] = [];

export function setLetters(letters: readonly Letter[]): void {
  waiting = letters;
}

export const lettersToPrint = (): readonly Letter[] => waiting;

/** The letter to a school that was just made, with its code: as the others, in this page's memory alone. */
let schoolLetter: SchoolLetter | undefined;

export function setSchoolLetter(letter: SchoolLetter): void {
  schoolLetter = letter;
}

export const schoolLetterToPrint = (): SchoolLetter | undefined => schoolLetter;
