import type { CivilDate } from './civil-date.ts';
import type { Clock } from './clock.ts';

const DAY_IN_PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** The civil day in France: between midnight and two in the morning it is a day later than in UTC. */
export function todayOf(clock: Clock): CivilDate {
  return DAY_IN_PARIS.format(new Date(clock.now()));
}
