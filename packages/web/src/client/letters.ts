import type { Letter } from '@raccroche/contract';

/** Papers that wait to be printed: in this page's memory alone, gone when it is read again. */
let waiting: readonly Letter[] = [];

export function setLetters(letters: readonly Letter[]): void {
  waiting = letters;
}

export const lettersToPrint = (): readonly Letter[] => waiting;
