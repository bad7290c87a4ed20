import { countRulePairs } from '../blocking/count-pairs.ts';
import type { BlockingRule, Model } from '../model/model.ts';
import { trainModel } from '../parameters/train.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import type { LinkSession } from '../session.ts';
import { agreementSql, type KeyAtom, ruleOf } from './candidate-keys.ts';
import type { AgreementMass } from './choose-rules.ts';

/** Pairs below this weight (log2) add nothing to the expected matches. */
const LEAST_WEIGHT = -6;
/** A pair of the sample stands for this many at most: beyond that, one doubtful pair would drown all others. */
const MOST_WEIGHTED = 3000;

export interface LikelyMatches {
  readonly masses: readonly AgreementMass[];
  /** Rules of the loose union in which they were looked for; none where all pairs were looked at. */
  readonly searched: readonly BlockingRule[];
  readonly searchedPairs: number;
  /** Records that were compared with all others, to see what shares none of the loose keys; 0 when there are too many. */
  readonly sampledRecords: number;
}

/**
 * Expected matches by what they agree on, without a label: a first model, trained on a loose union of keys, gives every
 * pair of the union its probability. What agrees on none of its keys is estimated from records drawn by a hash of their
 * number and compared with all that follow them; where the records are too many for that, it is not seen.
 */
export async function likelyMatches(
  session: LinkSession,
  model: Model,
  atoms: readonly KeyAtom[],
  pairsOfAtoms: readonly number[],
  searchPairs: number,
): Promise<LikelyMatches> {
  const { rules, pairs } = await looseRules(session, model, atoms, pairsOfAtoms, searchPairs);
  const loose = { ...model, blockingRules: rules };
  const { model: trained } = await trainModel(session, loose, {
    maxRandomPairs: Math.max(500_000, searchPairs),
    repeated: 'kept',
    guard: 'off',
  });
  const table = `${session.prefix}likely_pairs`;
  const step = sampleStep(session.recordCount, rules, searchPairs);
  const sample: readonly BlockingRule[] = step === undefined ? [] : [{ sql: `hash(l.rid) % ${step} = 0` }];
  const wide = { ...trained, blockingRules: [...rules, ...sample] };
  // Its rules are counted, its sample is bounded by its step: what has no equality is meant.
  await scorePairs(session, wide, { threshold: LEAST_WEIGHT, into: table, guard: 'off' });
  const masses = await agreementMasses(session, atoms, table, rules.length, step ?? 1);
  await session.runner.run(`DROP TABLE ${table}`);
  const sampledRecords = step === undefined ? 0 : Math.round(session.recordCount / step);
  return { masses, searched: rules, searchedPairs: pairs, sampledRecords };
}

/** One record in how many is compared with all that follow it; undefined when none is, or all are. */
function sampleStep(
  records: number,
  rules: readonly BlockingRule[],
  searchPairs: number,
): number | undefined {
  if (rules.length === 0) return undefined;
  const step = Math.max(1, Math.ceil((records * records) / 2 / searchPairs));
  return step > MOST_WEIGHTED ? undefined : step;
}

/** For each column the key that finds most and is affordable, alone or, where none is, together with another column's. */
async function looseRules(
  session: LinkSession,
  model: Model,
  atoms: readonly KeyAtom[],
  pairsOfAtoms: readonly number[],
  searchPairs: number,
): Promise<{ readonly rules: readonly BlockingRule[]; readonly pairs: number }> {
  const { possiblePairs, runner, records } = session;
  if (possiblePairs <= searchPairs) return { rules: [], pairs: possiblePairs };
  const columns = [...new Set(atoms.flatMap((atom) => atom.origins))];
  const allowed = searchPairs / Math.max(1, columns.length);
  const chosen = new Map<string, BlockingRule>();
  let total = 0;
  for (const column of columns) {
    const own = atoms.flatMap((atom, place) => (atom.origins.includes(column) ? [{ atom, place }] : []));
    const others = atoms.flatMap((atom, place) => (atom.origins.includes(column) ? [] : [{ atom, place }]));
    const rough = (places: readonly number[]) =>
      places.reduce((pairs, place) => pairs * ((pairsOfAtoms[place] ?? 0) / possiblePairs), possiblePairs);
    const alone = own.map(({ atom, place }) => ({ atoms: [atom], rough: rough([place]) }));
    const together = own.flatMap((one) =>
      others.map((other) => ({ atoms: [one.atom, other.atom], rough: rough([one.place, other.place]) })),
    );
    for (const candidates of [alone, together]) {
      const affordable = candidates
        .filter((one) => one.rough > 0 && one.rough <= allowed)
        .sort((a, b) => b.rough - a.rough);
      const found = await firstAffordable(affordable.slice(0, 8));
      if (found === undefined) continue;
      if (!chosen.has(found.rule.sql)) total += found.pairs;
      chosen.set(found.rule.sql, found.rule);
      break;
    }
  }
  return { rules: [...chosen.values()], pairs: total };

  async function firstAffordable(candidates: readonly { readonly atoms: readonly KeyAtom[] }[]) {
    for (const candidate of candidates) {
      const rule = ruleOf(candidate.atoms);
      const { pairs } = await countRulePairs(runner, { records, linkType: model.linkType }, rule, 0);
      if (pairs > 0 && pairs <= allowed * 1.5) return { rule, pairs };
    }
    return undefined;
  }
}

/** Expected matches by the atoms on which they agree, in a fixed order; sums are of rounded thousandths, so exact. */
async function agreementMasses(
  { runner, records }: LinkSession,
  atoms: readonly KeyAtom[],
  table: string,
  looseRules: number,
  step: number,
): Promise<readonly AgreementMass[]> {
  // A doubtful pair of the sample stands for many doubtful ones: only likely ones count.
  const sampled = `p.match_key = ${looseRules} AND ${looseRules} > 0`;
  const standsFor = `CASE WHEN NOT (${sampled}) THEN 1 WHEN p.match_weight >= 0 THEN ${step} ELSE 0 END`;
  const bits = atoms.map((atom, place) => `CASE WHEN ${agreementSql(atom)} THEN ${2 ** place} ELSE 0 END`);
  const rows = await runner.all(`SELECT mask, sum(thousandths) AS thousandths FROM (
      SELECT (${bits.map((bit) => `(${bit})::BIGINT`).join(' + ')}) AS mask,
        round(1000 * (${standsFor}) / (1 + pow(2, -least(60, p.match_weight))))::BIGINT AS thousandths
      FROM ${table} p JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r)
    GROUP BY mask ORDER BY mask`);
  return rows.map(({ mask, thousandths }) => ({
    atoms: new Set(
      atoms.flatMap((_, place) => (Math.floor(Number(mask) / 2 ** place) % 2 === 1 ? [place] : [])),
    ),
    mass: Number(thousandths) / 1000,
  }));
}
