import type { Random } from '../random.ts';

/** `Élodie` → `ELODIE`, `Cœur` → `COEUR`: what old systems make of a name. */
export function loseAccents(name: string): string {
  return name
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', ' ')
    .toUpperCase();
}

/** One slip of the hand: a letter dropped, doubled or exchanged with the next; the first letter is kept. */
export function mistype(random: Random, name: string): string {
  if (name.length < 3) return `${name}${name.slice(-1)}`;
  const at = random.between(1, name.length - 2);
  const before = name.slice(0, at);
  const after = name.slice(at + 1);
  const kind = random.between(0, 2);
  if (kind === 0) return `${before}${after}`;
  if (kind === 1) return `${before}${name[at]}${name[at]}${after}`;
  return `${before}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
}

/** `De Luca` → `DeLuca`. */
export function glueParticle(name: string): string {
  return name.replace(' ', '');
}

/** `Marie-Louise` → `Marie`. */
export function cutCompound(name: string): string {
  return name.split('-')[0] ?? name;
}

/** `2008-03-11` → `2008-11-03`; unchanged when the day is no month. */
export function swapDayAndMonth(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return Number(day) <= 12 ? `${year}-${day}-${month}` : date;
}

/** `Zoé` → `ZoÃ©`: UTF-8 read as Windows-1252. */
export function garble(name: string): string {
  return new TextDecoder('windows-1252').decode(Buffer.from(name, 'utf8'));
}
