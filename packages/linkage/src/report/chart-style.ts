/** Colours by what they mean: variables of the page's style, so that light, dark and print each have their own. */
export const COLOURS = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  paper: 'var(--paper)',
  /** For: matches, links, positive weights. */
  for: 'var(--for)',
  /** Against: other pairs, negative weights. */
  against: 'var(--against)',
  review: 'var(--review)',
  apart: 'var(--apart)',
  third: 'var(--third)',
} as const;

export const FONT_SIZE = 12;

/** Below this width labels stand above what they name, not beside it. */
export const NARROW = 420;

/** A text that fits a drawing; the whole text is in the table behind it. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

export interface AxisStyle {
  readonly name?: string;
  readonly min: number;
  readonly max: number;
  readonly ticks: number;
  /** Distance of the ticks; chosen by the library when absent. */
  readonly step?: number;
  readonly format: (value: number) => string;
}

/** A scale of numbers in the page's colours. */
export function valueAxis({ name, min, max, ticks, step, format }: AxisStyle): object {
  return {
    type: 'value',
    min,
    max,
    splitNumber: ticks,
    ...(step === undefined ? {} : { interval: step }),
    ...(name === undefined ? {} : { name, nameLocation: 'middle', nameGap: 30 }),
    nameTextStyle: { color: COLOURS.muted, fontSize: FONT_SIZE },
    axisLabel: { color: COLOURS.muted, fontSize: FONT_SIZE, formatter: format, hideOverlap: true },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: COLOURS.line } },
  };
}
