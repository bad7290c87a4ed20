import { type AxisStyle, COLOURS, FONT_SIZE, valueAxis } from './chart-style.ts';
import type { Drawing } from './svg-chart.ts';

export interface ChartLine {
  readonly colour: string;
  readonly dash: LineDash;
  readonly points: readonly (readonly [number, number])[];
  /** Horizontal, then vertical: for figures that change at once. */
  readonly step?: boolean;
}

/** How a line is told from the others without its colour. */
export type LineDash = 'solid' | 'dashed' | 'dotted';

/** A named place: a vertical line at x, or a dot at x and y. */
export interface ChartMark {
  readonly x: number;
  readonly y?: number;
  readonly label: string;
}

export interface LineChartAxes {
  readonly x: Omit<AxisStyle, 'ticks'>;
  readonly y: Omit<AxisStyle, 'ticks'>;
}

/** Points kept of a line: more cannot be told apart at the widths drawn. */
const MOST_POINTS = 300;

/** Lines on two scales, with marks. */
export function lineChart(
  lines: readonly ChartLine[],
  { x, y }: LineChartAxes,
  marks: readonly ChartMark[],
  width: number,
): Drawing {
  const height = Math.round(Math.min(340, Math.max(230, width * 0.42)));
  const series = lines.map(({ colour, dash, points, step }, index) => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    data: thinned(points).map(([a, b]) => [rounded(a, x), rounded(b, y)]),
    ...(step === true ? { step: 'end' } : {}),
    lineStyle: { color: colour, width: 2.25, type: dash },
    ...(index === 0 ? { markLine: verticals(marks), markPoint: dots(marks) } : {}),
  }));
  return {
    height,
    option: {
      grid: {
        left: 52,
        right: 22,
        top: marks.some(({ y: own }) => own === undefined) ? 30 : 16,
        bottom: 50,
        outerBoundsMode: 'none',
      },
      xAxis: valueAxis({ ...x, ticks: Math.max(3, Math.floor(width / 110)) }),
      yAxis: valueAxis({ ...y, ticks: 5 }),
      series,
    },
  };
}

function verticals(marks: readonly ChartMark[]): object {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: COLOURS.ink, type: 'dashed', width: 1 },
    label: { color: COLOURS.ink, fontSize: FONT_SIZE, position: 'end' },
    data: marks
      .filter(({ y }) => y === undefined)
      .map(({ x, label }) => ({ xAxis: x, label: { formatter: label } })),
  };
}

function dots(marks: readonly ChartMark[]): object {
  return {
    silent: true,
    symbol: 'circle',
    symbolSize: 10,
    itemStyle: { color: COLOURS.paper, borderColor: COLOURS.ink, borderWidth: 2 },
    label: {
      color: COLOURS.ink,
      fontSize: FONT_SIZE,
      position: 'bottom',
      distance: 8,
      align: 'right',
      offset: [-6, 0],
    },
    data: marks.flatMap(({ x, y, label }) =>
      y === undefined ? [] : [{ coord: [x, y], label: { formatter: label } }],
    ),
  };
}

/** Every n-th point, and the last: the ends and the shape stay. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}

/** Four digits of the scale: enough to draw, and a page that is smaller. */
function rounded(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  const unit = (max - min) / 10_000;
  return Number((Math.round(value / unit) * unit).toPrecision(6));
}
