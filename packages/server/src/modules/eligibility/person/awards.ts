import { type Cycle, diplomaCodeLevel } from '../cycle.ts';
import { AWARD_TYPE_LEVELS } from '../referentials/award-type-levels.ts';
import type { RuleParameters } from '../rule-set.ts';
import type { Terms } from '../terms.ts';
import type { AwardFact } from './facts.ts';

/** Level (3 to 8) of an award: as told, else from its diploma code, else from its type; null: it qualifies for nothing. */
export function awardLevel({ type, diplomaCode, level }: AwardFact): number | null {
  const byType = type === null ? 'told' : (levelsByType[type] ?? 'told');
  if (byType === 'never') return null;
  return level ?? diplomaCodeLevel(diplomaCode) ?? (byType === 'told' ? null : byType);
}

const levelsByType: Readonly<Record<string, 3 | 4 | 'told' | 'never'>> = AWARD_TYPE_LEVELS;

/**
 * Passed on or before the reference date. Without a date, the session's last month has to be over.
 * Without either the sender is believed: nobody may be called "without a diploma" against what a file says.
 */
export function isHeldAt({ result, awardedOn, session }: AwardFact, { asOf }: Terms): boolean {
  if (result !== 'admis') return false;
  if (awardedOn !== null) return awardedOn <= asOf;
  if (session === null || !/^\d{4}-(0[1-9]|1[0-2])$/.test(session)) return true;
  return lastDayOfMonth(session) <= asOf;
}

/** Level that an award must reach to remove somebody from the list (see `capBep`); at most 4, 3 for a collège or the unknown. */
export function levelAskedFor({ leadsTo }: Cycle, { capBep }: RuleParameters): number {
  if (capBep === 'any') return 3;
  return Math.min(leadsTo ?? 3, 4);
}

export function qualifyingAwards(awards: readonly AwardFact[], level: number, terms: Terms): AwardFact[] {
  return awards.filter((award) => isHeldAt(award, terms) && (awardLevel(award) ?? 0) >= level);
}

/** `yyyy-mm` to the last day of that month. */
function lastDayOfMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}
