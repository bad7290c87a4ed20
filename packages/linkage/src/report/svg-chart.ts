import { createRequire } from 'node:module';
import type { EChartsCoreOption } from 'echarts';
import { type Html, html, rawHtml } from './html.ts';

const require = createRequire(import.meta.url);

/** A drawing at one width: what echarts draws, and how high. */
export interface Drawing {
  readonly height: number;
  readonly option: EChartsCoreOption;
}

export interface Chart {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What the drawing shows, in words, for those who do not see it. */
  readonly description: string;
  /** Widths in pixels that it is drawn for: the page shows the one that fits, so that letters stay readable. */
  readonly widths: readonly number[];
  draw(width: number): Drawing;
}

/** Widths for a chart across the page. */
export const PAGE_WIDTHS: readonly number[] = [960, 600, 330];
/** Widths for charts that stand beside each other. */
export const TILE_WIDTHS: readonly number[] = [500, 330];

/** The chart as SVG, once for each width, without script. Colours are variables of the page's style. */
export function chartHtml(chart: Chart): Html {
  const drawings = chart.widths.map((width) => {
    const id = `${chart.id}-${width}`;
    const { height, option } = chart.draw(width);
    const drawn = namedIds(renderSvg(width, height, option), id);
    const start = html`<svg class="w${width}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d" xmlns="http://www.w3.org/2000/svg"><title id="${id}-t">${chart.title}</title><desc id="${id}-d">${chart.description}</desc>`;
    return rawHtml(start.markup + drawn);
  });
  return html`<div class="chart fits${chart.widths.length}">${drawings}</div>`;
}

function renderSvg(width: number, height: number, option: EChartsCoreOption): string {
  // With the first chart only: its hundreds of files would cost every command that draws nothing half a second.
  const { init } = require('echarts') as typeof import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/**
 * The inside of the drawing. The library numbers its classes and ids from the start of the process, and adds rules and
 * marks for a mouse: they would make two reports of the same figures differ.
 */
function namedIds(svg: string, prefix: string): string {
  const known = new Map<string, string>();
  return svg
    .replace(/^<svg[^>]*>\s*/, '')
    .replace(/<style\s*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/<rect [^>]*fill="none"><\/rect>\s*/, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ pointer-events="\w+"/g, '')
    .replace(/\bzr\d+-[a-z]+-?\d+\b/g, (id) => {
      const own = known.get(id) ?? `${prefix}-${known.size}`;
      known.set(id, own);
      return own;
    });
}
