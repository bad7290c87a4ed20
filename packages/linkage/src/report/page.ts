import { createHash } from 'node:crypto';
import type { Section } from './context.ts';
import { type Html, html, rawHtml } from './html.ts';
import { STYLE } from './style.ts';
import type { Language } from './words.ts';
import { wordsOf } from './words-of.ts';

/** A page of sections, with a contents before them. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** Below the title: what must be known before the rest is read. */
  readonly note?: Html;
  readonly sections: readonly Section[];
  /** The only script that may run. */
  readonly script?: string;
}

/** One HTML file: nothing is loaded; readable without script, by keyboard, in light and dark, on paper. The same page gives the same bytes. */
export function pageHtml({ language, title, note, sections, script }: Page): string {
  const words = wordsOf(language);
  const contents = html`<nav aria-label="${words.contents}"><ul>${sections.map(
    ({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`,
  )}</ul></nav>`;
  const parts = sections.map(
    ({ id, heading, body }) =>
      html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${heading}</h2>${body}</section>`,
  );
  const code = script !== undefined && html`<script>${rawHtml(script)}</script>`;
  const page = html`${rawHtml('<!doctype html>\n')}<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${policy(script)}"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${title}</title><style>${rawHtml(STYLE)}</style></head><body><a class="skip" href="#report">${words.skip}</a><header><h1>${title}</h1>${note}</header>${contents}<main id="report" tabindex="-1">${parts}</main><footer><p>${words.footer}</p></footer>${code}</body></html>
`;
  return page.markup;
}

/** Nothing may be loaded, and no script may run but the page's own: the last wall behind escaping. */
function policy(script: string | undefined): string {
  const own =
    script === undefined ? "'none'" : `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  return `default-src 'none'; style-src 'unsafe-inline'; script-src ${own}; base-uri 'none'; form-action 'none'`;
}
