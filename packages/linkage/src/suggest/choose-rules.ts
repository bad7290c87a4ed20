/** Likely matches that agree on the same atoms: `atoms` by their places, `mass` the expected matches among them. */
export interface AgreementMass {
  readonly atoms: ReadonlySet<number>;
  readonly mass: number;
}

/** A rule that could be taken: the places of its atoms. */
export type KeyChoice = readonly number[];

export interface ChosenKey {
  readonly key: KeyChoice;
  readonly pairs: number;
  /** Share of the likely matches that it finds, and that it finds first; 0 to 1. */
  readonly recall: number;
  readonly added: number;
}

export interface ChooseOptions {
  readonly targetRecall: number;
  readonly pairBudget: number;
  readonly mostRules: number;
  /** Least pairs that the key can have: cheap to say, never too high by more than chance. */
  roughPairs(key: KeyChoice): number;
  /** Pairs of a key, counted. */
  countPairs(key: KeyChoice): Promise<number>;
}

/** Keys looked at closely in each round. */
const SHORTLIST = 12;
/** A rule that finds less than this share of the likely matches is not worth its place. */
const LEAST_GAIN = 0.0003;
/** Below this part of the budget, pairs cost nothing: rules are then chosen by what they find. */
const FREE_PART = 1 / 50;

/**
 * Takes one key after the other, each time the one that finds most likely matches that none has found, for its pairs;
 * stops at the recall wanted, when no key adds anything, or when none fits into the rest of the budget. Ties go to the
 * earlier key.
 */
export async function chooseKeys(
  masses: readonly AgreementMass[],
  keys: readonly KeyChoice[],
  options: ChooseOptions,
): Promise<readonly ChosenKey[]> {
  const { targetRecall, pairBudget, mostRules } = options;
  const total = masses.reduce((sum, { mass }) => sum + mass, 0);
  const chosen: ChosenKey[] = [];
  let open = masses;
  let left = pairBudget;
  let recall = 0;
  const free = pairBudget * FREE_PART;
  while (chosen.length < mostRules && recall < targetRecall && total > 0) {
    const best = await bestKey(open, keys, options, { left, free, least: LEAST_GAIN * total });
    if (best === undefined) break;
    const { key, pairs, gain } = best;
    chosen.push({ key, pairs, recall: massOf(masses, key) / total, added: gain / total });
    open = open.filter(({ atoms }) => !holds(atoms, key));
    left -= pairs;
    recall += gain / total;
  }
  return chosen;
}

async function bestKey(
  open: readonly AgreementMass[],
  keys: readonly KeyChoice[],
  { roughPairs, countPairs }: ChooseOptions,
  { left, free, least }: { readonly left: number; readonly free: number; readonly least: number },
): Promise<{ readonly key: KeyChoice; readonly pairs: number; readonly gain: number } | undefined> {
  const rated = keys.flatMap((key) => {
    const gain = massOf(open, key);
    const rough = roughPairs(key);
    return gain < least || rough > left ? [] : [{ key, gain, value: gain / (rough + free) }];
  });
  rated.sort((a, b) => b.value - a.value);
  let best: { key: KeyChoice; pairs: number; gain: number; value: number } | undefined;
  let looked = 0;
  for (const { key, gain } of rated) {
    // All that fit cost too much so far: look further down.
    if (looked >= SHORTLIST && best !== undefined) break;
    if (looked >= 4 * SHORTLIST) break;
    looked++;
    const pairs = await countPairs(key);
    const value = gain / (pairs + free);
    if (pairs <= left && value > (best?.value ?? 0)) best = { key, pairs, gain, value };
  }
  return best;
}

function holds(atoms: ReadonlySet<number>, key: KeyChoice): boolean {
  return key.every((atom) => atoms.has(atom));
}

export function massOf(masses: readonly AgreementMass[], key: KeyChoice): number {
  return masses.reduce((sum, { atoms, mass }) => (holds(atoms, key) ? sum + mass : sum), 0);
}

/** What no key finds. */
export function missedBy(
  masses: readonly AgreementMass[],
  keys: readonly KeyChoice[],
): readonly AgreementMass[] {
  return masses.filter(({ atoms }) => !keys.some((key) => holds(atoms, key)));
}
