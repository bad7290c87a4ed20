import { column, compileExpression, frenchPhonetic } from '@raccroche/linkage';
import { phoneKey } from '../../../kernel/phone-key.ts';
import { sortName } from '../../../kernel/sort-name.ts';
import type { ListedPerson } from './read-published.ts';

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

/** A name as it is ordered (`sortName`), and the words that it is found by. */
export interface ReadName {
  readonly sorted: string;
  readonly words: readonly NameWord[];
}

function readName(name: string, sound: (word: string) => string): ReadName {
  const sorted = sortName(name);
  const parts = sorted.split(' ').filter(Boolean);
  const words = parts.length > 1 ? [...parts, parts.join('')] : parts;
  return { sorted, words: words.map((word) => ({ word, sound: sound(word) })) };
}

/**
 * Words that somebody is found by: each of the names and first names, and names of several words in one (LE GALL: LE, GALL,
 * LEGALL). Once each, in the order of the names.
 */
export function nameWords(
  names: readonly (string | null)[],
  read: (name: string) => ReadName = (name) => readName(name, soundOf),
): NameWord[] {
  const words = names.flatMap((name) => (name === null ? [] : read(name).words));
  return words.filter(({ word }, place) => words.findIndex((other) => other.word === word) === place);
}

/** What somebody is ordered by: `sortName` of all their names, from each read by itself. */
export function sortedName(names: readonly string[], read: (name: string) => ReadName): string {
  return names
    .map((name) => read(name).sorted)
    .filter(Boolean)
    .join(' ');
}

/** Telephones by which an entry is found, its representatives' among them: siblings share one. */
export function entryPhones({ phones, legalRepresentatives }: ListedPerson): string[] {
  const all = [...phones, ...legalRepresentatives.flatMap(({ phone }) => (phone === null ? [] : [phone]))];
  return [...new Set(all.map(phoneKey).filter((key) => key !== null))];
}

/** Names repeat, and words of names: each is read once a publication. */
export function rememberNames(): (name: string) => ReadName {
  const sound = remember(soundOf);
  return remember((name) => readName(name, sound));
}

function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    known.set(text, value);
    return value;
  };
}
