import { parametersByGamma } from '../model/defaults.ts';
import type { Comparison, Model } from '../model/model.ts';
import { COLOURS } from './chart-style.ts';
import { legend, type ReportContext, type Section } from './context.ts';
import { type Html, html } from './html.ts';
import { rowChart } from './row-chart.ts';
import { chartHtml, TILE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';
import { levelLabel } from './weights-section.ts';

/** m and u of every level, as two bars. */
export function muSection(model: Model, context: ReportContext): Section {
  const { words, numbers } = context;
  const rows = model.comparisons.flatMap((comparison) =>
    levelsDown(comparison).map(({ label, m, u }) => [
      comparison.name,
      label,
      numbers.probability(m),
      numbers.probability(u),
    ]),
  );
  const { columns } = words;
  const table = tableHtml(
    words.mu.heading,
    [
      { name: columns.comparison },
      { name: columns.level },
      { name: 'm', number: true },
      { name: 'u', number: true },
    ],
    rows,
  );
  const marks = legend([
    { mark: 'for', label: words.mu.m },
    { mark: 'against', label: words.mu.u },
  ]);
  const figures = model.comparisons.map((comparison, index) => figure(comparison, index, context));
  return {
    id: 'levels',
    heading: words.mu.heading,
    body: html`<p class="intro">${words.mu.intro}</p>${marks}<div class="tiles">${figures}</div>${tableBehind(words, table)}`,
  };
}

/** Levels from the strongest, with their parameters. */
function levelsDown(
  comparison: Comparison,
): readonly { readonly label: string; readonly m: number; readonly u: number }[] {
  return parametersByGamma(comparison)
    .map(({ m, u }, gamma) => ({ label: levelLabel(comparison, gamma), m, u }))
    .reverse();
}

function figure(comparison: Comparison, index: number, { words, numbers }: ReportContext): Html {
  const rows = levelsDown(comparison).map(({ label, m, u }) => ({
    label,
    bars: [
      { from: 0, to: m, colour: COLOURS.for, text: numbers.probability(m) },
      { from: 0, to: u, colour: COLOURS.against, text: numbers.probability(u) },
    ],
  }));
  const chart = chartHtml({
    id: `levels-${index}`,
    title: `${words.mu.heading}: ${comparison.name}`,
    description: words.mu.describe(comparison.name),
    widths: TILE_WIDTHS,
    draw: (width) =>
      rowChart(rows, { min: 0, max: 1, step: 0.25, format: (value) => numbers.plainPercent(value) }, width),
  });
  return html`<figure><figcaption>${comparison.name}</figcaption>${chart}</figure>`;
}
