import type { Evaluation } from '../../evaluation/evaluate.ts';
import { pointAtThreshold, truthCurve } from '../../evaluation/truth-curve.ts';
import { exactMatch, similarityAtThresholds } from '../../levels/levels.ts';
import { defineModel, type Model } from '../../model/model.ts';
import type { ReportInput } from '../report-input.ts';

/** A report with every section, in which every text that comes from outside is `text`. */
export function fullReport(text: string): ReportInput {
  const model: Model = defineModel({
    comparisons: [
      renamed(
        similarityAtThresholds('name', 'jaro_winkler_similarity', [0.9], { termFrequency: true }),
        text,
      ),
      exactMatch('born'),
    ],
    blockingRules: [text],
  });
  const estimate = (name: string, m: number) => ({
    name,
    comparisons: [
      { m: [1 - m, 0.1, m - 0.1], u: [0.9, 0.09, 0.01] },
      { m: [1 - m, m], u: [0.99, 0.01] },
    ],
  });
  return {
    title: text,
    model,
    run: { records: 1200, possiblePairs: 719_400, candidatePairs: 5000, scoredPairs: 4000 },
    thresholds: { same: 4, review: -2 },
    outcomes: { same: 10, review: 5, apart: 3985 },
    estimates: [estimate(text, 0.8), estimate('second', 0.7)],
    histogram: { from: -4, step: 2, pairs: [3000, 985, 5, 0, 10] },
    blocking: [{ sql: text, pairs: 20, newPairs: 15, largestBlocks: [{ key: text, records: 4, pairs: 6 }] }],
    unlinkables: [
      { weight: -1, records: 200, shareUpTo: 1 / 6 },
      { weight: 9, records: 1000, shareUpTo: 1 },
    ],
    evaluation: evaluation(text),
    clusters: {
      sizes: [
        { size: 1, clusters: 900 },
        { size: 4, clusters: 2 },
      ],
      shown: [
        {
          name: text,
          nodes: [text, 'b', 'c'],
          edges: [
            { from: 0, to: 1, weight: 5 },
            { from: 1, to: 2, weight: 7 },
          ],
        },
      ],
    },
    pairs: [pair(text, 6), pair('other', -1)],
    warnings: [{ where: text, message: text }],
  };
}

function renamed(comparison: Model['comparisons'][number], name: string): Model['comparisons'][number] {
  const levels = comparison.levels.map((level) => ({ ...level, label: `${level.label} ${name}` }));
  return { ...comparison, name, levels };
}

function pair(text: string, weight: number) {
  return {
    idL: text,
    idR: 'r1',
    sourceL: text,
    sourceR: 's',
    weight,
    priorWeight: -8,
    contributions: [
      { comparison: text, gamma: 2, label: text, weight: weight + 9, termFrequency: 1.5 },
      { comparison: 'born', gamma: -1, label: text, weight: 0, termFrequency: 0 },
    ],
    values: [
      { column: text, left: text, right: 'MARTIN' },
      { column: 'born', left: null, right: text },
    ],
  };
}

function evaluation(text: string): Evaluation {
  const curve = truthCurve(
    [
      { weight: 8, matches: 8, others: 0 },
      { weight: 5, matches: 1, others: 1 },
      { weight: -1, matches: 1, others: 9 },
    ],
    { matches: 12, others: 700 },
  );
  return {
    kind: 'clusters',
    curve,
    atThreshold: pointAtThreshold(curve, 4),
    chosen: [],
    blocking: { matches: 12, found: 10, recall: 10 / 12, rules: [] },
    clusters: {
      pairwise: {
        precision: 0.9,
        recall: 0.8,
        f1: 0.85,
        truePositives: 9,
        falsePositives: 1,
        falseNegatives: 2,
      },
      bCubed: { precision: 0.9, recall: 0.8, f1: 0.85 },
      entities: 5,
      clusters: 6,
      exact: 3,
      severalEntities: 4,
      severalExact: 2,
    },
    errors: errorsOf(text),
    groups: groupsOf(text),
  };
}

function errorsOf(text: string): Evaluation['errors'] {
  return [
    {
      kind: 'wrong',
      pattern: 3,
      levels: [{ comparison: text, gamma: 1, label: text }],
      pairs: 2,
      leastWeight: 4,
      highestWeight: 6,
      examples: [
        {
          ridL: 1,
          ridR: 2,
          idL: text,
          idR: 'b',
          weight: 5,
          values: [{ column: text, left: text, right: null }],
        },
      ],
    },
  ];
}

function groupsOf(text: string): Evaluation['groups'] {
  const rate = { count: 1, of: 10, rate: 0.1, interval: { low: 0.02, high: 0.4 } };
  const gap = { highest: text, lowest: null, gap: 0.2, clear: false };
  return [
    {
      column: text,
      groups: [{ group: text, records: 50, missed: rate, wrong: rate }],
      minimumRecords: 30,
      smallGroups: 1,
      smallGroupRecords: 4,
      missedGap: gap,
    },
  ];
}
