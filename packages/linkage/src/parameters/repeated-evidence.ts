import { parametersByGamma } from '../model/defaults.ts';
import {
  type Comparison,
  type ComparisonLevel,
  gammas,
  levelsByGamma,
  type Model,
  otherwise,
} from '../model/model.ts';
import { patternsFit } from '../scoring/pattern.ts';
import type { EqualPairs } from './equal-pairs.ts';
import { conditionOf } from './join-comparisons.ts';
import type { PatternCount } from './pattern-counts.ts';

/**
 * A level of a comparison that different persons show far more often when they agree in another one: an e-mail that is
 * alike because the names are the same. Its weight would be told twice.
 */
export interface RepeatedEvidence {
  readonly comparison: string;
  readonly level: string;
  /** The comparison whose equality has told it already, or both whose equality has. */
  readonly toldBy: readonly string[];
  /** Share of the different persons who agree there that show the level, 0 to 1, and of different persons at large. */
  readonly share: number;
  readonly shareAtLarge: number;
  /** What is taken back, in bits: log2 of share / shareAtLarge. */
  readonly bits: number;
}

/** A level by its place in the model. */
interface Place {
  readonly comparison: number;
  readonly gamma: number;
}

interface Repeated extends RepeatedEvidence {
  /** The level that is repeated, and the equalities that have told it. */
  readonly at: Place;
  readonly by: readonly Place[];
}

const agrees = (pattern: readonly number[], by: readonly Place[]): boolean =>
  by.every(({ comparison, gamma }) => pattern[comparison] === gamma);

/** Bits below which nothing is taken back: honest comparisons are never quite independent. */
const LEAST_BITS = 3;
/** Expected pairs of different persons below which nothing is believed. */
const LEAST_PAIRS = 20;
/** How many times what overlooked matches would leave at a level it must be. */
const BEYOND_MATCHES = 4;

/**
 * Evidence told twice among different persons, by comparison, the most repeated first. Pairs that agree in one comparison
 * are weighed by how unlikely the remaining comparisons make a match. Matches that these overlook agree in what is asked
 * about, and at the levels as m says: the highest level is taken as theirs wholly, hence never as repeated, and they are
 * taken off the others by it.
 */
function findRepeated(model: Model, equalPairs: readonly EqualPairs[]): readonly Repeated[] {
  const found = [...model.comparisons.entries()].flatMap(([index, comparison]) => {
    const tellers = equalPairs.filter((equal) => equal.comparison !== index);
    if (!missingComesFirst(comparison)) return [];
    const byOne = tellers.flatMap((equal) => levelsRepeated(model, index, [equal]));
    const telling = tellers.filter(({ comparison: own }) =>
      byOne.some(({ by }) => by[0]?.comparison === own),
    );
    const byTwo = telling.flatMap((one, place) =>
      telling.slice(place + 1).flatMap((other) => levelsRepeated(model, index, [one, other])),
    );
    return [...byOne, ...byTwo];
  });
  return found.toSorted((a, b) => a.at.comparison - b.at.comparison || b.bits - a.bits);
}

/** Repeated levels of a comparison where all of these agree, among the pairs counted of the first. */
function levelsRepeated(model: Model, index: number, tellers: readonly EqualPairs[]): readonly Repeated[] {
  const comparison = model.comparisons[index] as Comparison;
  const parameters = parametersByGamma(comparison);
  const by = tellers.map(({ comparison: place, gamma }) => ({ comparison: place, gamma }));
  const counts = (tellers[0]?.counts ?? []).filter(({ gammas: pattern }) => agrees(pattern, by));
  const seen = expectedOthers(model, counts, index);
  const total = seen.reduce((sum, pairs) => sum + pairs, 0);
  const top = parameters.length - 1;
  return levelsByGamma(comparison).flatMap((level, gamma) => {
    if (gamma === 0 || gamma === top) return [];
    const { m = 0, u = 1 } = parameters[gamma] ?? {};
    const overlooked = ((seen[top] ?? 0) * m) / (parameters[top]?.m ?? 1);
    const pairs = (seen[gamma] ?? 0) - overlooked;
    const share = pairs / total;
    const bits = Math.log2(share / u);
    const enough = pairs >= LEAST_PAIRS && pairs >= (BEYOND_MATCHES - 1) * overlooked;
    if (!(enough && bits >= LEAST_BITS)) return [];
    const toldBy = by.map((place) => model.comparisons[place.comparison]?.name ?? '');
    const named = { comparison: comparison.name, level: level.label, toldBy };
    return [{ ...named, share, shareAtLarge: u, bits, at: { comparison: index, gamma }, by }];
  });
}

/** Expected pairs of different persons at each level of a comparison, as the others tell them. */
function expectedOthers(model: Model, counts: readonly PatternCount[], index: number): readonly number[] {
  const parameters = model.comparisons.map(parametersByGamma);
  const seen = (parameters[index] ?? []).map(() => 0);
  for (const { gammas: pattern, pairs } of counts) {
    const gamma = pattern[index] ?? -1;
    if (gamma < 0) continue;
    let odds = model.prior / (1 - model.prior);
    for (const [place, other] of pattern.entries()) {
      const level = place === index ? undefined : parameters[place]?.[other];
      if (level !== undefined) odds *= level.m / level.u;
    }
    seen[gamma] = (seen[gamma] ?? 0) + pairs / (1 + odds);
  }
  return seen;
}

