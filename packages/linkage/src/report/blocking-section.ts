import { COLOURS, niceScale } from './chart-style.ts';
import type { ReportContext, Section } from './context.ts';
import { type Html, html } from './html.ts';
import type { RuleFigures } from './report-input.ts';
import { rowChart } from './row-chart.ts';
import { chartHtml, PAGE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';

/** Pairs of each rule, and the largest blocks. */
export function blockingSection(
  rules: readonly RuleFigures[] | undefined,
  { words, numbers }: ReportContext,
): Section | undefined {
  if (rules === undefined || rules.length === 0) return undefined;
  const { blocking, columns } = words;
  const total = rules.reduce((sum, { newPairs }) => sum + newPairs, 0);
  const most = Math.max(1, ...rules.map(({ newPairs }) => newPairs));
  const rows = rules.map(({ sql, newPairs }) => ({
    label: sql,
    bars: [{ from: 0, to: newPairs, colour: COLOURS.for, text: numbers.count(newPairs) }],
  }));
  const chart = chartHtml({
    id: 'blocking-rules',
    title: blocking.heading,
    description: blocking.describe(numbers.count(rules.length), numbers.count(total)),
    widths: PAGE_WIDTHS,
    draw: (width) =>
      rowChart(rows, { ...niceScale(0, most, 6), format: (value) => numbers.count(value) }, width),
  });
  const table = tableHtml(
    blocking.heading,
    [
      { name: columns.rule },
      { name: blocking.newPairs, number: true },
      { name: columns.share, number: true },
      { name: columns.pairs, number: true },
    ],
    rules.map(({ sql, newPairs, pairs }) => [
      html`<code>${sql}</code>`,
      numbers.count(newPairs),
      numbers.percent(total === 0 ? 0 : newPairs / total),
      pairs === undefined ? '–' : numbers.count(pairs),
    ]),
  );
  return {
    id: 'blocking',
    heading: blocking.heading,
    body: html`<p class="intro">${blocking.intro}</p><figure><figcaption>${blocking.newPairs}</figcaption>${chart}${tableBehind(words, table)}</figure>${largestBlocks(rules, { words, numbers })}`,
  };
}

function largestBlocks(
  rules: readonly RuleFigures[],
  { words, numbers }: Pick<ReportContext, 'words' | 'numbers'>,
): Html | undefined {
  const { blocking, columns } = words;
  const blocks = rules.flatMap(({ sql, largestBlocks = [] }) =>
    largestBlocks.map(({ key, records, pairs }, index) => [
      html`<code>${sql}</code>`,
      key ?? blocking.block(numbers.count(index + 1)),
      numbers.count(records),
      numbers.count(pairs),
    ]),
  );
  if (blocks.length === 0) return undefined;
  const largest = tableHtml(
    blocking.largest,
    [
      { name: columns.rule },
      { name: columns.block },
      { name: columns.records, number: true },
      { name: columns.pairs, number: true },
    ],
    blocks,
  );
  return html`<h3>${blocking.largest}</h3>${largest}`;
}
