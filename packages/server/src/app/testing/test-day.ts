import { systemClock } from '../../kernel/clock.ts';

const DAY_MS = 86_400_000;
const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** Today as the base has it, or so many days after. */
export const day = (after = 0): string =>
  PARIS.format(new Date(Date.parse(systemClock.now()) + after * DAY_MS));
