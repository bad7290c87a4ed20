import type { NameWord } from '../../lists/index.ts';

/** How well a word of the question answers one of a name: 1 is the word itself, 0 another word. */
const AS_WRITTEN = 1;
const BEGINS = 0.9;
const SOUNDS = 0.8;
const ONE_TYPO = 0.7;
const TWO_TYPOS = 0.5;
/** Shorter words are other words once a letter changes. */
const ONE_TYPO_LENGTH = 4;
const TWO_TYPOS_LENGTH = 8;

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
  }
  return Math.min(row[other.length] ?? 0, most + 1);
}

function scoreWord(asked: NameWord, { word, sound }: NameWord): number {
  if (word === asked.word) return AS_WRITTEN;
  if (word.startsWith(asked.word)) return BEGINS;
  if (sound === asked.sound) return SOUNDS;
  const shortest = Math.min(word.length, asked.word.length);
  if (shortest < ONE_TYPO_LENGTH) return 0;
  const edits = editsBetween(asked.word, word, shortest >= TWO_TYPOS_LENGTH ? 2 : 1);
  if (edits <= 1) return ONE_TYPO;
  return edits === 2 && shortest >= TWO_TYPOS_LENGTH ? TWO_TYPOS : 0;
}

/**
 * How well a name answers a question, 0 to 1, in whatever order the words stand: the mean over the words asked. 0 when one of them
 * is like no word of the name.
 */
export function scoreName(asked: readonly NameWord[], name: readonly NameWord[]): number {
  if (asked.length === 0) return AS_WRITTEN;
  const scores = asked.map((one) => Math.max(0, ...name.map((word) => scoreWord(one, word))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
