export type CsvValue = string | number | undefined;

/** One line of CSV, without its end: quotes where RFC 4180 wants them. `undefined` is an empty field. */
export function csvLine(values: readonly CsvValue[], separator = ';'): string {
  const text = values.join(separator);
  // Hardly any line needs a quote: one look at the whole of it spares a look at each field.
  const plain = !/["\r\n]/.test(text) && countOf(separator, text) === values.length - 1;
  return plain ? text : values.map((value) => csvField(value, separator)).join(separator);
}

function countOf(separator: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count += 1;
  return count;
}

function csvField(value: CsvValue, separator: string): string {
  const text = value === undefined ? '' : String(value);
  const special = text.includes(separator) || /["\r\n]/.test(text);
  return special ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A whole CSV file. The line of the n-th row (from 0) is n + 2, the header being the first: no field has a line end. */
export function csvText(
  header: readonly string[],
  rows: ReadonlyArray<readonly CsvValue[]>,
  { separator = ';', lineEnd = '\r\n' }: { separator?: string; lineEnd?: string } = {},
): string {
  return [header, ...rows].map((row) => `${csvLine(row, separator)}${lineEnd}`).join('');
}
