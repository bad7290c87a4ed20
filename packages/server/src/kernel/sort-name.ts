/**
 * A name without accents, ligatures, case or signs: what names are ordered and searched by.
 * Source: rules.md §7. `D’Œuvre-Noël` gives `D OEUVRE NOEL`.
 */
export function sortName(...parts: readonly (string | null | undefined)[]): string {
  return parts
    .filter((part) => part)
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}
