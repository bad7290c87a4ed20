import type { ErrorExample, ErrorPattern } from '../evaluation/error-patterns.ts';
import type { GroupRate, GroupReport, RateGap } from '../evaluation/group-rates.ts';
import type { ReportContext, Section } from './context.ts';
import { type Html, html } from './html.ts';
import { tableHtml } from './table.ts';

/** Rows shown of each kind before the others are asked for. */
const SHOWN = 6;

/** Errors grouped by kind and by how the records compare. */
export function errorsSection(
  errors: readonly ErrorPattern[] | undefined,
  context: ReportContext,
): Section | undefined {
  if (errors === undefined || errors.length === 0) return undefined;
  const { words, numbers } = context;
  const { errors: said } = words;
  const parts = (['wrong', 'missed', 'unscored'] as const).map((kind) => {
    const own = errors.filter((error) => error.kind === kind);
    if (own.length === 0) return undefined;
    const more =
      own.length > SHOWN &&
      html`<details class="data"><summary>${said.more(numbers.count(own.length - SHOWN))}</summary>${patternTable(own.slice(SHOWN), said.kinds[kind], context)}</details>`;
    return html`<h3>${said.kinds[kind]}</h3>${patternTable(own.slice(0, SHOWN), said.kinds[kind], context)}${more}`;
  });
  return { id: 'errors', heading: said.heading, body: html`<p class="intro">${said.intro}</p>${parts}` };
}

function patternTable(
  errors: readonly ErrorPattern[],
  caption: string,
  { words, numbers }: ReportContext,
): Html {
  const { columns } = words;
  return tableHtml(
    caption,
    [
      { name: columns.pattern },
      { name: columns.pairs, number: true },
      { name: columns.weight, number: true },
      { name: columns.examples },
    ],
    errors.map(({ pairs, leastWeight, highestWeight, levels, examples }) => [
      html`<ul class="levels">${levels.map(
        ({ comparison, gamma, label }) =>
          html`<li><b>${comparison}</b>: ${gamma < 0 ? html`<span class="absent">${words.missing}</span>` : label}</li>`,
      )}</ul>`,
      numbers.count(pairs),
      leastWeight === highestWeight
        ? numbers.weight(leastWeight)
        : words.interval(numbers.weight(leastWeight), numbers.weight(highestWeight)),
      examples.map((example) => exampleHtml(example)),
    ]),
  );
}

function exampleHtml({ idL, idR, values }: ErrorExample): Html {
  const quoted = values.map(
    ({ column, left, right }) =>
      html` <small>${column}: <bdi>${left ?? '–'}</bdi> | <bdi>${right ?? '–'}</bdi></small>`,
  );
  return html`<div><bdi>${idL}</bdi> – <bdi>${idR}</bdi>${quoted}</div>`;
}

/** Missed and wrong links by group. */
export function groupsSection(
  groups: readonly GroupReport[] | undefined,
  context: ReportContext,
): Section | undefined {
  if (groups === undefined || groups.length === 0) return undefined;
  const { groups: said } = context.words;
  return {
    id: 'groups',
    heading: said.heading,
    body: html`<p class="intro">${said.intro}</p>${groups.map((group) => groupHtml(group, context))}`,
  };
}

function groupHtml(report: GroupReport, { words, numbers }: ReportContext): Html {
  const { groups: said, columns } = words;
  const rate = ({ count, of, rate: value, interval }: GroupRate): Html =>
    of === 0
      ? html`–`
      : html`${numbers.percent(value)}<small>${words.interval(
          numbers.percent(interval.low),
          numbers.percent(interval.high),
        )} (${numbers.count(count)} / ${numbers.count(of)})</small>`;
  const named = (group: string | null): string => group ?? words.missing;
  const gap = (what: string, found: RateGap | undefined): Html | undefined =>
    found === undefined
      ? undefined
      : html`<p>${said.gap(what, named(found.highest), named(found.lowest), numbers.percent(found.gap))} ${
          found.clear ? said.clear : said.unclear
        }</p>`;
  const table = tableHtml(
    said.by(report.column),
    [
      { name: columns.group },
      { name: columns.records, number: true },
      { name: columns.missedRate, number: true },
      { name: columns.wrongRate, number: true },
    ],
    report.groups.map(({ group, records, missed, wrong }) => [
      named(group),
      numbers.count(records),
      rate(missed),
      rate(wrong),
    ]),
  );
  const small =
    report.smallGroups > 0 &&
    html`<p class="intro">${said.small(
      numbers.count(report.smallGroups),
      numbers.count(report.smallGroupRecords),
      numbers.count(report.minimumRecords),
    )}</p>`;
  return html`<h3>${said.by(report.column)}</h3>${gap(said.missed, report.missedGap)}${gap(said.wrong, report.wrongGap)}${table}${small}`;
}
