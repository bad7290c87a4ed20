import { COLOURS, FONT_SIZE, niceScale, shortened } from './chart-style.ts';
import { legend, type ReportContext, type Section } from './context.ts';
import { bridgesOf, layOut } from './graph-layout.ts';
import { type Html, html, visibleText } from './html.ts';
import type { ClusterFigures, ClusterPicture } from './report-input.ts';
import { rowChart } from './row-chart.ts';
import { chartHtml, type Drawing, PAGE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';

/** Sizes of clusters, and pictures of small ones. */
export function clustersSection(
  figures: ClusterFigures | undefined,
  context: ReportContext,
): Section | undefined {
  if (figures === undefined) return undefined;
  const { words, numbers } = context;
  const { clusters: said, columns } = words;
  const sizes = [...figures.sizes].sort((a, b) => a.size - b.size);
  const total = sizes.reduce((sum, { clusters }) => sum + clusters, 0);
  const most = Math.max(1, ...sizes.map(({ clusters }) => clusters));
  const rows = sizes.map(({ size, clusters }) => ({
    label: numbers.count(size),
    bars: [{ from: 0, to: clusters, colour: COLOURS.for, text: numbers.count(clusters) }],
  }));
  const chart = chartHtml({
    id: 'clusters-sizes',
    title: said.heading,
    description: said.describe(numbers.count(total), numbers.count(sizes.at(-1)?.size ?? 0)),
    widths: PAGE_WIDTHS,
    draw: (width) =>
      rowChart(rows, { ...niceScale(0, most, 6), format: (value) => numbers.count(value) }, width),
  });
  const table = tableHtml(
    said.heading,
    [
      { name: columns.size, number: true },
      { name: columns.clusters, number: true },
    ],
    sizes.map(({ size, clusters }) => [numbers.count(size), numbers.count(clusters)]),
  );
  const pictures =
    figures.shown.length > 0 &&
    html`<h3>${said.pictures}</h3><p class="intro">${said.picturesIntro}</p>${legend([
      { mark: 'line', label: said.links },
      { mark: 'line bridge', label: columns.bridge },
    ])}<div class="tiles small">${figures.shown.map((one, index) => pictureHtml(one, index, context))}</div>`;
  return {
    id: 'clusters',
    heading: said.heading,
    body: html`<p class="intro">${said.intro}</p><figure><figcaption>${said.bySize}</figcaption>${chart}${tableBehind(words, table)}</figure>${pictures}`,
  };
}

const PICTURE_WIDTH = 330;

function pictureHtml(picture: ClusterPicture, index: number, { words, numbers }: ReportContext): Html {
  const { nodes, edges, name } = picture;
  const bridges = bridgesOf(nodes.length, edges);
  const description = words.clusters.describePicture(
    numbers.count(nodes.length),
    numbers.count(edges.length),
    numbers.count(bridges.size),
  );
  const chart = chartHtml({
    id: `cluster-${index}`,
    title: name,
    description,
    widths: [PICTURE_WIDTH],
    draw: () => drawCluster(picture, bridges, (weight) => numbers.decimal(weight, 1)),
  });
  const { columns } = words;
  const table = tableHtml(
    name,
    [
      { name: columns.record },
      { name: columns.record },
      { name: columns.weight, number: true },
      { name: columns.bridge },
    ],
    edges.map(({ from, to, weight }, edge) => [
      html`<bdi>${nodes[from] ?? ''}</bdi>`,
      html`<bdi>${nodes[to] ?? ''}</bdi>`,
      numbers.weight(weight),
      bridges.has(edge) ? words.yes : words.no,
    ]),
  );
  return html`<figure><figcaption>${name}</figcaption>${chart}<p class="intro">${description}</p>${tableBehind(words, table)}</figure>`;
}

function drawCluster(
  { nodes, edges }: ClusterPicture,
  bridges: ReadonlySet<number>,
  format: (weight: number) => string,
): Drawing {
  const places = layOut(nodes.length, edges);
  return {
    height: 230,
    option: {
      series: [
        {
          type: 'graph',
          layout: 'none',
          silent: true,
          preserveAspect: 'contain',
          left: 50,
          right: 50,
          top: 24,
          bottom: 34,
          symbolSize: 13,
          itemStyle: { color: COLOURS.paper, borderColor: COLOURS.for, borderWidth: 3, opacity: 1 },
          label: {
            show: true,
            position: 'bottom',
            distance: 5,
            color: COLOURS.ink,
            fontSize: FONT_SIZE,
            backgroundColor: COLOURS.paper,
            padding: [1, 2],
          },
          data: nodes.map((node, index) => ({
            id: String(index),
            name: shortened(visibleText(node), 14),
            x: places[index]?.[0] ?? 0,
            y: places[index]?.[1] ?? 0,
          })),
          links: linksOf(edges, bridges, format),
        },
      ],
    },
  };
}

function linksOf(
  edges: ClusterPicture['edges'],
  bridges: ReadonlySet<number>,
  format: (weight: number) => string,
): readonly object[] {
  const labelled = edges.length <= 8;
  return edges.map(({ from, to, weight }, index) => ({
    source: String(from),
    target: String(to),
    lineStyle: bridges.has(index)
      ? { color: COLOURS.against, type: 'dashed', width: 2, opacity: 1 }
      : {
          color: COLOURS.for,
          type: 'solid',
          width: Math.min(4, Math.max(1, weight / 6)),
          opacity: 1,
        },
    label: {
      show: labelled || bridges.has(index),
      formatter: format(weight),
      color: COLOURS.muted,
      fontSize: FONT_SIZE - 1,
      distance: 2,
      backgroundColor: COLOURS.paper,
      padding: 1,
    },
  }));
}
