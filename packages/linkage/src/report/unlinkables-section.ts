import { type UnlinkablePoint, unlinkableShare } from '../evaluation/unlinkables.ts';
import { COLOURS, niceScale } from './chart-style.ts';
import type { ReportContext, Section } from './context.ts';
import { html } from './html.ts';
import { lineChart } from './line-chart.ts';
import type { Thresholds } from './report-input.ts';
import { chartHtml, PAGE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';

/** Rows of the table: whole weights, not every one that occurs. */
const MOST_ROWS = 60;

/** Share of the records that could never reach a weight. */
export function unlinkablesSection(
  points: readonly UnlinkablePoint[] | undefined,
  thresholds: Thresholds = { same: 0 },
  { words, numbers }: ReportContext,
): Section | undefined {
  const finite = (points ?? []).filter(({ weight }) => Number.isFinite(weight));
  const [first, last] = [finite[0], finite.at(-1)];
  if (points === undefined || first === undefined || last === undefined) return undefined;
  const { unlinkables: said, columns } = words;
  const share = unlinkableShare(points, thresholds.same);
  const sentence = said.describe(numbers.percent(share), numbers.weight(thresholds.same));
  const { min, max, step } = niceScale(
    Math.min(first.weight, thresholds.same - 1),
    Math.max(last.weight, thresholds.same + 1),
    7,
  );
  const steps = Array.from({ length: Math.min(MOST_ROWS, max - min + 1) }, (_, index) =>
    Math.round(min + (index * (max - min)) / Math.max(1, Math.min(MOST_ROWS - 1, max - min))),
  );
  const chart = chartHtml({
    id: 'unlinkables-curve',
    title: said.heading,
    description: sentence,
    widths: PAGE_WIDTHS,
    draw: (width) =>
      lineChart(
        [
          {
            colour: COLOURS.for,
            dash: 'solid',
            step: true,
            points: [[min, 0], ...finite.map(({ weight, shareUpTo }) => [weight, shareUpTo] as const)],
          },
        ],
        {
          x: { name: columns.weight, min, max, step, format: (value) => numbers.decimal(value, 1) },
          y: { min: 0, max: 1, step: 0.2, format: (value) => numbers.plainPercent(value) },
        },
        [{ x: thresholds.same, label: words.truth.chosen }],
        width,
      ),
  });
  const table = tableHtml(
    said.heading,
    [
      { name: columns.weight, number: true },
      { name: said.axis, number: true },
    ],
    steps.map((weight) => [numbers.weight(weight), numbers.percent(unlinkableShare(points, weight))]),
  );
  return {
    id: 'unlinkables',
    heading: said.heading,
    body: html`<p class="intro">${said.intro}</p><p><strong>${sentence}</strong></p><figure><figcaption>${said.axis}</figcaption>${chart}${tableBehind(words, table)}</figure>`,
  };
}
