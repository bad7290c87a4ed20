import type { Comparison, Model } from '../model/model.ts';
import { levelsByGamma } from '../model/model.ts';
import { COLOURS } from './chart-style.ts';
import { legend, type ReportContext, type Section } from './context.ts';
import { type Html, html } from './html.ts';
import type { ParameterEstimate } from './report-input.ts';
import { type ChartRow, DOT_SHAPES, type RowDot, type RowScale, rowChart } from './row-chart.ts';
import { chartHtml, TILE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';
import { levelLabel } from './weights-section.ts';

const MARKS = ['shape', 'shape square', 'shape diamond', 'shape cross'] as const;
const DOT_COLOURS = [COLOURS.for, COLOURS.against, COLOURS.third, COLOURS.review] as const;
const LEAST_U = 1e-9;

/** m and u of the levels as several estimates have them; undefined when there are not two. */
export function estimatesSection(
  model: Model,
  estimates: readonly ParameterEstimate[] = [],
  context: ReportContext,
): Section | undefined {
  if (estimates.length < 2) return undefined;
  const { words } = context;
  const figures = model.comparisons.flatMap((comparison, index) => [
    figure(comparison, index, 'm', estimates, context),
    figure(comparison, index, 'u', estimates, context),
  ]);
  const marks = legend(
    estimates.map(({ name }, index) => ({ mark: MARKS[index % MARKS.length] ?? 'shape', label: name })),
  );
  return {
    id: 'estimates',
    heading: words.estimates.heading,
    body: html`<p class="intro">${words.estimates.intro}</p>${marks}<div class="tiles">${figures}</div>${tableBehind(
      words,
      estimatesTable(model, estimates, context),
    )}`,
  };
}

function figure(
  comparison: Comparison,
  index: number,
  kind: 'm' | 'u',
  estimates: readonly ParameterEstimate[],
  { words, numbers }: ReportContext,
): Html {
  // u spans powers of ten; m does not.
  const place = (value: number): number => (kind === 'm' ? value : Math.log10(Math.max(value, LEAST_U)));
  const levels = levelsByGamma(comparison).map((_, gamma) => gamma);
  const rows = levels.reverse().map((gamma): ChartRow => {
    const dots = estimates.flatMap(({ comparisons }, estimate): RowDot[] => {
      const value = comparisons[index]?.[kind][gamma];
      if (value === undefined) return [];
      const turn = estimate % DOT_SHAPES.length;
      return [
        { at: place(value), colour: DOT_COLOURS[turn] ?? COLOURS.for, shape: DOT_SHAPES[turn] ?? 'circle' },
      ];
    });
    return { label: levelLabel(comparison, gamma), bars: [], dots };
  });
  const least = Math.floor(Math.min(-1, ...rows.flatMap(({ dots = [] }) => dots.map(({ at }) => at))));
  const scale: RowScale =
    kind === 'm'
      ? { min: 0, max: 1, step: 0.25, format: (value) => numbers.plainPercent(value) }
      : {
          min: least,
          max: 0,
          step: Math.ceil(-least / 4),
          format: (value) => numbers.probability(10 ** value),
        };
  const name = kind === 'm' ? words.estimates.mOf(comparison.name) : words.estimates.uOf(comparison.name);
  const chart = chartHtml({
    id: `estimates-${kind}-${index}`,
    title: name,
    description: words.estimates.describe(estimates.map((one) => one.name).join(', ')),
    widths: TILE_WIDTHS,
    draw: (width) => rowChart(rows, scale, width),
  });
  return html`<figure><figcaption>${name}</figcaption>${chart}</figure>`;
}

function estimatesTable(
  model: Model,
  estimates: readonly ParameterEstimate[],
  { words, numbers }: ReportContext,
): Html {
  const written = (value: number | undefined): string =>
    value === undefined ? '–' : numbers.probability(value);
  const rows = model.comparisons.flatMap((comparison, index) =>
    levelsByGamma(comparison)
      .map((_, gamma) => gamma)
      .reverse()
      .flatMap((gamma) =>
        estimates.map(({ name, comparisons }) => [
          comparison.name,
          levelLabel(comparison, gamma),
          name,
          written(comparisons[index]?.m[gamma]),
          written(comparisons[index]?.u[gamma]),
        ]),
      ),
  );
  const { columns } = words;
  return tableHtml(
    words.estimates.heading,
    [
      { name: columns.comparison },
      { name: columns.level },
      { name: columns.estimate },
      { name: 'm', number: true },
      { name: 'u', number: true },
    ],
    rows,
  );
}
