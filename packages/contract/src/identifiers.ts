/** Typed identifiers of a person. A person may hold several: INE of several generations, INA. */
export const IDENTIFIER_TYPES = ['ine_rnie', 'ine_bea', 'ine_apprenti', 'ina'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

export const IdentifierTypeLabels = {
  ine_rnie: 'INE (RNIE)',
  ine_bea: 'INE (BEA)',
  ine_apprenti: 'INE apprenti',
  ina: 'INA (agriculture)',
} as const satisfies Record<IdentifierType, string>;

/**
 * Shapes of the national identifier, upper case, 11 characters.
 * RNIE since 2018: 9 digits, 2 letters. BEA 1995–2018: 10 digits, 1 letter. Apprentice: 4 digits, A, 5 digits, 1 letter.
 */
export const INE_PATTERNS = {
  ine_rnie: '^[0-9]{9}[A-Z]{2}$',
  ine_bea: '^[0-9]{10}[A-Z]$',
  ine_apprenti: '^[0-9]{4}A[0-9]{5}[A-Z]$',
} as const;

/** Agricultural identifier: its rule is not public, so only its alphabet and length (6 to 15) are checked. */
export const INA_PATTERN = '^[0-9A-Z]{6,15}$';

/** The 23 key letters of UAI and BEA numbers: no I, O, Q. */
export const KEY_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** True when `uai` is 7 digits and the letter that they call for (number mod 23). */
export function isValidUai(uai: string): boolean {
  if (!/^[0-9]{7}[A-Z]$/.test(uai)) return false;
  return KEY_LETTERS[Number(uai.slice(0, 7)) % 23] === uai[7];
}

/** Key of a BEA number, for a warning only: its rule is not confirmed by a public text. */
export function hasBeaKey(ine: string): boolean {
  return KEY_LETTERS[Number(ine.slice(0, 10)) % 23] === ine[10];
}
