import type { Cycle } from '../cycle.ts';
import type { Terms } from '../terms.ts';
import type { Employment } from './contracts.ts';
import type { Stay } from './stays.ts';

/** A spell or a contract that overlaps the window W. */
export interface WindowItem {
  readonly recordId: string;
  readonly cycle: Cycle;
  readonly notInClass: boolean;
  readonly abandonUndated: boolean;
}

/** Every contract counts, also those of people who have spells; of stays only the spells, so that no contract counts twice. */
export function windowItemsOf(
  stays: readonly Stay[],
  employment: Employment,
  { asOf, windowStart }: Terms,
): WindowItem[] {
  const overlaps = (firstDay: string, lastDay: string) => firstDay <= asOf && lastDay >= windowStart;
  const spells = stays
    .filter(({ kind, firstDay, lastDay }) => kind === 'spell' && overlaps(firstDay, lastDay))
    .map(({ recordId, cycle, notInClass, abandonUndated }) => ({
      recordId,
      cycle,
      notInClass,
      abandonUndated,
    }));
  const contracts = employment.contracts
    .filter(({ startedOn, lastDay }) => overlaps(startedOn, lastDay))
    .map(({ recordId, cycle }) => ({ recordId, cycle, notInClass: false, abandonUndated: false }));
  return [...spells, ...contracts];
}

/** Leads to level 3 or 4: the diplomas that the lists are about. */
export function qualifies({ leadsTo }: Cycle): boolean {
  return leadsTo === 3 || leadsTo === 4;
}

/** Levels told by no code pass, so that nobody is left out for want of one. */
export function mayQualify(cycle: Cycle): boolean {
  return qualifies(cycle) || cycle.cycle === 'unknown';
}
