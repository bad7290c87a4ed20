import { blockingSection } from './blocking-section.ts';
import { clustersSection } from './clusters-section.ts';
import { type ReportContext, reportContext, type Section } from './context.ts';
import { errorsSection, groupsSection } from './errors-section.ts';
import { estimatesSection } from './estimates-section.ts';
import { histogramSection } from './histogram-section.ts';
import { html } from './html.ts';
import { muSection } from './mu-section.ts';
import { pageHtml } from './page.ts';
import { pairsSection } from './pairs-section.ts';
import type { ReportInput } from './report-input.ts';
import { SCRIPT } from './script.ts';
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
  return pageHtml({
    language,
    title: input.title ?? words.title,
    ...(holdsValues(input) ? { note: html`<p class="note" role="note">${words.personal}</p>` } : {}),
    sections,
    script: SCRIPT,
  });
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
