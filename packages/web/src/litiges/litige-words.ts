import type { Litige, LitigeKind, LitigeRecord } from '@raccroche/contract';
import { fullName } from '../words/texts.ts';

export type Verdict = Litige['decisions'][number]['verdict'];

/** The three answers, each with its key. */
export const VERDICTS: readonly { readonly key: string; readonly verdict: Verdict }[] = [
  { key: 'm', verdict: 'same' },
  { key: 'd', verdict: 'different' },
  { key: 'n', verdict: 'unknown' },
];

const PEOPLE = { same: 'Même personne', different: 'Deux personnes', unknown: 'Je ne sais pas' };

/** Words of the answers: a death is not answered as a namesake is. */
export const VERDICT_WORDS: Readonly<Record<LitigeKind, Readonly<Record<Verdict, string>>>> = {
  pair: PEOPLE,
  within: PEOPLE,
  death: {
    same: 'C’est bien cette personne',
    different: 'Ce n’est pas elle',
    unknown: 'Je ne sais pas',
  },
};

/** What is said once it is answered. */
export const DONE_WORDS: Readonly<Record<LitigeKind, Readonly<Record<Verdict, string>>>> = {
  pair: {
    same: 'Répondu : une seule personne',
    different: 'Répondu : deux personnes',
    unknown: 'La question est posée à quelqu’un d’autre',
  },
  within: {
    same: 'Répondu : une seule personne',
    different: 'Répondu : deux personnes',
    unknown: 'La question est posée à quelqu’un d’autre',
  },
  death: {
    same: 'Noté : ce décès est le sien',
    different: 'Noté : ce décès est celui de quelqu’un d’autre',
    unknown: 'La question est posée à quelqu’un d’autre',
  },
};

/** The number of the pair in addresses and lists. */
export const litigeKey = ({ siei1, siei2 }: Pick<Litige, 'siei1' | 'siei2'>): string => `${siei1}_${siei2}`;

const recordName = ({ familyName, usageName, firstNames }: LitigeRecord): string =>
  fullName({ familyName: familyName ?? usageName ?? '', usageName, firstNames });

/** Names of both sides, as far as they are known. */
export function sideNames(litige: Litige): string[] {
  return [...new Set([litige.siei1, litige.siei2])].flatMap((siei) => {
    const ofCase = litige.cases.find((one) => one.siei === siei);
    if (ofCase) return [fullName(ofCase)];
    const record = litige.sides?.find(({ number }) => number === siei)?.records[0];
    return record ? [recordName(record)] : [];
  });
}

/** The question, in one line. */
export function question(litige: Litige): string {
  const [one = 'cette personne', other] = sideNames(litige);
  if (litige.kind === 'death') return `Ce décès est-il celui de ${one} ?`;
  if (litige.kind === 'within') return `${one} : une seule personne, ou deux ?`;
  return other === undefined
    ? `${one} et le numéro ${litige.siei2} : une seule personne ?`
    : `${one} et ${other} : une seule personne ?`;
}

const SIGNED = new Intl.NumberFormat('fr-FR', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'always',
});
/** `+4,2`, `−1,6`: a number of doublings. */
export const weightText = (weight: number): string => SIGNED.format(weight).replace('-', '−');

/** What a weight says, in words: each point doubles. */
export function oddsText(weight: number): string {
  if (weight <= -1) return 'deux personnes plutôt qu’une';
  if (weight < 1) return 'aussi bien une personne que deux';
  const times = 2 ** weight;
  if (times < 100) return `une personne plutôt que deux, environ ${Math.round(times)} contre 1`;
  if (times < 1_000_000)
    return `une personne plutôt que deux, environ ${new Intl.NumberFormat('fr-FR').format(Number(times.toPrecision(1)))} contre 1`;
  return 'une personne plutôt que deux, plus d’un million contre 1';
}
