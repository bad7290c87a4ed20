import type { AwardType } from '@raccroche/contract';

/**
 * What an award's type says of its level. `told`: only the level or the diploma code that the sender gives counts.
 * `never`: no diploma that qualifies, whatever level is told (D.313-59: brevet, CFG and attestations never exclude anybody).
 */
export const AWARD_TYPE_LEVELS = {
  cap: 3,
  bep: 3,
  capa: 3,
  bepa: 3,
  mc3: 3,
  mc4: 4,
  bac_general: 4,
  bac_technologique: 4,
  bac_professionnel: 4,
  bp: 4,
  bt: 4,
  bma: 4,
  titre_professionnel: 'told',
  dnb: 'never',
  cfg: 'never',
  attestation: 'never',
  autre: 'told',
} as const satisfies Record<AwardType, 3 | 4 | 'told' | 'never'>;
