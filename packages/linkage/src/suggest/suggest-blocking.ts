import { countRulePairs } from '../blocking/count-pairs.ts';
import type { BlockingRule, Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';
import { type KeyAtom, keyAtoms, ruleOf } from './candidate-keys.ts';
import { type AgreementMass, type ChosenKey, chooseKeys, type KeyChoice, missedBy } from './choose-rules.ts';
import { likelyMatches } from './likely-matches.ts';

export interface SuggestBlockingOptions {
  /** Share of the likely matches to find; 0.999 by default. */
  readonly targetRecall?: number;
  /** Pairs of all rules together at most, pairs found by several counted for each; 30 million by default. */
  readonly pairBudget?: number;
  /** Pairs looked at to find likely matches; 2 million by default. */
  readonly searchPairs?: number;
  /** 16 by default. */
  readonly mostRules?: number;
}

export interface SuggestedRule {
  readonly rule: BlockingRule;
  /** What both records share, in words. */
  readonly label: string;
  /** Pairs that it finds, counted; an upper bound where lists are exploded. */
  readonly pairs: number;
  /** Estimated share of the likely matches that it finds, and that no rule before it finds. */
  readonly recall: number;
  readonly added: number;
}

export interface SuggestedBlocking {
  /** Compare all pairs: they are within the budget, and no rule is needed. */
  readonly allPairs: boolean;
  readonly rules: readonly SuggestedRule[];
  /** Pairs to look at: all, or the sum of the rules'. */
  readonly pairs: number;
  /** Estimated share of the likely matches that the rules find together. */
  readonly recall: number;
  /** What is missed, in sentences, without any value. */
  readonly notes: readonly string[];
}

const PAIR_BUDGET = 30_000_000;
const SEARCH_PAIRS = 2_000_000;
const TARGET = 0.999;

/**
 * A small set of blocking rules for a recall wanted and a budget of pairs, without a label. The session is one of the
 * model, opened without rules; keys are taken from the columns that it compares. The same records give the same rules.
 */
export async function suggestBlockingRules(
  session: LinkSession,
  model: Model,
  options: SuggestBlockingOptions = {},
): Promise<SuggestedBlocking> {
  const {
    targetRecall = TARGET,
    pairBudget = PAIR_BUDGET,
    searchPairs = SEARCH_PAIRS,
    mostRules = 16,
  } = options;
  const { possiblePairs, runner, records } = session;
  if (possiblePairs <= pairBudget) {
    const notes = [`all ${possiblePairs} pairs are within the budget: compare them all, nothing is missed`];
    return { allPairs: true, rules: [], pairs: possiblePairs, recall: 1, notes };
  }
  const request = { records, linkType: model.linkType };
  const count = async (atoms: readonly KeyAtom[]) =>
    (await countRulePairs(runner, request, ruleOf(atoms), 0)).pairs;
  const atoms = await keyAtoms(session, model);
  const pairsOfAtoms: number[] = [];
  for (const atom of atoms) pairsOfAtoms.push(await count([atom]));
  const { masses, searched, searchedPairs, sampledRecords } = await likelyMatches(
    session,
    model,
    atoms,
    pairsOfAtoms,
    searchPairs,
  );
  const counted = new Map<string, number>();
  const chosen = await chooseKeys(masses, candidateKeys(atoms), {
    targetRecall,
    pairBudget,
    mostRules,
    roughPairs: (key) =>
      // Columns are rarely independent: pairs of one city share its code. Half of what independence would give is safe.
      key.reduce((pairs, place) => (pairs * (pairsOfAtoms[place] ?? 0)) / possiblePairs, possiblePairs) / 2,
    countPairs: async (key) => {
      const name = key.join();
      const pairs = counted.get(name) ?? (await count(key.flatMap((place) => atoms[place] ?? [])));
      counted.set(name, pairs);
      return pairs;
    },
  });
  return summary(atoms, masses, chosen, {
    targetRecall,
    searched: searched.length,
    searchedPairs,
    sampledRecords,
  });
}

/** Single atoms that may stand alone, and two of different columns. */
function candidateKeys(atoms: readonly KeyAtom[]): readonly KeyChoice[] {
  const keys: number[][] = [];
  const apart = (a: number, b: number) =>
    (atoms[a]?.origins ?? []).every((column) => !(atoms[b]?.origins ?? []).includes(column));
  for (const [a, atom] of atoms.entries()) {
    if (atom.coarse !== true) keys.push([a]);
    for (let b = a + 1; b < atoms.length; b++) if (apart(a, b) && !bothLists(atoms, a, b)) keys.push([a, b]);
  }
  return keys;
}

function bothLists(atoms: readonly KeyAtom[], a: number, b: number): boolean {
  return atoms[a]?.list === true && atoms[b]?.list === true;
}

/** How likely matches were looked for. */
interface Search {
  readonly searched: number;
  readonly searchedPairs: number;
  readonly sampledRecords: number;
}

function howEstimated(total: number, { searched, searchedPairs, sampledRecords }: Search): string {
  const among = `estimated among ${Math.round(total)} likely matches`;
  if (searched === 0) return `${among} of all pairs`;
  const found = `${among}, found by ${searched} loose keys in ${searchedPairs} pairs`;
  return sampledRecords > 0
    ? `${found}, and by comparing ${sampledRecords} records with all others`
    : `${found}; matches that share none of these keys are not seen: the recall is an upper bound`;
}

function isWhole(atom: KeyAtom | undefined): boolean {
  return atom !== undefined && atom.columns.length === 1 && atom.label === atom.columns[0];
}

function summary(
  atoms: readonly KeyAtom[],
  masses: readonly AgreementMass[],
  chosen: readonly ChosenKey[],
  told: Search & { readonly targetRecall: number },
): SuggestedBlocking {
  const labelOf = (key: Iterable<number>) => [...key].map((place) => atoms[place]?.label ?? '').join(' + ');
  // Whoever shares a column shares its parts.
  const briefly = (shared: ReadonlySet<number>) => {
    const columns = [...shared].flatMap((place) =>
      isWhole(atoms[place]) ? (atoms[place]?.columns ?? []) : [],
    );
    return labelOf(
      [...shared].filter(
        (place) =>
          isWhole(atoms[place]) || !(atoms[place]?.columns ?? []).some((column) => columns.includes(column)),
      ),
    );
  };
  const recall = chosen.reduce((sum, { added }) => sum + added, 0);
  const total = masses.reduce((sum, { mass }) => sum + mass, 0);
  const missed = [
    ...missedBy(
      masses,
      chosen.map(({ key }) => key),
    ),
  ].sort((a, b) => b.mass - a.mass);
  const notes = [
    howEstimated(total, told),
    `${Math.round(missed.reduce((sum, { mass }) => sum + mass, 0))} of them are missed`,
    ...missed
      .slice(0, 3)
      .filter(({ mass }) => mass >= 1)
      .map(
        ({ atoms: shared, mass }) =>
          `missed: ${Math.round(mass)} that share ${briefly(shared) === '' ? 'nothing' : `only ${briefly(shared)}`}`,
      ),
  ];
  if (recall < told.targetRecall)
    notes.push('the recall wanted is not reached: allow more pairs or more rules');
  return {
    allPairs: false,
    rules: chosen.map(({ key, pairs, recall: own, added }) => ({
      rule: ruleOf(key.flatMap((place) => atoms[place] ?? [])),
      label: labelOf(key),
      pairs,
      recall: own,
      added,
    })),
    pairs: chosen.reduce((sum, { pairs }) => sum + pairs, 0),
    recall,
    notes,
  };
}
