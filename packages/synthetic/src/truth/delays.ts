import { type CivilDate, daysBetween } from '../calendar.ts';
import type { DropOut } from './drop-outs.ts';
import { quantileRanks } from './quantile-interval.ts';

/** One campaign of a calendar: its reference date, and the people of the truth who are on its lists. */
export interface Listing {
  readonly asOf: CivilDate;
  readonly listed: ReadonlySet<string>;
}

/**
 * How long a drop-out was not on a list, in days, 0 or more. The wait from the last day in training to the list is the sum of
 * the three: until the rules make them somebody to list; until the next campaign; until a campaign lists them.
 */
export interface Delay {
  readonly dropOut: DropOut;
  /** First campaign that lists them after they left and before they were back; undefined when none did. */
  readonly listedOn: CivilDate | undefined;
  readonly rules: number;
  /** Undefined when no campaign came, or none listed them. */
  readonly calendar: number | undefined;
  readonly senders: number | undefined;
}

/** What is left of a cohort: whoever truly became somebody to list after `from` and up to `to`, for `shortest` days at least. */
export interface Cohort {
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** A shorter time out of training is a way from one school to another. */
  readonly shortest: number;
}

export function cohortOf(dropOuts: readonly DropOut[], { from, to, shortest }: Cohort): readonly DropOut[] {
  return dropOuts.filter(
    ({ since, until }) =>
      since > from && since <= to && (until === undefined || daysBetween(since, until) + 1 >= shortest),
  );
}

/** The wait of each drop-out under a calendar of campaigns, in order of their dates. */
export function delaysOf(dropOuts: readonly DropOut[], calendar: readonly Listing[]): readonly Delay[] {
  return dropOuts.map((dropOut) => {
    const { person, leftOn, since, until } = dropOut;
    const lasting = calendar.filter(({ asOf }) => asOf > leftOn && (until === undefined || asOf <= until));
    const listedOn = lasting.find(({ listed }) => listed.has(person))?.asOf;
    const rules = daysBetween(leftOn, since);
    if (listedOn === undefined) return { dropOut, listedOn, rules, calendar: undefined, senders: undefined };
    // Listed before the rules would: what is left of their wait, and no other.
    if (listedOn < since)
      return { dropOut, listedOn, rules: daysBetween(leftOn, listedOn), calendar: 0, senders: 0 };
    const next = lasting.find(({ asOf }) => asOf >= since)?.asOf ?? listedOn;
    return {
      dropOut,
      listedOn,
      rules,
      calendar: daysBetween(since, next),
      senders: daysBetween(next, listedOn),
    };
  });
}

export interface DaysWithin {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export interface DelayFigures {
  readonly dropOuts: number;
  readonly listed: number;
  /** Back in training, too old or dead before any campaign listed them. */
  readonly overBefore: number;
  /** Still to be listed at the last campaign, and on no list. */
  readonly never: number;
  /** Days of half of them, and of nine in ten; undefined when that many were never listed. */
  readonly median: number | undefined;
  readonly p90: number | undefined;
  /** Between which days each of the two lies, 95 times in 100; undefined for a day that is not reached. */
  readonly medianWithin: DaysWithin;
  readonly p90Within: DaysWithin;
  /** Shares listed within so many days. */
  readonly within: Readonly<Record<(typeof WITHIN_DAYS)[number], number>>;
  /** Mean days of those listed. */
  readonly mean: number;
}

export const WITHIN_DAYS = [30, 60, 90] as const;

/** Which wait: from the last day in training, or from the day on which the rules make somebody to list of them. */
export type Start = 'leaving' | 'due';

/** Figures of all delays: who was never listed counts as waiting for ever, and is in no mean. */
export function figuresOf(delays: readonly Delay[], start: Start): DelayFigures {
  const days = delays.map(({ rules, calendar, senders }) =>
    calendar === undefined || senders === undefined
      ? Number.POSITIVE_INFINITY
      : (start === 'leaving' ? rules : 0) + calendar + senders,
  );
  const inOrder = [...days].sort((one, other) => one - other);
  const listed = inOrder.filter(Number.isFinite);
  const over = delays.filter(
    ({ listedOn, dropOut }) => listedOn === undefined && dropOut.until !== undefined,
  );
  const share = (limit: number) => listed.filter((wait) => wait <= limit).length / Math.max(1, delays.length);
  return {
    dropOuts: delays.length,
    listed: listed.length,
    overBefore: over.length,
    never: delays.length - listed.length - over.length,
    median: quantile(inOrder, 0.5),
    p90: quantile(inOrder, 0.9),
    medianWithin: quantileWithin(inOrder, 0.5),
    p90Within: quantileWithin(inOrder, 0.9),
    within: { 30: share(30), 60: share(60), 90: share(90) },
    mean: listed.reduce((sum, wait) => sum + wait, 0) / Math.max(1, listed.length),
  };
}

/** The smallest of the values that so large a share does not exceed; undefined for none, or when that is for ever. */
function quantile(inOrder: readonly number[], share: number): number | undefined {
  return reached(inOrder[Math.ceil(share * inOrder.length) - 1]);
}

const reached = (days: number | undefined): number | undefined =>
  days !== undefined && Number.isFinite(days) ? days : undefined;

/** Nobody waits for less than no day. */
function quantileWithin(inOrder: readonly number[], share: number): DaysWithin {
  const { low, high } = quantileRanks(inOrder.length, share);
  return { low: low === 0 ? 0 : reached(inOrder[low - 1]), high: reached(inOrder[high - 1]) };
}
