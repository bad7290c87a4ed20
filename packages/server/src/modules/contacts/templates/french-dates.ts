const NBSP = '\u00A0';
const MOMENT = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const satisfies Intl.DateTimeFormatOptions;
const DAY = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

const firstOf = (day: string) => (day === '1' ? '1er' : day);

/** `mardi 3 novembre à 14 h 05`, of an ISO instant, on the clocks of where people are met: those of Paris when absent. */
export function momentWords(instant: string, timeZone = 'Europe/Paris'): string {
  const moment = new Intl.DateTimeFormat('fr-FR', { ...MOMENT, timeZone });
  const parts = new Map(moment.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('weekday')} ${firstOf(part('day'))}${NBSP}${part('month')} à ${Number(part('hour'))}${NBSP}h${NBSP}${part('minute')}`;
}

/** `mardi 3 novembre 2026`, of a civil date. */
export function dayWords(date: string): string {
  const parts = new Map(
    DAY.formatToParts(new Date(`${date}T00:00:00Z`)).map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('weekday')} ${firstOf(part('day'))}${NBSP}${part('month')} ${part('year')}`;
}
