import { RefutationLabels, type RefutationReason } from '@raccroche/contract';
import { capital } from '../words/texts.ts';

/** What the keys 1 to 5 answer. `ask`: what is asked before it is recorded. */
export interface Answer {
  readonly key: string;
  readonly label: string;
  readonly body: { readonly decision: 'confirm' | 'refute'; readonly reason?: RefutationReason };
  readonly ask?: 'establishment' | 'commune' | 'reason';
}

export const ANSWERS: readonly Answer[] = [
  { key: '1', label: 'Toujours sans solution', body: { decision: 'confirm' } },
  {
    key: '2',
    label: 'Scolarisé ou en formation ailleurs',
    body: { decision: 'refute', reason: 'enrolled_elsewhere' },
    ask: 'establishment',
  },
  { key: '3', label: 'A obtenu son diplôme', body: { decision: 'refute', reason: 'graduated' } },
  { key: '4', label: 'A déménagé', body: { decision: 'refute', reason: 'moved' }, ask: 'commune' },
  { key: '5', label: 'Autre motif', body: { decision: 'refute', reason: 'error' }, ask: 'reason' },
];

/** Those of « autre motif », in the order of their keys. */
export const OTHER_REASONS = ['employed', 'error', 'deceased'] as const satisfies readonly RefutationReason[];

/** The optional detail of an answer: its field, its shape, its words. */
export const DETAILS = {
  establishment: {
    label: 'Où ? Code UAI de l’établissement, si vous le connaissez',
    hint: 'Sept chiffres et une lettre, par exemple 0620001A. Vous pouvez laisser vide.',
    pattern: /^\d{7}[A-Z]$/,
  },
  commune: {
    label: 'Dans quelle commune ? Code INSEE, si vous le connaissez',
    hint: 'Cinq caractères, par exemple 59350 pour Lille. Vous pouvez laisser vide.',
    pattern: /^[0-9AB]{5}$/,
  },
} as const;

/** Words of an answer once it is given: « Vérifié : a déménagé ». */
export function doneWords({ decision, reason }: Answer['body']): string {
  if (decision === 'confirm') return 'Vérifié : toujours sans solution';
  return reason === undefined ? 'Vérifié' : `Vérifié : ${RefutationLabels[reason]}`;
}

export const reasonLabel = (reason: RefutationReason): string => capital(RefutationLabels[reason]);
