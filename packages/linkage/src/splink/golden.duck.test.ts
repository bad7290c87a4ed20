import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { estimateMByRule } from '../parameters/estimate-m-by-rule.ts';
import { estimatePrior } from '../parameters/estimate-prior.ts';
import { addRandomU } from '../parameters/estimate-u.ts';
import { startEstimates } from '../parameters/estimates.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { predictedPairsSql } from './predicted-pairs.ts';
import { readSplinkModel } from './read-model.ts';
import { goldenCases, goldenSession } from './testing/golden-session.ts';
import { writeSplinkModel } from './write-model.ts';

const cases = goldenCases();
const NAMES = ['dedupe', 'link', 'given'] as const;
const EQUAL = 1e-6;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

async function predict(name: (typeof NAMES)[number]): Promise<Record<string, unknown>[]> {
  const { model, settings } = await readSplinkModel(engine, cases[name].model);
  const session = await goldenSession(engine, model);
  const { table } = await scorePairs(session, model, { untrained: 'defaults' });
  return engine.all(await predictedPairsSql(session, model, { pairs: table, settings }));
}

const key = (row: Readonly<Record<string, unknown>>): string =>
  ['source_dataset_l', 'unique_id_l', 'source_dataset_r', 'unique_id_r'].map((name) => row[name] ?? '').join('|');

describe.each(NAMES)('the same model and records give what Splink gave: %s', (name) => {
  const golden = cases[name];

  it('finds the same pairs with the same columns, in the same order', async () => {
    const rows = await predict(name);
    expect(rows).toHaveLength(golden.pairs);
    const columns = Object.keys(rows[0] ?? {});
    expect(columns.toSorted()).toEqual(golden.columns.toSorted());
    // Splink orders the columns of one condition by chance, from run to run.
    const byChance = /^(first_name|surname)_[lr]$/;
    const certain = (name: string): boolean => !byChance.test(name);
    expect(columns.filter(certain)).toEqual(golden.columns.filter(certain));
  });

  it('weighs them the same to 1e-6, factor by factor', async () => {
    const rows = await predict(name);
    const total = rows.reduce((sum, row) => sum + Number(row.match_weight), 0);
    expect(Math.abs(total - golden.weightTotal)).toBeLessThan(EQUAL * golden.pairs);
    const found = new Map(rows.map((row) => [key(row), row]));
    for (const values of golden.rows) {
      const theirs = Object.fromEntries(golden.rowColumns.map((column, index) => [column, values[index]]));
      const ours = found.get(key(theirs)) ?? {};
      for (const [column, value] of Object.entries(theirs)) {
        if (typeof value === 'number') expect(Math.abs(Number(ours[column]) - value), column).toBeLessThan(EQUAL);
        else expect(ours[column], column).toBe(value);
      }
    }
  });

  it('spreads over the weights alike, and makes as many clusters at 0.9', async () => {
    const rows = await predict(name);
    const histogram: Record<string, number> = {};
    for (const { match_weight: weight } of rows) {
      const bin = String(Math.floor(Number(weight) / 2) * 2);
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
    expect(histogram).toEqual(golden.histogram);
    const records = Number((await engine.all('SELECT count(*) AS n FROM linkage_records'))[0]?.n);
    expect(records - merges(rows)).toBe(golden.clusters);
  });
});

/** Number of times that a pair at 0.9 or more joins two clusters. */
function merges(rows: readonly Record<string, unknown>[]): number {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    const up = parent.get(id) ?? id;
    return up === id ? id : root(up);
  };
  let joined = 0;
  for (const row of rows) {
    if (Number(row.match_probability) < 0.9) continue;
    const [a, b] = ['l', 'r'].map((side) =>
      root(`${String(row[`source_dataset_${side}`] ?? '')}|${String(row[`unique_id_${side}`])}`),
    );
    if (a === undefined || b === undefined || a === b) continue;
    parent.set(a, b);
    joined++;
  }
  return joined;
}

describe.each(['dedupe', 'link'] as const)('training by rules ends where Splink ended: %s', (name) => {
  it('gives the same prior, u from all pairs and m by three sessions', async () => {
    const golden = cases[name];
    const { model } = await readSplinkModel(engine, golden.untrained);
    const session = await goldenSession(engine, model);
    const { prior } = await estimatePrior(session, model, { rules: golden.deterministic ?? [], recall: 0.8 });
    expect(prior).toBeCloseTo(golden.prior ?? 0, 12);

    let estimates = startEstimates({ ...model, prior });
    estimates = await addRandomU(engine, estimates, { records: session.records });
    const [first = '', second = ''] = golden.training ?? [];
    ({ estimates } = await estimateMByRule(session, estimates, first));
    ({ estimates } = await estimateMByRule(session, estimates, second));
    ({ estimates } = await estimateMByRule(session, estimates, first, { withoutTermFrequencies: true }));

    const ours = writeSplinkModel(estimates.model).comparisons;
    for (const [index, { comparison_levels: levels }] of golden.model.comparisons.entries()) {
      for (const [place, theirs] of levels.entries()) {
        const mine = ours[index]?.comparison_levels[place];
        const label = `${golden.model.comparisons[index]?.output_column_name} ${theirs.label_for_charts}`;
        expect(mine?.m_probability ?? -1, `m ${label}`).toBeCloseTo(theirs.m_probability ?? -1, 8);
        expect(mine?.u_probability ?? -1, `u ${label}`).toBeCloseTo(theirs.u_probability ?? -1, 8);
      }
    }
  });
});
