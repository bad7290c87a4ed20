import type { Evaluation } from '../evaluation/evaluate.ts';
import { bestPoint } from '../evaluation/thresholds.ts';
import type { TruthPoint } from '../evaluation/truth-curve.ts';
import { COLOURS, niceScale } from './chart-style.ts';
import { legend, type ReportContext, type Section } from './context.ts';
import { type Html, html } from './html.ts';
import { lineChart } from './line-chart.ts';
import { chartHtml, PAGE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';
import { agreementHtml, thresholdsTable } from './thresholds-table.ts';

/** Rows of the tables behind the curves. */
const MOST_ROWS = 40;

/** Precision and recall, at the threshold and at every other. */
export function truthSection(
  evaluation: Evaluation | undefined,
  context: ReportContext,
): Section | undefined {
  if (evaluation === undefined) return undefined;
  const { words, numbers } = context;
  const { truth } = words;
  const { curve, blocking, kind, atThreshold: at } = evaluation;
  const sentences = [
    truth.labels[kind],
    ...(curve.unscoredMatches === 0
      ? []
      : [
          curve.unscored === 'left_out'
            ? truth.leftOut(numbers.count(curve.unscoredMatches))
            : truth.unscored(numbers.count(curve.unscoredMatches)),
        ]),
    truth.blockingRecall(
      numbers.percent(blocking.recall),
      numbers.count(blocking.found),
      numbers.count(blocking.matches),
    ),
    truth.areas(numbers.measure(curve.areaPrecisionRecall), numbers.measure(curve.areaRoc)),
  ];
  const facts = [
    [`${words.columns.threshold}`, numbers.weight(at.weight)],
    [words.columns.precision, numbers.percent(at.precision)],
    [words.columns.recall, numbers.percent(at.recall)],
    ['F1', numbers.measure(at.f1)],
    [words.columns.wrong, numbers.count(at.falsePositives)],
    [words.columns.missed, numbers.count(at.falseNegatives)],
  ].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const curves = curve.points.length > 1 && [
    precisionRecall(evaluation, context),
    byWeight(evaluation, context),
  ];
  return {
    id: 'truth',
    heading: truth.heading,
    body: html`<p class="intro">${truth.intro}</p><dl class="facts">${facts}</dl>${sentences.map(
      (sentence) => html`<p>${sentence}</p>`,
    )}${curves}${thresholdsTable(evaluation, context)}${agreementHtml(evaluation, context)}`,
  };
}

function precisionRecall({ curve, atThreshold }: Evaluation, { words, numbers }: ReportContext): Html {
  const { truth, columns } = words;
  const percent = (value: number): string => numbers.percent(value);
  const chart = chartHtml({
    id: 'truth-curve',
    title: truth.precisionRecall,
    description: truth.describeCurve(
      numbers.measure(curve.areaPrecisionRecall),
      percent(atThreshold.precision),
      percent(atThreshold.recall),
    ),
    widths: PAGE_WIDTHS,
    draw: (width) =>
      lineChart(
        [
          {
            colour: COLOURS.for,
            dash: 'solid',
            points: curve.points.map(({ recall, precision }) => [recall, precision]),
          },
        ],
        {
          x: { name: columns.recall, min: 0, max: 1, step: 0.2, format: numbers.plainPercent },
          y: { min: 0, max: 1, step: 0.2, format: numbers.plainPercent },
        },
        [{ x: atThreshold.recall, y: atThreshold.precision, label: truth.chosen }],
        width,
      ),
  });
  return html`<h3>${truth.precisionRecall}</h3><figure><figcaption>${columns.precision}</figcaption>${chart}${tableBehind(
    words,
    pointsTable(curve.points, truth.precisionRecall, { words, numbers }),
  )}</figure>`;
}

function byWeight({ curve, atThreshold }: Evaluation, { words, numbers }: ReportContext): Html {
  const { truth, columns } = words;
  const points = curve.points.filter(({ weight }) => Number.isFinite(weight)).reverse();
  const best = bestPoint(curve.points, { kind: 'f', beta: 1 });
  const { min, max, step } = niceScale(points[0]?.weight ?? -1, points.at(-1)?.weight ?? 1, 7);
  const line = (of: (point: TruthPoint) => number) =>
    points.map((point) => [point.weight, of(point)] as const);
  const chart = chartHtml({
    id: 'truth-weights',
    title: truth.byWeight,
    description: truth.describeByWeight(numbers.measure(best?.f1 ?? 0), numbers.weight(best?.weight ?? 0)),
    widths: PAGE_WIDTHS,
    draw: (width) =>
      lineChart(
        [
          { colour: COLOURS.for, dash: 'solid', points: line(({ f1 }) => f1) },
          { colour: COLOURS.against, dash: 'dashed', points: line(({ precision }) => precision) },
          { colour: COLOURS.third, dash: 'dotted', points: line(({ recall }) => recall) },
        ],
        {
          x: { name: columns.weight, min, max, step, format: (value) => numbers.decimal(value, 1) },
          y: { min: 0, max: 1, step: 0.2, format: numbers.plainPercent },
        },
        [{ x: atThreshold.weight, label: truth.chosen }],
        width,
      ),
  });
  const marks = legend([
    { mark: 'line', label: 'F1' },
    { mark: 'line dashed', label: columns.precision },
    { mark: 'line dotted', label: columns.recall },
  ]);
  return html`<h3>${truth.byWeight}</h3>${marks}<figure>${chart}${tableBehind(
    words,
    pointsTable(curve.points, truth.byWeight, { words, numbers }),
  )}</figure>`;
}

function pointsTable(
  points: readonly TruthPoint[],
  caption: string,
  { words, numbers }: Pick<ReportContext, 'words' | 'numbers'>,
): Html {
  const every = Math.ceil(points.length / MOST_ROWS);
  const { columns } = words;
  return tableHtml(
    caption,
    [
      { name: columns.weight, number: true },
      { name: columns.precision, number: true },
      { name: columns.recall, number: true },
      { name: 'F1', number: true },
      { name: columns.wrong, number: true },
      { name: columns.missed, number: true },
    ],
    points
      .filter((_, index) => index % every === 0 || index === points.length - 1)
      .map((point) => [
        numbers.weight(point.weight),
        numbers.percent(point.precision),
        numbers.percent(point.recall),
        numbers.measure(point.f1),
        numbers.count(point.falsePositives),
        numbers.count(point.falseNegatives),
      ]),
  );
}
