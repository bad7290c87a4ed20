/** Bounds between which a figure lies, at the confidence asked for. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard normal quantile for an interval of 95 %. */
const Z95 = 1.959963984540054;

/**
 * Interval at 95 % of a share, from 0 to 1, that holds for few observations and for shares near 0 or 1.
 * Without observation it is [0, 1]. Source: Wilson 1927.
 */
export function wilsonInterval(successes: number, total: number): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const share = successes / total;
  const square = Z95 * Z95;
  const centre = (share + square / (2 * total)) / (1 + square / total);
  const half =
    (Z95 / (1 + square / total)) * Math.sqrt((share * (1 - share)) / total + square / (4 * total * total));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === total ? 1 : Math.min(1, centre + half),
  };
}

/**
 * Interval that holds the share `confidence` of the values, as much being left out on either side. Values that are not
 * numbers are ignored; throws a RangeError when none is left.
 */
export function percentileInterval(values: readonly number[], confidence: number): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** Interpolated between the two nearest values; `sorted` from the least. */
function quantile(sorted: readonly number[], at: number): number {
  const place = at * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('no value to take an interval of');
  if (below === above) return below;
  return below + (above - below) * (place - Math.floor(place));
}
