import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { COLOURS, FONT_SIZE, valueAxis } from './chart-style.ts';
import { legend, type ReportContext, type Section } from './context.ts';
import { html } from './html.ts';
import type { Thresholds, WeightHistogram } from './report-input.ts';
import { chartHtml, type Drawing, PAGE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';
import type { OutcomeName } from './words.ts';

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  readonly outcome: OutcomeName;
}

const OUTCOME_COLOURS: Readonly<Record<OutcomeName, string>> = {
  same: COLOURS.for,
  review: COLOURS.review,
  apart: COLOURS.apart,
};

/** Outcome of a weight. */
export function outcomeOf(weight: number, { same, review = same }: Thresholds): OutcomeName {
  if (weight >= same) return 'same';
  return weight >= review ? 'review' : 'apart';
}

/** Pairs by weight, coloured by what is decided of them. */
export function histogramSection(
  histogram: WeightHistogram | undefined,
  thresholds: Thresholds = { same: 0 },
  { words, numbers }: ReportContext,
): Section | undefined {
  if (histogram === undefined) return undefined;
  const bins = histogram.pairs.map((pairs, index): Bin => {
    const from = histogram.from + index * histogram.step;
    const to = from + histogram.step;
    return { from, to, pairs, outcome: outcomeOf((from + to) / 2, thresholds) };
  });
  const { columns, summary } = words;
  const said = words.histogram;
  const total = bins.reduce((sum, { pairs }) => sum + pairs, 0);
  const outcomes: readonly OutcomeName[] =
    (thresholds.review ?? thresholds.same) < thresholds.same
      ? ['same', 'review', 'apart']
      : ['same', 'apart'];
  const table = tableHtml(
    said.heading,
    [
      { name: columns.from, number: true },
      { name: columns.to, number: true },
      { name: columns.pairs, number: true },
      { name: columns.outcome },
    ],
    bins.map(({ from, to, pairs, outcome }) => [
      numbers.weight(from),
      numbers.weight(to),
      numbers.count(pairs),
      summary.outcomes[outcome],
    ]),
  );
  const chart = chartHtml({
    id: 'histogram-pairs',
    title: said.heading,
    description: `${said.describe(
      numbers.count(total),
      numbers.weight(bins[0]?.from ?? 0),
      numbers.weight(bins.at(-1)?.to ?? 0),
    )} ${said.logarithmic}`,
    widths: PAGE_WIDTHS,
    draw: (width) =>
      drawBins(bins, thresholds, width, {
        weight: columns.weight,
        count: numbers.count,
        decimal: (value) => numbers.decimal(value, 1),
        outcome: (name) => summary.outcomes[name],
      }),
  });
  const marks = legend(
    outcomes.map((name) => ({ mark: name === 'same' ? 'for' : name, label: summary.outcomes[name] })),
  );
  return {
    id: 'histogram',
    heading: said.heading,
    body: html`<p class="intro">${said.intro} ${said.logarithmic}</p>${marks}<figure>${chart}${tableBehind(words, table)}</figure>`,
  };
}

interface BinWriter {
  readonly weight: string;
  count(value: number): string;
  decimal(value: number): string;
  outcome(name: OutcomeName): string;
}

/** A single pair has no height on such a scale: it gets this many pixels. */
const LEAST_HEIGHT = 4;

function drawBins(
  bins: readonly Bin[],
  { same, review = same }: Thresholds,
  width: number,
  writer: BinWriter,
): Drawing {
  const height = width > 700 ? 320 : 260;
  const lines = [
    { x: same, label: writer.outcome('same'), side: 'same' },
    ...(review < same ? [{ x: review, label: writer.outcome('review'), side: 'review' }] : []),
  ];
  return {
    height,
    option: {
      grid: { left: 62, right: 14, top: 30, bottom: 48, outerBoundsMode: 'none' },
      ...binAxes(bins, width, writer),
      series: [
        {
          type: 'custom',
          silent: true,
          data: bins.map(({ from, pairs }) => [from, Math.log10(Math.max(pairs, 1))]),
          renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
            binShape(bins[params.dataIndex], api),
        },
        {
          type: 'line',
          data: [],
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: COLOURS.ink, type: 'dashed', width: 1.25 },
            data: lines.map(({ x, label }, index) => ({
              xAxis: x,
              label: {
                formatter: index === 0 ? `${label} →` : `← ${label}`,
                align: index === 0 ? 'left' : 'right',
                color: COLOURS.ink,
                fontSize: FONT_SIZE,
              },
            })),
          },
        },
      ],
    },
  };
}

function binAxes(bins: readonly Bin[], width: number, writer: BinWriter): object {
  const most = Math.max(1, ...bins.map(({ pairs }) => Math.log10(Math.max(1, pairs))));
  return {
    xAxis: {
      ...valueAxis({
        name: writer.weight,
        min: bins[0]?.from ?? 0,
        max: bins.at(-1)?.to ?? 1,
        ticks: Math.floor(width / 80),
        format: writer.decimal,
      }),
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: COLOURS.line } },
    },
    yAxis: valueAxis({
      min: 0,
      max: Math.max(1, Math.ceil(most * 1.02)),
      ticks: 5,
      step: 1,
      format: (value) => writer.count(10 ** value),
    }),
  };
}

function binShape(bin: Bin | undefined, api: CustomSeriesRenderItemAPI) {
  if (bin === undefined || bin.pairs === 0) return undefined;
  const [left = 0, reached = 0] = api.coord([bin.from, Math.log10(bin.pairs)]);
  const [right = 0, bottom = 0] = api.coord([bin.to, 0]);
  const top = Math.min(reached, bottom - LEAST_HEIGHT);
  return {
    type: 'rect',
    shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top },
    style: { fill: OUTCOME_COLOURS[bin.outcome] },
  } as const;
}
