import type { Language, Words } from './words.ts';
import { ENGLISH } from './words-en.ts';
import { FRENCH } from './words-fr.ts';

/** The words of a language; English when none is asked for. */
export function wordsOf(language: Language = 'en'): Words {
  return language === 'fr' ? FRENCH : ENGLISH;
}
