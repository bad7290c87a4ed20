import { column, compileExpression, frenchPhonetic } from '@raccroche/linkage';
import { phoneKey } from '../../../kernel/phone-key.ts';
import { sortName } from '../../../kernel/sort-name.ts';
import type { Entry } from '../entry.ts';

const evaluate = compileExpression(frenchPhonetic(column('word')));

/** How a word of a name sounds: the phonetic by which records are linked. Itself when nothing of it can be read. */
export function soundOf(word: string): string {
  const sound = evaluate({ word });
  return typeof sound === 'string' ? sound : word;
}

/** A word that a name is found by, and its sound. */
export interface NameWord {
  readonly word: string;
  readonly sound: string;
}

/**
 * Words that somebody is found by: each of the names and first names, and names of several words in one (LE GALL: LE, GALL,
 * LEGALL). Once each, in the order of the names.
 */
export function nameWords(
  names: readonly (string | null)[],
  sound: (word: string) => string = soundOf,
): NameWord[] {
  const words = names.flatMap((name) => {
    const parts = sortName(name).split(' ').filter(Boolean);
    return parts.length > 1 ? [...parts, parts.join('')] : parts;
  });
  return [...new Set(words)].map((word) => ({ word, sound: sound(word) }));
}

/** Telephones by which an entry is found, its representatives' among them: siblings share one. */
export function entryPhones({ phones, legalRepresentatives }: Entry): string[] {
  const all = [...phones, ...legalRepresentatives.flatMap(({ phone }) => (phone === null ? [] : [phone]))];
  return [...new Set(all.map(phoneKey).filter((key) => key !== null))];
}

/** Names repeat: each sounds once a publication. */
export function rememberSounds(): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const sound = soundOf(word);
    known.set(word, sound);
    return sound;
  };
}
