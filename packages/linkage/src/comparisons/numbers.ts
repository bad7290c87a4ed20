import { type ExactOptions, exactLevel, nullLevel } from '../levels/levels.ts';
import {
  absoluteDifferenceLevel,
  cosineLevel,
  distanceInKmLevel,
  percentageDifferenceLevel,
} from '../levels/number-levels.ts';
import { type Comparison, otherwise } from '../model/model.ts';

/** Numbers: equal, then no more than each difference apart (inclusive), from the smallest. */
export function absoluteDifference<Column extends string>(
  name: Column,
  differences: readonly number[],
  options: ExactOptions = {},
): Comparison<Column> {
  const near = differences.map((difference) => absoluteDifferenceLevel(name, difference));
  return {
    name,
    columns: [name],
    levels: [nullLevel(name), exactLevel(name, options), ...near, otherwise()],
  };
}

/** Positive numbers: equal, then less than each share (0 to 1) of the greater one apart, from the smallest. */
export function percentageDifference<Column extends string>(
  name: Column,
  shares: readonly number[],
): Comparison<Column> {
  const near = shares.map((share) => percentageDifferenceLevel(name, share));
  return { name, columns: [name], levels: [nullLevel(name), exactLevel(name), ...near, otherwise()] };
}

/** Places in degrees: no more than each number of km apart, from the smallest. */
export function distanceInKm<Latitude extends string, Longitude extends string>(
  latitude: Latitude,
  longitude: Longitude,
  kilometres: readonly number[] = [1, 10, 100],
): Comparison<Latitude | Longitude> {
  const near = kilometres.map((km) => distanceInKmLevel(latitude, longitude, km));
  return {
    name: `${latitude}_${longitude}`,
    columns: [latitude, longitude],
    levels: [nullLevel(latitude, longitude), ...near, otherwise()],
  };
}

/** Vectors of one length (`FLOAT[n]`): a cosine similarity of each threshold, from the highest. */
export function cosineAtThresholds<Column extends string>(
  name: Column,
  thresholds: readonly number[] = [0.9, 0.8, 0.7],
): Comparison<Column> {
  const near = thresholds.map((threshold) => cosineLevel(name, threshold));
  return { name, columns: [name], levels: [nullLevel(name), ...near, otherwise()] };
}
