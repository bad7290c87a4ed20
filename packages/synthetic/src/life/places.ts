import { Choices, type Random } from '../random.ts';
import { birthsOf } from './births.ts';
import { STARTS, type Start } from './fates.ts';

/** Where somebody is at the start of the first of the two school years, and how old that calendar year makes them. */
export interface Place {
  readonly start: Start;
  readonly age: number;
}

type Weights = Readonly<Record<number, number>>;

/** Of the pupils of a year of training, those of the usual age, a year older and two. Fewer lose years on the general way. `[inferred]` */
const HELD_BACK = { general: [90, 8.5, 1.5], vocational: [74, 19, 7] } as const;

const from = (usual: number, late: readonly number[]): Weights =>
  Object.fromEntries(late.map((weight, years) => [usual + years, weight]));
const general = (usual: number): Weights => from(usual, HELD_BACK.general);
const vocational = (usual: number): Weights => from(usual, HELD_BACK.vocational);
const evenly = (first: number, last: number): Weights => from(first, Array<number>(last - first + 1).fill(1));

/** Ages of those who are in each place, as weights. `[inferred]` */
const AGES: Readonly<Record<Start, Weights>> = {
  // Of the collèges those alone who will be 16, and a few who will not.
  college: { 14: 22, 15: 66, 16: 12 },
  gt1: general(15),
  gt2: general(16),
  gt3: general(17),
  pro1: vocational(15),
  pro2: vocational(16),
  pro3: vocational(17),
  agri1: vocational(15),
  agri2: vocational(16),
  agri3: vocational(17),
  cfa: { 15: 3, 16: 14, 17: 24, 18: 21, 19: 14, 20: 9, 21: 6, 22: 4, 23: 3, 24: 1, 25: 1 },
  private: vocational(15),
  higher: evenly(18, 20),
  university: evenly(18, 20),
  long_gone: evenly(18, 23),
};

function sharesOf(weights: Weights): [age: number, share: number][] {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  return Object.entries(weights).map(([age, weight]) => [Number(age), weight / sum]);
}

function placesOf(year: number): Choices<Place> {
  const starts = Object.entries(STARTS) as [Start, number][];
  return new Choices(
    starts.flatMap(([start, people]) =>
      sharesOf(AGES[start]).map(([age, share]) => ({
        value: { start, age },
        weight: people * share * birthsOf(year - age),
      })),
    ),
  );
}

/** Made once a year. */
const known = new Map<number, Choices<Place>>();

/**
 * A place of somebody of reference when the first of the two school years starts in `year`: a place and an age are as likely as
 * that age is there and as there were births in its year, so that years of many births have more people everywhere.
 */
export function drawPlace(random: Random, year: number): Place {
  let places = known.get(year);
  if (places === undefined) {
    places = placesOf(year);
    known.set(year, places);
  }
  return places.draw(random);
}
