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

/** From this width labels stand beside what they name; in less room, above it. */
export const WIDE = 700;

/** A text that fits a drawing: its end often tells it from others, so the middle goes. The table has all of it. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${characters.slice(0, length - 1 - end).join('')}…${characters.slice(-end).join('')}`;
}

/** Ends and distance of ticks: round numbers around all that is shown, at most `most` steps. */
export function niceScale(
  least: number,
  highest: number,
  most: number,
): { readonly min: number; readonly max: number; readonly step: number } {
  const rough = Math.max(highest - least, 1e-9) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  return { min: Math.floor(least / step) * step, max: Math.ceil(highest / step) * step, step };
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
