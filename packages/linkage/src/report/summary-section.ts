import type { ReportContext, Section } from './context.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** Key figures. */
export function summarySection(input: ReportInput, { words, numbers }: ReportContext): Section {
  const { model, run, thresholds, outcomes } = input;
  const said = words.summary;
  const count = (name: string, value: number | undefined): Html | undefined =>
    value === undefined ? undefined : html`<div><dt>${name}</dt><dd>${numbers.count(value)}</dd></div>`;
  const text = (name: string, value: string): Html =>
    html`<div><dt>${name}</dt><dd class="text">${value}</dd></div>`;
  const facts = [
    count(said.records, run?.records),
    count(said.possible, run?.possiblePairs),
    count(said.candidates, run?.candidatePairs),
    count(said.scored, run?.scoredPairs),
    count(said.outcomes.same, outcomes?.same),
    count(said.outcomes.review, outcomes?.review),
    count(said.outcomes.apart, outcomes?.apart),
    text(said.prior, said.priorValue(numbers.count(1 / model.prior))),
    text(said.linkType, said.linkTypes[model.linkType]),
    thresholds === undefined
      ? undefined
      : text(
          said.thresholds,
          said.thresholdsValue(
            numbers.weight(thresholds.same),
            numbers.weight(thresholds.review ?? thresholds.same),
          ),
        ),
  ];
  return { id: 'summary', heading: said.heading, body: html`<dl class="facts">${facts}</dl>` };
}

/** What to mend, as given; undefined when there is nothing. */
export function warningsSection(
  { warnings = [] }: ReportInput,
  { words }: ReportContext,
): Section | undefined {
  if (warnings.length === 0) return undefined;
  const items = warnings.map(({ where, message }) =>
    where === undefined ? html`<li>${message}</li>` : html`<li><strong>${where}</strong>: ${message}</li>`,
  );
  return {
    id: 'warnings',
    heading: words.warnings.heading,
    body: html`<p class="intro">${words.warnings.intro}</p><ul class="note warnings">${items}</ul>`,
  };
}
