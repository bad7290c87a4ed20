import { type Html, html } from './html.ts';
import { type NumberWriter, numberWriter } from './numbers.ts';
import type { Language, Words } from './words.ts';
import { wordsOf } from './words-of.ts';

/** What every section needs to write. */
export interface ReportContext {
  readonly language: Language;
  readonly words: Words;
  readonly numbers: NumberWriter;
}

/** A part of the page, named in the contents. */
export interface Section {
  /** Unique in the page; letters and hyphens. */
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

export function reportContext(language: Language = 'en'): ReportContext {
  return { language, words: wordsOf(language), numbers: numberWriter(language) };
}

/** What the colours and dashes of a chart mean. */
export function legend(entries: readonly { readonly mark: string; readonly label: string }[]): Html {
  return html`<ul class="legend">${entries.map(
    ({ mark, label }) => html`<li><span class="mark ${mark}" aria-hidden="true"></span>${label}</li>`,
  )}</ul>`;
}
