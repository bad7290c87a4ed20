import { createHash } from 'node:crypto';
import { blockingSection } from './blocking-section.ts';
import { clustersSection } from './clusters-section.ts';
import { type ReportContext, reportContext, type Section } from './context.ts';
import { errorsSection, groupsSection } from './errors-section.ts';
import { estimatesSection } from './estimates-section.ts';
import { histogramSection } from './histogram-section.ts';
import { html, rawHtml } from './html.ts';
import { muSection } from './mu-section.ts';
import { pairsSection } from './pairs-section.ts';
import type { ReportInput } from './report-input.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { summarySection, warningsSection } from './summary-section.ts';
import { truthSection } from './truth-section.ts';
import { unlinkablesSection } from './unlinkables-section.ts';
import { weightsSection } from './weights-section.ts';

/**
 * One HTML file that shows a model and a run: no network, readable without script, by keyboard, in light and dark, on
 * paper. The same input gives the same bytes. Values of records appear only where `pairs`, examples with values or keys
 * of blocks were given, and the page then begins by saying so.
 */
export function linkageReport(input: ReportInput): string {
  const context = reportContext(input.language);
  const sections = sectionsOf(input, context).filter((section) => section !== undefined);
  const { words, language } = context;
  const title = input.title ?? words.title;
  const personal = holdsValues(input) && html`<p class="note" role="note">${words.personal}</p>`;
  const contents = html`<nav aria-label="${words.contents}"><ul>${sections.map(
    ({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`,
  )}</ul></nav>`;
  const parts = sections.map(
    ({ id, heading, body }) =>
      html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${heading}</h2>${body}</section>`,
  );
  const page = html`${rawHtml('<!doctype html>\n')}<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${policy()}"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${title}</title><style>${rawHtml(STYLE)}</style></head><body><a class="skip" href="#report">${words.skip}</a><header><h1>${title}</h1>${personal}</header>${contents}<main id="report" tabindex="-1">${parts}</main><footer><p>${words.footer}</p></footer><script>${rawHtml(SCRIPT)}</script></body></html>
`;
  return page.markup;
}

function sectionsOf(input: ReportInput, context: ReportContext): readonly (Section | undefined)[] {
  const { model, thresholds, evaluation } = input;
  return [
    summarySection(input, context),
    warningsSection(input, context),
    truthSection(evaluation, context),
    weightsSection(model, context),
    muSection(model, context),
    estimatesSection(model, input.estimates, context),
    blockingSection(input.blocking, context),
    histogramSection(input.histogram, thresholds, context),
    unlinkablesSection(input.unlinkables, thresholds, context),
    errorsSection(evaluation?.errors, context),
    groupsSection(evaluation?.groups, context),
    clustersSection(input.clusters, context),
    pairsSection(input.pairs, thresholds, context),
  ];
}

function holdsValues({ pairs = [], evaluation, blocking = [] }: ReportInput): boolean {
  return (
    pairs.length > 0 ||
    (evaluation?.errors ?? []).some(({ examples }) => examples.some(({ values }) => values.length > 0)) ||
    blocking.some(({ largestBlocks = [] }) => largestBlocks.some(({ key }) => key !== undefined))
  );
}

/** Nothing may be loaded, and no script may run but the page's own: the last wall behind escaping. */
function policy(): string {
  const script = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${script}'; base-uri 'none'; form-action 'none'`;
}
