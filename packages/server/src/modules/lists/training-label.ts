import type { Entry } from './entry.ts';

/**
 * What the first three characters of a MEF (its dispositif) lead to, in words; those seen at work alone.
 * Source: referentials of the module eligibility.
 */
const DISPOSITIFS: Readonly<Record<string, string>> = {
  '240': 'CAP en un an',
  '241': 'CAP en deux ans',
  '242': 'CAP en trois ans',
  '247': 'bac professionnel',
  '250': 'brevet des métiers d’art',
  '251': 'brevet des métiers d’art',
  '271': 'CAP agricole',
  '276': 'bac professionnel agricole',
};
const LEVELS: Readonly<Record<number, string>> = {
  3: 'formation de niveau CAP',
  4: 'formation de niveau bac',
  5: 'formation de niveau bac + 2',
};

/** The last training in words, without a nomenclature that is not public: what it leads to. Null when nothing tells it. */
export function trainingLabel({ mef, leadsTo }: Entry['lastTraining']): string | null {
  const known = mef === null ? undefined : DISPOSITIFS[mef.slice(0, 3)];
  if (known !== undefined) return known;
  if (leadsTo === null) return null;
  return LEVELS[leadsTo] ?? `formation de niveau ${leadsTo}`;
}
