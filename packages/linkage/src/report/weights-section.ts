import { levelsByGamma, type Model } from '../model/model.ts';
import { comparisonWeights } from '../scoring/weights.ts';
import { COLOURS, niceScale } from './chart-style.ts';
import type { ReportContext, Section } from './context.ts';
import { type Html, html } from './html.ts';
import { type ChartRow, rowChart } from './row-chart.ts';
import { chartHtml, TILE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';

interface NamedWeight {
  readonly comparison: string;
  readonly label: string;
  readonly weight: number;
}

/** Weight of every level, one small chart for each comparison, all on one scale. */
export function weightsSection(model: Model, context: ReportContext): Section {
  const { words, numbers } = context;
  const all = model.comparisons.map((comparison) =>
    comparisonWeights(comparison)
      .map(({ label, weight }): NamedWeight => ({ comparison: comparison.name, label, weight }))
      .reverse(),
  );
  const finite = all.flat().filter(({ weight }) => Number.isFinite(weight));
  const scale = weightScale(finite.map(({ weight }) => weight));
  const figures = all.map((weights, index) => figure(weights, index, scale, context));
  const rows = all.flat().map(({ comparison, label, weight }) => [comparison, label, numbers.weight(weight)]);
  const { columns } = words;
  const table = tableHtml(
    words.weights.heading,
    [{ name: columns.comparison }, { name: columns.level }, { name: columns.weight, number: true }],
    rows,
  );
  return {
    id: 'weights',
    heading: words.weights.heading,
    body: html`<p class="intro">${words.weights.intro}</p><div class="tiles">${figures}</div>${tableBehind(words, table)}`,
  };
}

function figure(
  weights: readonly NamedWeight[],
  index: number,
  scale: ReturnType<typeof niceScale>,
  { words, numbers }: ReportContext,
): Html {
  const rows = weights.map(({ label, weight }): ChartRow => {
    const shown = Math.max(scale.min, Math.min(scale.max, weight));
    const colour = weight >= 0 ? COLOURS.for : COLOURS.against;
    return { label, bars: [{ from: 0, to: shown, colour, text: numbers.weight(weight) }] };
  });
  const sorted = [...weights].sort((a, b) => a.weight - b.weight);
  const [low, high] = [sorted[0], sorted.at(-1)];
  const name = weights[0]?.comparison ?? '';
  const chart = chartHtml({
    id: `weights-${index}`,
    title: `${words.weights.heading}: ${name}`,
    description: words.weights.describe(
      numbers.weight(low?.weight ?? 0),
      low?.label ?? '',
      numbers.weight(high?.weight ?? 0),
      high?.label ?? '',
    ),
    widths: TILE_WIDTHS,
    draw: (width) => rowChart(rows, { ...scale, format: (value) => numbers.decimal(value, 1) }, width),
  });
  return html`<figure><figcaption>${name}</figcaption>${chart}</figure>`;
}

/** Round numbers around all weights, 0 included. */
export function weightScale(weights: readonly number[]): ReturnType<typeof niceScale> {
  return niceScale(Math.min(-1, ...weights), Math.max(1, ...weights), 7);
}

/** Label of a level by its γ; that of the null level for −1. */
export function levelLabel(comparison: Model['comparisons'][number], gamma: number): string {
  if (gamma < 0) return comparison.levels.find(({ isNull }) => isNull === true)?.label ?? '';
  return levelsByGamma(comparison)[gamma]?.label ?? '';
}
