const TAIL = 0.025;

/** From rank to rank of values in order, from 1; 0 = below the first, n + 1 = beyond the last. */
export interface Ranks {
  readonly low: number;
  readonly high: number;
}

/**
 * Between which of `count` values in order a quantile of what they were drawn from lies, 95 times in 100 at least, whatever
 * the distribution: how many of them are below it is binomial. Source: order statistics (David & Nagaraja, § 7.1).
 * `share`: above 0 and under 1.
 */
export function quantileRanks(count: number, share: number): Ranks {
  let low = 0;
  let below = 0;
  // Log of the chance that exactly `hits` of them are below: the chance itself is 0 to a number, of thousands.
  let log = count * Math.log(1 - share);
  for (let hits = 0; hits <= count; hits += 1) {
    below += Math.exp(log);
    if (below <= TAIL) low = hits + 1;
    if (below >= 1 - TAIL) return { low, high: hits + 1 };
    log += Math.log((count - hits) / (hits + 1)) + Math.log(share / (1 - share));
  }
  return { low, high: count + 1 };
}
