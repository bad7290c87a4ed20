import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch } from '../levels/levels.ts';
import { defineModel, levelsByGamma, type Model } from '../model/model.ts';
import type { TermFrequencyTable } from '../records/frequencies.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { InputError, type LinkSession, openSession } from '../session.ts';
import { calibration } from './calibration.ts';
import { TrainingError } from './estimate-m-by-rule.ts';
import { estimatePrior } from './estimate-prior.ts';
import { median, startEstimates } from './estimates.ts';
import { estimateFromLabelColumn, estimateMFromPairs } from './labels.ts';
import { termFrequenciesSql } from './term-frequencies.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const model = defineModel({
  comparisons: [exactMatch('name', { termFrequency: true }), exactMatch('town')],
  blockingRules: ['l.name = r.name', 'l.town = r.town'],
  retainColumns: ['person'],
});

/** Persons p (three records), q (two), and x whose person is not known. */
async function session(
  used: Model = model,
  frequencies: readonly TermFrequencyTable[] = [],
): Promise<LinkSession> {
  await engine.run(`CREATE OR REPLACE TABLE people AS SELECT * FROM (VALUES
    (1, 'ANNE', 'PAU', 'p'), (2, 'ANNE', 'LYON', 'p'), (3, 'ANA', NULL, 'p'),
    (4, 'ZOE', 'PAU', 'q'), (5, 'ZOE', 'PAU', 'q'), (6, 'ANNE', 'PAU', NULL)) v(unique_id, name, town, person)`);
  return openSession(engine, { inputs: [{ relation: 'people' }], model: used, frequencies });
}

const m = (trained: Model, index: number): readonly (number | undefined)[] =>
  levelsByGamma(trained.comparisons[index] ?? exactMatch('none')).map((level) => level.m);

describe('m from labels', () => {
  it('counts the levels of labelled pairs, either record first, each pair once, matches only', async () => {
    const open = await session();
    const relation =
      '(VALUES (1, 2, 1.0), (2, 1, 1.0), (3, 1, 0.9), (5, 4, 0.5), (1, 4, 0.2)) v(unique_id_l, unique_id_r, score)';
    const labels = { relation, scoreColumn: 'score' };
    const { model: trained } = await estimateMFromPairs(open, startEstimates(model), labels, {
      smoothing: 0,
    });
    expect(m(trained, 0)).toEqual([1 / 3, 2 / 3]);
    expect(m(trained, 1)).toEqual([1 / 2, 1 / 2]);
  });

  it('takes every pair with one label as a match, and all others for u', async () => {
    const open = await session();
    const { model: trained } = await estimateFromLabelColumn(open, startEstimates(model), 'person', {
      smoothing: 0,
      withU: true,
    });
    expect(m(trained, 0)).toEqual([1 / 2, 1 / 2]);
    const u = levelsByGamma(trained.comparisons[1] ?? exactMatch('none')).map((level) => level.u);
    expect(u).toEqual([1 / 2, 1 / 2]);
  });

  it('gives an unseen level half a pair, unless asked not to', async () => {
    const open = await session();
    const labels = { relation: '(VALUES (4, 5)) v(unique_id_l, unique_id_r)' };
    expect(m((await estimateMFromPairs(open, startEstimates(model), labels)).model, 0)).toEqual([0.25, 0.75]);
    const plain = await estimateMFromPairs(open, startEstimates(model), labels, { smoothing: 0 });
    expect(m(plain.model, 0)).toEqual([undefined, 1]);
  });

  it('is the median of its estimates, and keeps what is fixed', async () => {
    const open = await session();
    let estimates = startEstimates(model);
    for (const pairs of ['(1, 2)', '(1, 3)', '(1, 3), (1, 2), (4, 5)']) {
      const relation = `(VALUES ${pairs}) v(unique_id_l, unique_id_r)`;
      estimates = await estimateMFromPairs(open, estimates, { relation }, { smoothing: 0 });
    }
    expect(estimates.m[0]).toEqual([
      [1, 1 / 3],
      [1, 2 / 3],
    ]);
    const [rest, equal] = m(estimates.model, 0);
    expect(rest).toBeCloseTo(2 / 3, 12);
    expect(equal).toBeCloseTo(5 / 6, 12);
    expect([median([]), median([3]), median([1, 9, 2]), median([4, 1])]).toEqual([undefined, 3, 2, 2.5]);
  });

  it('says what is missing', async () => {
    const open = await session();
    const labels = { relation: '(VALUES (1, 99)) v(unique_id_l, unique_id_r)' };
    await expect(estimateMFromPairs(open, startEstimates(model), labels)).rejects.toThrow(TrainingError);
    await expect(estimateFromLabelColumn(open, startEstimates(model), 'cluster')).rejects.toThrow(InputError);
  });
});

