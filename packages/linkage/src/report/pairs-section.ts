import { probabilityOf } from '../scoring/weights.ts';
import { COLOURS } from './chart-style.ts';
import type { ReportContext, Section } from './context.ts';
import { differences, type Stretch } from './differences.ts';
import { outcomeOf } from './histogram-section.ts';
import { type Html, html } from './html.ts';
import type { PairPicture, Thresholds } from './report-input.ts';
import { type ChartRow, rowChart } from './row-chart.ts';
import { chartHtml, PAGE_WIDTHS } from './svg-chart.ts';
import { tableBehind, tableHtml } from './table.ts';
import { weightScale } from './weights-section.ts';

/** Pairs with their records side by side and the steps of their weight: personal data. */
export function pairsSection(
  pairs: readonly PairPicture[] | undefined,
  thresholds: Thresholds = { same: 0 },
  context: ReportContext,
): Section | undefined {
  if (pairs === undefined || pairs.length === 0) return undefined;
  const { pairs: said } = context.words;
  const sorted = [...pairs].sort((a, b) => b.weight - a.weight || (keyOf(a) < keyOf(b) ? -1 : 1));
  const options = (['weight-down', 'weight-up', 'id'] as const).map(
    (by) => html`<option value="${by}">${said.sortBy[by]}</option>`,
  );
  const tools = html`<div class="tools" id="pair-tools" hidden><label>${said.find}<input type="search" id="pair-find" autocomplete="off"></label><label>${said.sort}<select id="pair-sort">${options}</select></label><output id="pair-count" data-words="${said.found}" aria-live="polite"></output></div>`;
  return {
    id: 'pairs',
    heading: said.heading,
    body: html`<p class="intro">${said.intro}</p>${tools}<div id="pair-list">${sorted.map((pair, index) =>
      pairHtml(pair, index, thresholds, context),
    )}</div>`,
  };
}

function keyOf({ sourceL = '', idL, sourceR = '', idR }: PairPicture): string {
  return [sourceL, idL, sourceR, idR].join('\u0000');
}

function pairHtml(pair: PairPicture, index: number, thresholds: Thresholds, context: ReportContext): Html {
  const { words, numbers } = context;
  const outcome = outcomeOf(pair.weight, thresholds);
  const named = (id: string, source?: string): string =>
    source === undefined || source === '' ? id : `${source} ${id}`;
  const [left, right] = [named(pair.idL, pair.sourceL), named(pair.idR, pair.sourceR)];
  // What a weight is can be read without opening; the first is open to show what there is.
  return html`<details class="pair" data-weight="${pair.weight}" data-id="${keyOf(pair)}"${index === 0 && html` open`}><summary><b><bdi>${left}</bdi> – <bdi>${right}</bdi></b><span class="badge ${outcome}">${words.summary.outcomes[outcome]}</span><span class="n">${numbers.weight(pair.weight)} · ${words.pairs.probability} ${probabilityText(pair.weight, context)}</span></summary><div>${sideBySide(pair, left, right, context)}${waterfall(pair, index, `${words.pairs.pair(left, right)}`, context)}</div></details>`;
}

function probabilityText(weight: number, { numbers }: ReportContext): string {
  const probability = probabilityOf(weight);
  if (probability > 0.9999 && probability <= 1) return `> ${numbers.decimal(0.9999, 4)}`;
  return numbers.probability(probability);
}

function sideBySide({ values }: PairPicture, left: string, right: string, { words }: ReportContext): Html {
  const { columns, pairs: said } = words;
  const rows = values.map(({ column, left: a, right: b }) => {
    const [inA, inB] = a === null || b === null ? [undefined, undefined] : differences(a, b);
    const state = a === null || b === null ? 'missing' : a === b ? 'equal' : 'differs';
    return [column, valueHtml(a, inA, words.missing), valueHtml(b, inB, words.missing), said.states[state]];
  });
  return tableHtml(
    said.sides,
    [
      { name: columns.column },
      { name: `${columns.left} (${left})` },
      { name: `${columns.right} (${right})` },
      { name: columns.state },
    ],
    rows,
  );
}

function valueHtml(value: string | null, stretches: readonly Stretch[] | undefined, missing: string): Html {
  if (value === null) return html`<span class="absent">${missing}</span>`;
  if (stretches === undefined) return html`<bdi>${value}</bdi>`;
  return html`<bdi>${stretches.map(({ text, common }) => (common ? text : html`<mark>${text}</mark>`))}</bdi>`;
}

interface Step {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly adds: number;
}

function waterfall(pair: PairPicture, index: number, name: string, { words, numbers }: ReportContext): Html {
  const { pairs: said, columns } = words;
  const steps = stepsOf(pair, said.start, said.rarity, words.missing);
  const total = { label: said.total, from: 0, to: pair.weight, adds: pair.weight };
  const all = [...steps, total];
  const scale = weightScale(
    all.flatMap(({ from, to }) => [from, to]).filter((value) => Number.isFinite(value)),
  );
  const within = (value: number): number => Math.max(scale.min, Math.min(scale.max, value));
  const rows = all.map(({ label, from, to, adds }): ChartRow => {
    const colour = adds >= 0 ? COLOURS.for : COLOURS.against;
    return { label, bars: [{ from: within(from), to: within(to), colour, text: numbers.weight(adds) }] };
  });
  const chart = chartHtml({
    id: `pair-${index}`,
    title: name,
    description: said.describe(numbers.weight(pair.priorWeight), numbers.weight(pair.weight)),
    widths: PAGE_WIDTHS,
    draw: (width) => rowChart(rows, { ...scale, format: (value) => numbers.decimal(value, 1) }, width),
  });
  const table = tableHtml(
    name,
    [
      { name: columns.comparison },
      { name: columns.contribution, number: true },
      { name: columns.weight, number: true },
    ],
    all.map(({ label, to, adds }) => [label, numbers.weight(adds), numbers.weight(to)]),
  );
  return html`<figure><figcaption>${columns.weight}</figcaption>${chart}${tableBehind(words, table)}</figure>`;
}

function stepsOf(
  { priorWeight, contributions }: PairPicture,
  start: string,
  rarity: (comparison: string) => string,
  missing: string,
): readonly Step[] {
  const steps: Step[] = [{ label: start, from: 0, to: priorWeight, adds: priorWeight }];
  let weight = priorWeight;
  const add = (label: string, adds: number): void => {
    steps.push({ label, from: weight, to: weight + adds, adds });
    weight += adds;
  };
  for (const { comparison, gamma, label, weight: adds, termFrequency } of contributions) {
    add(`${comparison}: ${gamma < 0 ? missing : label}`, adds);
    if (termFrequency !== 0) add(rarity(comparison), termFrequency);
  }
  return steps;
}
