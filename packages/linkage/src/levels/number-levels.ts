import { atLeast, atMost, call, type Expression, left, right } from '../expression/expression.ts';
import { type ComparisonLevel, level } from '../model/model.ts';

const difference = (name: string): Expression => call('abs', call('-', left(name), right(name)));

/** Numbers that differ by no more than `most` (inclusive), in their own unit. */
export function absoluteDifferenceLevel(name: string, most: number): ComparisonLevel {
  return level(`${name} within ${most}`, atMost(difference(name), most));
}

/** Positive numbers whose difference is below this share (0 to 1, exclusive) of the greater one. */
export function percentageDifferenceLevel(name: string, share: number): ComparisonLevel {
  const relative = call('/', difference(name), call('greatest', left(name), right(name)));
  return level(`${name} within ${share * 100} %`, call('<', relative, share));
}

/** Two places, given in degrees, no more than `km` apart on the great circle (radius 6371 km). */
export function distanceInKmLevel(latitude: string, longitude: string, km: number): ComparisonLevel {
  const apart = call('great_circle_km', left(latitude), left(longitude), right(latitude), right(longitude));
  return level(`within ${km} km`, atMost(apart, km));
}

/** Vectors of one length (`FLOAT[n]`) whose cosine similarity reaches the threshold, −1 to 1. */
export function cosineLevel(name: string, threshold: number): ComparisonLevel {
  const measured = call('array_cosine_similarity', left(name), right(name));
  return level(`cosine similarity of ${name} >= ${threshold}`, atLeast(measured, threshold));
}
