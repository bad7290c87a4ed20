/** A column or table name as SQL: quoted, so that any name is safe. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const TABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/;

/** The name itself, when it is a plain SQL name, `table` or `schema.table`. Throws a TypeError otherwise. */
export function plainTableName(name: string): string {
  if (!TABLE_NAME.test(name)) throw new TypeError(`not a plain SQL table name: ${name}`);
  return name;
}
