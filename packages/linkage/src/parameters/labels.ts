import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import type { LinkSession } from '../session.ts';
import { TrainingError } from './estimate-m-by-rule.ts';
import { addEstimates, type Estimates, sharesOf } from './estimates.ts';
import { countPatterns, countPatternsBy, type PatternCount } from './pattern-counts.ts';
import { requireColumns } from './rule-columns.ts';

export interface LabelOptions {
  /**
   * Pairs that every level is given beforehand, so that an unseen level is rare and not untrained: 0.5 by default;
   * 0 is Splink's way.
   */
  readonly smoothing?: number;
}

export interface PairLabels {
  /** What follows FROM: `<id>_l`, `<id>_r`, `<source>_l`, `<source>_r` where there are several inputs. */
  readonly relation: string;
  /** Column of the score that a person gave, 0 to 1; every row is a match when absent. */
  readonly scoreColumn?: string;
  /** Column of how many pairs each label stands for, where they were drawn unevenly (a plan of `planReview`). */
  readonly weightColumn?: string;
}

/** A labelled pair matches from this score on. */
const MATCH_SCORE = 0.5;

/**
 * One more estimate of m from pairs that people labelled, weighed by `weightColumn`. Labels that say «different» are not used: they were chosen, and
 * tell nothing of pairs at random. Throws TrainingError when no labelled match is among the records.
 */
export async function estimateMFromPairs(
  session: LinkSession,
  estimates: Estimates,
  labels: PairLabels,
  { smoothing = 0.5 }: LabelOptions = {},
): Promise<Estimates> {
  const { model } = estimates;
  const pairs = labelledPairsSql(session, model, labels);
  const weighed = await countPatternsBy(session.runner, model, pairs, ['label_weight']);
  const counts = weighed.map(({ by: [weight = '1'], count: { gammas, pairs: seen } }) => ({
    gammas,
    pairs: seen * Number(weight),
  }));
  return addEstimates(estimates, 'm', sharesOf(model, matchesIn(counts), smoothing));
}

/**
 * One more estimate of m, and of u, from a column that is the same in records of one person (NULL: not known). u comes
 * from all pairs whose labels differ, which is exact: give it for small inputs only (`withU`).
 * Throws InputError when the column was not gathered, TrainingError when no two records share a label.
 */
export async function estimateFromLabelColumn(
  session: LinkSession,
  estimates: Estimates,
  column: string,
  { smoothing = 0.5, withU = false }: LabelOptions & { readonly withU?: boolean } = {},
): Promise<Estimates> {
  const { runner, records } = session;
  const { model } = estimates;
  await requireColumns(runner, records, [column]);
  const pairs = (condition: string): string =>
    candidatePairsSql({
      records,
      linkType: model.linkType,
      rules: [{ sql: `l.${quoteName(column)} ${condition} r.${quoteName(column)}` }],
      columns: comparedColumns(model),
    });
  const counts = await countPatterns(runner, model, pairs('='));
  const withM = addEstimates(estimates, 'm', sharesOf(model, matchesIn(counts), smoothing));
  if (!withU) return withM;
  const others = await countPatterns(runner, model, pairs('<>'));
  return addEstimates(withM, 'u', sharesOf(model, others, smoothing));
}

function matchesIn(counts: readonly PatternCount[]): readonly PatternCount[] {
  if (counts.length === 0) throw new TrainingError('no two of the records are labelled as one person');
  return counts;
}

function labelledPairsSql(
  { records }: LinkSession,
  model: Model,
  { relation, scoreColumn, weightColumn }: PairLabels,
): string {
  const selected = comparedColumns(model).flatMap((name) =>
    ['l', 'r'].map((side) => `${side}.${quoteName(name)} AS ${quoteName(`${name}_${side}`)}`),
  );
  const keys = [model.idColumn, ...(model.linkType === 'dedupe_only' ? [] : [model.sourceColumn])];
  const joined = (a: 'l' | 'r', b: 'l' | 'r'): string =>
    keys
      .flatMap((name) => [
        `l.${quoteName(name)} = labels.${quoteName(`${name}_${a}`)}`,
        `r.${quoteName(name)} = labels.${quoteName(`${name}_${b}`)}`,
      ])
      .join(' AND ');
  const weight = weightColumn === undefined ? '1' : `labels.${quoteName(weightColumn)}::DOUBLE`;
  const matching = scoreColumn === undefined ? '' : `WHERE ${quoteName(scoreColumn)} >= ${MATCH_SCORE}`;
  // A label may name either record first, and a pair twice.
  const either = (a: 'l' | 'r', b: 'l' | 'r'): string =>
    `SELECT l.rid AS rid_l, r.rid AS rid_r, ${weight} AS weight FROM (SELECT * FROM ${relation} ${matching}) labels, ${records} l, ${records} r
     WHERE ${joined(a, b)} AND l.rid < r.rid`;
  return `SELECT ${selected.join(', ')}, p.weight AS label_weight FROM (${either('l', 'r')} UNION ${either('r', 'l')}) p
    JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r`;
}
