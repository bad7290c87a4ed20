import { type CivilDate, daysBetween } from './calendar.ts';
import { FAILURE_MODES, type FailureMode } from './failure-modes.ts';
import type { Random } from './random.ts';

export interface FailureTally {
  occasions: number;
  hits: number;
}

/** Counts of what was drawn: occasions and hits of each mode. */
export type FailureTallies = Readonly<Record<FailureMode, Readonly<FailureTally>>>;

const MODES = Object.keys(FAILURE_MODES) as FailureMode[];

export function noTallies(): Record<FailureMode, FailureTally> {
  return Object.fromEntries(MODES.map((mode) => [mode, { occasions: 0, hits: 0 }])) as Record<
    FailureMode,
    FailureTally
  >;
}

/** Sum of tallies of several parts. */
export function addTallies(parts: Iterable<FailureTallies>): FailureTallies {
  const sum = noTallies();
  for (const part of parts) {
    for (const mode of MODES) {
      sum[mode].occasions += part[mode].occasions;
      sum[mode].hits += part[mode].hits;
    }
  }
  return sum;
}

/** `named`: the rates of the table. `none`: senders without fault, that tell all they know. */
export const FAULT_LEVELS = ['named', 'none'] as const;
export type FaultLevel = (typeof FAULT_LEVELS)[number];

/** After how many days, low and high, what is told late comes in the end. `[inferred]` */
export const LATE_DAYS = { low: 25, high: 130 } as const;

/** Draws failures and counts them. */
export class Failures {
  readonly #tallies = noTallies();
  readonly #rates: Readonly<Record<FailureMode, number>>;
  /** Whether the same people are told of at several dates, so that what is late has to come in the end. */
  readonly #followed: boolean;

  constructor(level: FaultLevel, followed: boolean) {
    this.#followed = followed;
    this.#rates = Object.fromEntries(
      MODES.map((mode) => [mode, level === 'none' ? 0 : FAILURE_MODES[mode].rate]),
    ) as Record<FailureMode, number>;
  }

  get tallies(): FailureTallies {
    return this.#tallies;
  }

  /** What goes wrong with a sender as a whole, drawn from the sender's own stream and counted nowhere. */
  strikesSender(mode: FailureMode, random: Random): boolean {
    return random.chance(this.#rates[mode]);
  }

  /** The failures of one row, drawn from the row's own stream. */
  ofRow(random: Random): RowFailures {
    return new RowFailures({ rates: this.#rates, followed: this.#followed, tallies: this.#tallies }, random);
  }

  /** The same, counted nowhere: for what another bassin counts. */
  uncounted(random: Random): RowFailures {
    return new RowFailures({ rates: this.#rates, followed: this.#followed, tallies: undefined }, random);
  }
}

interface FailureWays {
  readonly rates: Readonly<Record<FailureMode, number>>;
  readonly followed: boolean;
  /** Undefined for what is counted elsewhere. */
  readonly tallies: Record<FailureMode, FailureTally> | undefined;
}

/** What goes wrong with one row. */
export class RowFailures {
  readonly random: Random;
  readonly #ways: FailureWays;
  readonly #hits: FailureMode[];

  constructor(ways: FailureWays, random: Random, hits: FailureMode[] = []) {
    this.#ways = ways;
    this.random = random;
    this.#hits = hits;
  }

  /** Modes that struck so far. */
  get hits(): readonly FailureMode[] {
    return this.#hits;
  }

  /**
   * The same row for what `label` says: what strikes there is told of the row, and drawn from a stream of its own, so that
   * nothing else of the row changes.
   */
  aside(label: string): RowFailures {
    return new RowFailures(this.#ways, this.random.fork(label), this.#hits);
  }

  /** True when `mode` strikes this time. */
  strikes(mode: FailureMode): boolean {
    return this.#count(mode, this.#draw(mode));
  }

  /**
   * True when `mode` spares this time, drawn as what is there and not as what is missing; counted, and not told of the row: a
   * form with a blank is no wrong row.
   */
  spares(mode: FailureMode): boolean {
    const there = this.random.chance(1 - this.#ways.rates[mode]);
    const tally = this.#ways.tallies?.[mode];
    if (tally !== undefined) {
      tally.occasions += 1;
      if (!there) tally.hits += 1;
    }
    return there;
  }

  /**
   * True when what happened on `since` is not told on `on`, for it is told late. A rate is that of one campaign: where a
   * single date is told, what is late is late on that date; where people are followed, it comes after so many days.
   */
  leavesUntold(mode: FailureMode, { since, on }: { since: CivilDate; on: CivilDate }): boolean {
    const late = this.#draw(mode);
    const days = () => this.random.fork(`late/${mode}`).between(LATE_DAYS.low, LATE_DAYS.high);
    return this.#count(mode, late && (!this.#ways.followed || daysBetween(since, on) < days()));
  }

  /**
   * True when what happened on `since` is told only after so many days, and these are not over on `on`. Only while they last
   * is it an occasion: what has been told since is no fault. Draws alike whatever `on` is.
   */
  isStillUntold(mode: FailureMode, { since, on }: { since: CivilDate; on: CivilDate }): boolean {
    const late = this.#draw(mode);
    const days = this.random.fork(`late/${mode}`).between(LATE_DAYS.low, LATE_DAYS.high);
    return daysBetween(since, on) < days && this.#count(mode, late);
  }

  #draw(mode: FailureMode): boolean {
    return this.random.chance(this.#ways.rates[mode]);
  }

  #count(mode: FailureMode, struck: boolean): boolean {
    if (struck) this.#hits.push(mode);
    const tally = this.#ways.tallies?.[mode];
    if (tally !== undefined) {
      tally.occasions += 1;
      if (struck) tally.hits += 1;
    }
    return struck;
  }
}
