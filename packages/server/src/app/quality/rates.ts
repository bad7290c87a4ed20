import { type CountedShare, differenceInterval, wilsonInterval } from '@raccroche/linkage';
import {
  type GroupFigures,
  MEASURES,
  type Measure,
  type NameGroupGap,
  type Rate,
  type RateGap,
} from './quality-report.ts';

/** Fewer people than that say nothing of a group. */
export const LEAST_COMPARED = 30;
export const CONFIDENCE = 0.95;

export function rateOf(count: number, of: number): Rate {
  return { count, of, rate: of === 0 ? null : count / of, interval: wilsonInterval(count, of) };
}

/** How far name groups are from each other, for each measure. */
export function nameGroupGaps(groups: readonly GroupFigures[]): readonly NameGroupGap[] {
  return MEASURES.map((measure) => nameGroupGap(groups, measure));
}

function nameGroupGap(all: readonly GroupFigures[], measure: Measure): NameGroupGap {
  const groups = all.filter((group) => group[measure].of >= LEAST_COMPARED);
  const pairs = groups.flatMap((one, index) => groups.slice(index + 1).map((other) => [one, other] as const));
  // All pairs are looked at: the interval of the one picked must hold for each of them.
  const confidence = 1 - (1 - CONFIDENCE) / Math.max(1, pairs.length);
  const gaps = pairs.map(([one, other]) => gapOf(one, other, measure, confidence));
  return {
    measure,
    groups: groups.length,
    largest: highestBy(gaps, ({ gap }) => gap),
    surest: highestBy(gaps, ({ interval }) => interval.low),
  };
}

function gapOf(one: GroupFigures, other: GroupFigures, measure: Measure, confidence: number): RateGap {
  const share = (group: GroupFigures): number => ratio(group[measure]);
  const [high, low] = share(one) >= share(other) ? [one, other] : [other, one];
  const interval = differenceInterval(high[measure], low[measure], confidence);
  return {
    highest: high.group,
    lowest: low.group,
    gap: share(high) - share(low),
    interval,
    distinguishable: interval.low > 0,
  };
}

const ratio = ({ count, of }: CountedShare): number => (of === 0 ? 0 : count / of);

/** The first of the highest, so that the order of groups alone settles ties. */
function highestBy(gaps: readonly RateGap[], value: (gap: RateGap) => number): RateGap | null {
  return gaps.reduce<RateGap | null>(
    (best, gap) => (best === null || value(gap) > value(best) ? gap : best),
    null,
  );
}
