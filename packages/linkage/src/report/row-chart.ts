import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { COLOURS, FONT_SIZE, shortened, valueAxis, WIDE } from './chart-style.ts';
import { visibleText } from './html.ts';
import type { Drawing } from './svg-chart.ts';

export interface RowBar {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  /** Written at the end of the bar. */
  readonly text: string;
}

export interface RowDot {
  readonly at: number;
  /** Bounds between which the figure lies, drawn as a line through the dot. */
  readonly between?: { readonly low: number; readonly high: number };
  readonly colour: string;
  readonly shape: DotShape;
}

export const DOT_SHAPES = ['circle', 'square', 'diamond', 'cross'] as const;
export type DotShape = (typeof DOT_SHAPES)[number];

/** One line of a chart: a label, and bars under each other or dots beside each other. */
export interface ChartRow {
  readonly label: string;
  readonly bars: readonly RowBar[];
  readonly dots?: readonly RowDot[];
}

export interface RowScale {
  readonly min: number;
  readonly max: number;
  readonly format: (value: number) => string;
  readonly step: number;
}

const BAR = 13;
const LABEL = 18;
const GAP = 9;
const AXIS = 26;
/** Half of the first number of the scale. */
const MARGIN = 12;
/** Room for the numbers written at the ends of bars. */
const NUMBERS = 64;

/** Labels with horizontal bars or dots on one scale; labels stand above their bars where there is little room. */
export function rowChart(rows: readonly ChartRow[], scale: RowScale, width: number): Drawing {
  const narrow = width < WIDE;
  const labels = narrow ? 0 : Math.round(width * 0.36);
  const lines = Math.max(
    ...rows.map(({ bars, dots }) => Math.max(bars.length, dots === undefined ? 0 : 1)),
    1,
  );
  const band = lines * BAR + GAP + (narrow ? LABEL : 0);
  const height = rows.length * band + AXIS + 4;
  const negative = scale.min < 0;
  return {
    height,
    option: {
      grid: {
        left: labels + (negative ? NUMBERS : MARGIN),
        right: NUMBERS,
        top: 4,
        bottom: AXIS,
        outerBoundsMode: 'none',
      },
      xAxis: valueAxis({ ...scale, ticks: Math.max(2, Math.floor((width - labels) / 90)) }),
      yAxis: { type: 'category', inverse: true, show: false, data: rows.map((_, index) => index) },
      series: [
        {
          type: 'custom',
          silent: true,
          data: rows.map((_, index) => [0, index]),
          renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
            rowItem(rows[params.dataIndex], api, params.dataIndex, { narrow, labels, lines, band, width }),
        },
      ],
    },
  };
}

interface RowLayout {
  readonly narrow: boolean;
  readonly labels: number;
  readonly lines: number;
  readonly band: number;
  readonly width: number;
}

function rowItem(
  row: ChartRow | undefined,
  api: CustomSeriesRenderItemAPI,
  index: number,
  layout: RowLayout,
) {
  const { narrow, labels, lines, band } = layout;
  const x = (value: number): number => api.coord([value, index])[0] ?? 0;
  const top = (api.coord([0, index])[1] ?? 0) - band / 2;
  const barsTop = top + (narrow ? LABEL : GAP / 2);
  const middle = barsTop + (lines * BAR) / 2;
  const label = {
    type: 'text',
    style: {
      text: shortened(visibleText(row?.label ?? ''), Math.floor((narrow ? layout.width : labels) / 6.3)),
      x: narrow ? 0 : labels - 6,
      y: narrow ? top + LABEL / 2 + 1 : middle,
      textAlign: narrow ? 'left' : 'right',
      textVerticalAlign: 'middle',
      fill: COLOURS.ink,
      fontFamily: 'inherit',
      fontSize: FONT_SIZE,
      // Lines of the scale pass behind it.
      backgroundColor: COLOURS.paper,
      padding: [2, 4, 2, 0],
    },
  } as const;
  const bars = (row?.bars ?? []).flatMap((bar, line) => barShapes(bar, x, barsTop + line * BAR));
  const dots = (row?.dots ?? []).flatMap((dot) => [
    ...boundsShapes(dot, x, middle),
    dotShape(dot, x(dot.at), middle),
  ]);
  return { type: 'group', children: [label, ...bars, ...dots] } as const;
}

function barShapes({ from, to, colour, text }: RowBar, x: (value: number) => number, top: number) {
  const [start, end] = [x(from), x(to)];
  const backwards = to < from;
  const shape = {
    x: Math.min(start, end),
    y: top + 1,
    width: Math.max(1, Math.abs(end - start)),
    height: BAR - 3,
  };
  return [
    { type: 'rect', shape: { ...shape, r: 1 }, style: { fill: colour } },
    {
      type: 'text',
      style: {
        text,
        x: backwards ? end - 5 : end + 5,
        y: top + BAR / 2,
        textAlign: backwards ? 'right' : 'left',
        textVerticalAlign: 'middle',
        fill: COLOURS.ink,
        fontFamily: 'inherit',
        fontSize: FONT_SIZE - 1,
      },
    },
  ] as const;
}

/** A line with a stop at each end, as wide as it is sure. */
function boundsShapes({ between, colour }: RowDot, x: (value: number) => number, y: number) {
  if (between === undefined) return [];
  const [low, high] = [x(between.low), x(between.high)];
  const style = { stroke: colour, lineWidth: 1.5 };
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    ({ type: 'line', shape: { x1, y1, x2, y2 }, style }) as const;
  return [line(low, y, high, y), line(low, y - 3, low, y + 3), line(high, y - 3, high, y + 3)];
}

function dotShape({ colour, shape }: RowDot, x: number, y: number) {
  const style = { fill: 'none', stroke: colour, lineWidth: 2 };
  switch (shape) {
    case 'circle':
      return { type: 'circle', shape: { cx: x, cy: y, r: 4.5 }, style } as const;
    case 'square':
      return { type: 'rect', shape: { x: x - 4, y: y - 4, width: 8, height: 8 }, style } as const;
    case 'diamond':
      return polygon(
        [
          [x, y - 6],
          [x + 6, y],
          [x, y + 6],
          [x - 6, y],
        ],
        style,
      );
    case 'cross':
      return polygon(
        [
          [x - 5, y - 5],
          [x, y],
          [x + 5, y - 5],
          [x, y],
          [x + 5, y + 5],
          [x, y],
          [x - 5, y + 5],
          [x, y],
        ],
        style,
      );
  }
}

function polygon(points: number[][], style: object) {
  return { type: 'polygon', shape: { points }, style } as const;
}
