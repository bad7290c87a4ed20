/** A text as a SQL literal. Only for paths, constants and values that a statement cannot bind (COPY, read_csv). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a quoted SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Several texts as a SQL list of literals: `('a', 'b')`. */
export function literals(texts: readonly string[]): string {
  return `(${texts.map(literal).join(', ')})`;
}
