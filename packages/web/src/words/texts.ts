/** Numbers, phones and names as French writes them. */
const NUMBER = new Intl.NumberFormat('fr-FR');
const NBSP = '\u00A0';

export const number = (value: number): string => NUMBER.format(value);

/** `1 dossier`, `12 dossiers`; none is singular too. */
export const counted = (count: number, one: string, several: string): string =>
  `${number(count)}${NBSP}${count < 2 ? one : several}`;

/** Ten digits by pairs; anything else as it is. */
export function phone(digits: string): string {
  return /^0\d{9}$/.test(digits) ? (digits.match(/\d{2}/g) ?? []).join(NBSP) : digits;
}

export interface Named {
  readonly familyName: string;
  readonly usageName?: string | null;
  readonly firstNames: readonly string[];
}

/** First names then family name, as written; the name of use when it is another one. */
export function fullName({ familyName, usageName, firstNames }: Named): string {
  return `${firstNames[0] ?? ''} ${familyName}${
    usageName && usageName.toLowerCase() !== familyName.toLowerCase() ? ` (${usageName})` : ''
  }`.trim();
}

/** As in a sorted list: family name first. */
export const listName = ({ familyName, firstNames }: Named): string =>
  `${familyName} ${firstNames[0] ?? ''}`.trim();

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Spaces that a line must not break, before ; : ! ? and inside « ». */
export const french = (text: string): string =>
  text
    .replace(/ ([;!?])/g, '\u202F$1')
    .replace(/ (:)/g, `${NBSP}$1`)
    .replace(/« /g, `«${NBSP}`)
    .replace(/ »/g, `${NBSP}»`);
