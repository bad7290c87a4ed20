import type { CommuneHeld } from '@raccroche/contract';

/** Platform that has a commune on a day; undefined when none does. */
export const holderOn = ({ holders }: Pick<CommuneHeld, 'holders'>, day: string): string | undefined =>
  holders.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo >= day))
    ?.platformId;

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte')
    .trim();

/** Does a commune answer to what is typed: the beginning of its code, or part of its name, accents and signs aside? */
export function answersTo({ commune, name }: Pick<CommuneHeld, 'commune' | 'name'>, typed: string): boolean {
  const wanted = plain(typed);
  return wanted === '' || commune.toLowerCase().startsWith(wanted) || plain(name).includes(wanted);
}

/**
 * Communes of a pasted list: one a line, or codes with anything between them. A line that begins with a code is that code, whatever
 * follows; else it is a name, exact but for accents and signs. `unknown`: what is none of these communes.
 */
export function readPasted(
  text: string,
  known: readonly Pick<CommuneHeld, 'commune' | 'name'>[],
): { readonly found: readonly string[]; readonly unknown: readonly string[] } {
  const codes = new Set(known.map(({ commune }) => commune));
  const byName = new Map<string, string[]>();
  for (const { commune, name } of known)
    byName.set(plain(name), [...(byName.get(plain(name)) ?? []), commune]);
  const found = new Set<string>();
  const unknown: string[] = [];
  const onlyCodes = /^[\s,;]*(?:(?:\d{5}|2[ABab]\d{3})[\s,;]*)+$/;
  for (const line of text.split(/\r?\n/)) {
    const told = line.trim();
    if (told === '') continue;
    const parts = onlyCodes.test(told) ? told.split(/[\s,;]+/).filter((part) => part !== '') : [told];
    for (const part of parts) {
      const code = /^["']?(\d{5}|2[AB]\d{3})\b/i.exec(part)?.[1]?.toUpperCase();
      const named = byName.get(plain(part)) ?? [];
      if (code !== undefined && codes.has(code)) found.add(code);
      // Two communes of one name: nobody can tell which is meant.
      else if (code === undefined && named.length === 1 && named[0] !== undefined) found.add(named[0]);
      else unknown.push(part);
    }
  }
  return { found: [...found], unknown };
}

/** From which platforms communes would come, with how many of each; those of nobody are not counted. */
export function takenFrom(
  coming: readonly string[],
  communes: readonly CommuneHeld[],
  own: string,
  day: string,
): ReadonlyMap<string, readonly string[]> {
  const from = new Map<string, string[]>();
  for (const one of communes) {
    const holder = coming.includes(one.commune) ? holderOn(one, day) : undefined;
    if (holder === undefined || holder === own) continue;
    from.set(holder, [...(from.get(holder) ?? []), one.name]);
  }
  return from;
}
