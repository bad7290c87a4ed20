import type { NameWord } from '../../lists/index.ts';

/** How well a word of the question answers one of a name: 1 is the word itself, 0 another word. */
export const SCORES = { asWritten: 1, begins: 0.9, sounds: 0.8, oneTypo: 0.7, twoTypos: 0.5 } as const;
/** Shorter words are other words once a letter changes. */
export const NEAR_LENGTH = 4;
const TWO_TYPOS_LENGTH = 8;
/** Mistakes beyond which it is another word, however long. */
export const NEAR_MOST = 2;

/** Edits (a letter more, less, other, or two swapped) from `one` to `other`, told up to `most`; more gives `most + 1`. */
export function editsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
    // Nothing that follows takes an edit back.
    if (Math.min(...before, ...row) > most) return most + 1;
  }
  return Math.min(row[other.length] ?? 0, most + 1);
}

/** `SCORES` of a word of a name for a word asked; 0 when it is another word. */
export function scoreWord(asked: NameWord, { word, sound }: NameWord): number {
  if (word === asked.word) return SCORES.asWritten;
  if (word.startsWith(asked.word)) return SCORES.begins;
  if (sound === asked.sound) return SCORES.sounds;
  const shortest = Math.min(word.length, asked.word.length);
  if (shortest < NEAR_LENGTH) return 0;
  const edits = editsBetween(asked.word, word, shortest >= TWO_TYPOS_LENGTH ? NEAR_MOST : 1);
  if (edits <= 1) return SCORES.oneTypo;
  return edits === NEAR_MOST && shortest >= TWO_TYPOS_LENGTH ? SCORES.twoTypos : 0;
}

/**
 * How well a name answers a question, 0 to 1, in whatever order the words stand: the mean over the words asked. 0 when one of them
 * is like no word of the name.
 */
export function scoreName(asked: readonly NameWord[], name: readonly NameWord[]): number {
  if (asked.length === 0) return SCORES.asWritten;
  const scores = asked.map((one) => Math.max(0, ...name.map((word) => scoreWord(one, word))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
