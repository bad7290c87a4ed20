import type { KnownSituation } from '@raccroche/contract';

/**
 * Situations that fulfil the duty of training by being active at the reference date.
 * `mission_locale` is not here: it takes an active file with a recent contact.
 * Source: L.114-1 and R.114-2 of the code de l'éducation.
 */
export const SITUATIONS_THAT_FULFIL = [
  'service_civique',
  'armee',
  'emploi',
  'e2c',
  'epide',
  'smv',
  'rsma',
  'pjj',
  'france_travail',
] as const satisfies readonly KnownSituation[];
