/** Bounds between which a figure lies, at the confidence asked for. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Interval of a share, from 0 to 1, that holds for few observations and for shares near 0 or 1.
 * Without observation it is [0, 1]. Source: Wilson 1927.
 */
export function wilsonInterval(successes: number, total: number, confidence = 0.95): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const share = successes / total;
  const z = normalQuantile((1 + confidence) / 2);
  const square = z * z;
  const centre = (share + square / (2 * total)) / (1 + square / total);
  const half =
    (z / (1 + square / total)) * Math.sqrt((share * (1 - share)) / total + square / (4 * total * total));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === total ? 1 : Math.min(1, centre + half),
  };
}

/** A share as it was counted: `count` of `of`. */
export interface CountedShare {
  readonly count: number;
  readonly of: number;
}

/**
 * Interval of the difference of two independent shares, the first less the second, from −1 to 1; [−1, 1] when one of them
 * is of nothing. Source: Newcombe 1998, method 10.
 */
export function differenceInterval(one: CountedShare, other: CountedShare, confidence = 0.95): Interval {
  if (one.of === 0 || other.of === 0) return { low: -1, high: 1 };
  const [a, b] = [one.count / one.of, other.count / other.of];
  const ofOne = wilsonInterval(one.count, one.of, confidence);
  const ofOther = wilsonInterval(other.count, other.of, confidence);
  return {
    low: a - b - Math.hypot(a - ofOne.low, ofOther.high - b),
    high: a - b + Math.hypot(ofOne.high - a, b - ofOther.low),
  };
}

const TAIL = 0.02425;
const CENTRAL = [
  [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
] as const;
const OUTER = [
  [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
] as const;

/** Quantile of the standard normal law, for a probability between 0 and 1; nine digits hold. Source: Acklam 2003. */
export function normalQuantile(probability: number): number {
  if (probability > 1 - TAIL) return -normalQuantile(1 - probability);
  if (probability >= TAIL) {
    const q = probability - 0.5;
    return (q * polynomial(CENTRAL[0], q * q)) / polynomial(CENTRAL[1], q * q);
  }
  const q = Math.sqrt(-2 * Math.log(probability));
  return polynomial(OUTER[0], q) / polynomial(OUTER[1], q);
}

/** Coefficients from the highest power. */
function polynomial(coefficients: readonly number[], at: number): number {
  return coefficients.reduce((sum, coefficient) => sum * at + coefficient, 0);
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
