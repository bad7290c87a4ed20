import type { Evaluation } from '../evaluation/evaluate.ts';
import type { Interval } from '../evaluation/intervals.ts';
import type { ThresholdCriterion } from '../evaluation/thresholds.ts';
import type { ReportContext } from './context.ts';
import { type Html, html } from './html.ts';
import { tableHtml } from './table.ts';

/** The threshold given, and those that the labels would choose, with their intervals. */
export function thresholdsTable({ atThreshold, chosen }: Evaluation, context: ReportContext): Html {
  const { words, numbers } = context;
  const { columns, truth } = words;
  const within = (value: string, interval: Interval, write: (bound: number) => string): Html =>
    html`${value}<small>${words.interval(write(interval.low), write(interval.high))}</small>`;
  const f1 = (value: number): string => numbers.measure(value);
  const rows = chosen.map(({ criterion, point, weight, precision, recall, f1: f1Interval, f1Optimism }) => [
    criterionName(criterion, context),
    within(numbers.weight(point.weight), weight, numbers.weight),
    within(numbers.percent(point.precision), precision, numbers.percent),
    within(numbers.percent(point.recall), recall, numbers.percent),
    within(f1(point.f1), f1Interval, f1),
    numbers.measure(Math.max(0, f1Optimism)),
  ]);
  const given = [
    truth.criteria.given,
    numbers.weight(atThreshold.weight),
    numbers.percent(atThreshold.precision),
    numbers.percent(atThreshold.recall),
    f1(atThreshold.f1),
    '–',
  ];
  const table = tableHtml(
    truth.thresholds,
    [
      { name: columns.criterion },
      { name: columns.threshold, number: true },
      { name: columns.precision, number: true },
      { name: columns.recall, number: true },
      { name: 'F1', number: true },
      { name: columns.optimism, number: true },
    ],
    [given, ...rows],
  );
  return html`<h3>${truth.thresholds}</h3><p class="intro">${truth.thresholdsIntro}</p>${table}`;
}

function criterionName(criterion: ThresholdCriterion, { words, numbers }: ReportContext): string {
  const { criteria } = words.truth;
  switch (criterion.kind) {
    case 'f':
      return criteria.f(numbers.decimal(criterion.beta, 2));
    case 'precision':
      return criteria.precision(numbers.plainPercent(criterion.atLeast));
    case 'cost':
      return criteria.cost(
        numbers.decimal(criterion.falsePositive, 2),
        numbers.decimal(criterion.falseNegative, 2),
      );
  }
}

/** Clusters held against the labels, when there are both. */
export function agreementHtml({ clusters }: Evaluation, { words, numbers }: ReportContext): Html | undefined {
  if (clusters === undefined) return undefined;
  const { columns, agreement } = words;
  const { pairwise, bCubed, entities, exact, severalEntities, severalExact } = clusters;
  const row = (name: string, of: { precision: number; recall: number; f1: number }) => [
    name,
    numbers.percent(of.precision),
    numbers.percent(of.recall),
    numbers.measure(of.f1),
  ];
  const table = tableHtml(
    agreement.heading,
    [
      { name: words.agreement.over },
      { name: columns.precision, number: true },
      { name: columns.recall, number: true },
      { name: 'F1', number: true },
    ],
    [row(agreement.pairwise, pairwise), row(agreement.bCubed, bCubed)],
  );
  const counted = [exact, entities, severalExact, severalEntities].map((count) => numbers.count(count));
  const [a = '', b = '', c = '', d = ''] = counted;
  return html`<h3>${agreement.heading}</h3><p>${agreement.exact(a, b, c, d)}</p>${table}`;
}
