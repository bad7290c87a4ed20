import { type Html, type HtmlValue, html } from './html.ts';
import type { Words } from './words.ts';

export interface Column {
  readonly name: string;
  /** Numbers stand to the right. */
  readonly number?: boolean;
}

/** A table that scrolls by itself where it is wider than the page, by keyboard too. */
export function tableHtml(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly HtmlValue[])[],
): Html {
  const cell = (value: HtmlValue, index: number): Html => {
    if (index === 0) return html`<th scope="row">${value}</th>`;
    return columns[index]?.number === true ? html`<td class="n">${value}</td>` : html`<td>${value}</td>`;
  };
  const head = columns.map(({ name, number }) =>
    number === true ? html`<th scope="col" class="n">${name}</th>` : html`<th scope="col">${name}</th>`,
  );
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map(cell)}</tr>`,
  )}</tbody></table></div>`;
}

/** The table behind a chart, closed until asked for. */
export function tableBehind(words: Words, table: Html): Html {
  return html`<details class="data"><summary>${words.showTable}</summary>${table}</details>`;
}
