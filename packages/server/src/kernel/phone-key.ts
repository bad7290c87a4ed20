const FRENCH_PREFIX = /^(?:\+33|0033)0?/;
const DIGITS_MIN = 6;

/** What a telephone is recognised by, however it was written: its digits, `0…` for a French one. Null when it is too short. */
export function phoneKey(phone: string): string | null {
  const digits = phone
    .replace(/[^\d+]/g, '')
    .replace(FRENCH_PREFIX, '0')
    .replace(/\D/g, '');
  return digits.length < DIGITS_MIN ? null : digits;
}