function missingComesFirst(comparison: Comparison): boolean {
  const first = comparison.levels.findIndex(({ isNull }) => isNull !== true);
  return comparison.levels.slice(first).every(({ isNull }) => isNull !== true);
}

/** Comparisons that take back what is told twice, and how their γ follow from those of the others. */
export interface TakenBack {
  readonly evidence: readonly RepeatedEvidence[];
  readonly comparisons: readonly Comparison[];
  readonly extend: (counts: readonly PatternCount[]) => readonly PatternCount[];
}

/**
 * For each comparison with repeated evidence one more, whose fixed m and u take it back where the other one agrees, and
 * say nothing elsewhere. Evidence told by several is taken back once, by that which says most of it. A comparison whose
 * levels would make more patterns than fit in a number is left out.
 */
export function takeBack(model: Model, equalPairs: readonly EqualPairs[]): TakenBack {
  const evidence = findRepeated(model, equalPairs);
  const made: Correction[] = [];
  for (const place of new Set(evidence.map(({ at }) => at.comparison))) {
    const one = correctionOf(
      model,
      place,
      evidence.filter(({ at }) => at.comparison === place),
    );
    const all = [...model.comparisons, ...made.map(({ comparison }) => comparison), one.comparison];
    if (patternsFit(all)) made.push(one);
  }
  const comparisons = made.map(({ comparison }) => comparison);
  const corrected = new Set(comparisons.map(({ corrects }) => corrects));
  const told = evidence.filter(({ comparison }) => corrected.has(comparison));
  const extend = (counts: readonly PatternCount[]): readonly PatternCount[] =>
    counts.map(({ gammas: pattern, pairs }) => ({
      gammas: [...pattern, ...made.map(({ gammaOf }) => gammaOf(pattern))],
      pairs,
    }));
  return { evidence: told.map(({ at: _, by: __, ...one }) => one), comparisons, extend };
}

interface Correction {
  readonly comparison: Comparison;
  readonly gammaOf: (pattern: readonly number[]) => number;
}

const NOTHING = { m: 1, u: 1, fixM: true, fixU: true } as const;

function correctionOf(model: Model, place: number, evidence: readonly Repeated[]): Correction {
  const corrected = model.comparisons[place] as Comparison;
  const lowest = Math.min(...evidence.map(({ at }) => at.gamma));
  const steps = gammas(corrected).flatMap(({ gamma, level }) => {
    if (gamma < lowest) return [];
    const own = evidence.filter(({ at }) => at.gamma === gamma);
    const taking = own.map((one) => ({ gamma, by: one.by, level: takingBack(model, level, one) }));
    // Whatever holds here must not fall through to a lower level; below the lowest nothing is left to guard.
    const plain = { gamma, by: [], level: { ...withCondition(level.label, [level]), ...NOTHING } };
    return gamma === lowest ? taking : [...taking, plain];
  });
  const missing = corrected.levels.filter(({ isNull }) => isNull === true);
  const by = evidence.flatMap((one) => one.by);
  const tellers = by.flatMap((one) => model.comparisons[one.comparison]?.columns ?? []);
  const comparison: Comparison = {
    name: freeName(model, `${corrected.name}_repeats`),
    description: `What ${corrected.name} says again where ${[...new Set(evidence.flatMap(({ toldBy }) => toldBy))].join(' or ')} has said it`,
    corrects: corrected.name,
    columns: [...new Set([...corrected.columns, ...tellers])],
    levels: [...missing, ...steps.map(({ level }) => level), { ...otherwise(), ...NOTHING }],
  };
  const gammaOf = (pattern: readonly number[]): number => {
    const own = pattern[place] ?? -1;
    if (own < 0) return -1;
    const step = steps.findIndex((one) => one.gamma === own && agrees(pattern, one.by));
    return step === -1 ? 0 : steps.length - step;
  };
  return { comparison, gammaOf };
}

/** m is the share at large, u the share where the other comparison agrees: the weight is what is told twice, negative. */
function takingBack(model: Model, level: ComparisonLevel, one: Repeated): ComparisonLevel {
  const equalities = one.by.flatMap(
    ({ comparison, gamma }) => levelsByGamma(model.comparisons[comparison] as Comparison)[gamma] ?? [],
  );
  const label = `${level.label}, told by ${one.toldBy.join(' and ')}`;
  const fixed = { m: one.shareAtLarge, u: one.share, fixM: true, fixU: true };
  return { ...withCondition(label, [...equalities, level]), ...fixed };
}

function withCondition(label: string, levels: readonly ComparisonLevel[]): ComparisonLevel {
  return { label, ...conditionOf(levels) };
}

function freeName(model: Model, wanted: string): string {
  const taken = new Set(model.comparisons.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}