describe('the prior from rules', () => {
  it('counts each pair once, over all pairs and the recall', async () => {
    const found = await estimatePrior(await session(), model, {
      rules: ['l.name = r.name and l.town = r.town', { sql: 'l.person = r.person' }],
      recall: 0.8,
    });
    expect(found).toEqual({ pairs: 5, prior: 5 / 0.8 / 15 });
  });

  it.each([
    ['a recall of 0', ['l.name = r.name'], 0, RangeError],
    ['a recall above 1', ['l.name = r.name'], 1.2, RangeError],
    [
      'more pairs than the recall leaves room for',
      ['l.town = r.town or substr(l.town, 1, 0) = substr(r.town, 1, 0)'],
      0.5,
      TrainingError,
    ],
    ['rules that find nothing', ["l.name = r.name || '?'"], 0.5, TrainingError],
    ['no rule', [], 0.5, TrainingError],
    ['a column that was not gathered', ['l.mail = r.mail'], 0.5, InputError],
  ] as const)('refuses %s', async (_, rules, recall, error) => {
    await expect(estimatePrior(await session(), model, { rules, recall })).rejects.toThrow(error);
  });
});

describe('term frequencies from a table', () => {
  it('take the place of those of the records; a value that is not there has none', async () => {
    const before = await engine.all(termFrequenciesSql(await session(), 'name'));
    expect(before.map(({ name, tf_name: tf }) => [name, tf])).toEqual([
      ['ANA', 1 / 6],
      ['ANNE', 0.5],
      ['ZOE', 1 / 3],
    ]);
    const relation = "(VALUES ('ANNE', 0.02), ('ZOE', 0.001)) v(name, tf_name)";
    const open = await session(model, [{ column: 'name', relation }]);
    const rows = await engine.all(`SELECT unique_id AS id, tf_name AS tf FROM ${open.records} ORDER BY rid`);
    expect(rows.map(({ tf }) => tf)).toEqual([0.02, 0.02, null, 0.001, 0.001, 0.02]);
  });

  it('have one for values that are not there, where it is given', async () => {
    const relation = "(VALUES ('ANNE', 0.02)) v(name, tf_name)";
    const open = await session(model, [{ column: 'name', relation, unlisted: 0.001 }]);
    const rows = await engine.all(`SELECT tf_name AS tf FROM ${open.records} ORDER BY rid`);
    expect(rows.map(({ tf }) => tf)).toEqual([0.02, 0.02, 0.001, 0.001, 0.001, 0.02]);
    await expect(session(model, [{ column: 'name', relation, unlisted: 0 }])).rejects.toThrow(InputError);
  });

  it('are refused of a column whose values nothing counts', async () => {
    const relation = "(VALUES ('PAU', 0.1)) v(town, tf_town)";
    await expect(session(model, [{ column: 'town', relation }])).rejects.toThrow(InputError);
  });

  it.each([
    ['a value given twice', "('ANNE', 0.1), ('ANNE', 0.2)"],
    ['a frequency of 0', "('ANNE', 0)"],
    ['a frequency above 1', "('ANNE', 3)"],
  ])('refuse %s', async (_, values) => {
    const relation = `(VALUES ${values}) v(name, tf_name)`;
    await expect(session(model, [{ column: 'name', relation }])).rejects.toThrow(InputError);
  });
});

describe('calibration', () => {
  it('sets what the model gave against what the labels say, by weight', async () => {
    const given = {
      ...model,
      prior: 0.5,
      comparisons: model.comparisons.map((comparison) => ({
        ...comparison,
        levels: comparison.levels.map(({ termFrequency: _, ...level }, index) =>
          index === 0 ? level : { ...level, m: 0.5, u: index === 1 ? 0.125 : 0.5 },
        ),
      })),
    };
    const open = await session(given);
    const { table } = await scorePairs(open, given);
    const bins = await calibration(open, { pairs: table, labelColumn: 'person', width: 1 });
    expect(bins.map(({ from, pairs, observed }) => [from, pairs, observed])).toEqual([
      [2, 3, 1 / 3],
      [4, 1, 1],
    ]);
    expect(bins[0]?.predicted).toBeCloseTo(0.8, 12);
  });
});
