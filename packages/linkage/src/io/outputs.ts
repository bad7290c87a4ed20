import { quoteText } from '../expression/sql-text.ts';
import type { SqlRunner } from '../runner.ts';

/** Formats that a result can be written in, told from the end of the path. */
export const OUTPUT_FORMATS = ['csv', 'parquet', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** A file cannot be written in the format that its name asks for. */
export class OutputFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OutputFormatError';
  }
}

/** Format of a path. Throws OutputFormatError for another ending. */
export function outputFormatOf(path: string): OutputFormat {
  const format = OUTPUT_FORMATS.find((one) => path.toLowerCase().endsWith(`.${one}`));
  if (format === undefined)
    throw new OutputFormatError(
      `write to a file that ends in ${OUTPUT_FORMATS.map((one) => `.${one}`).join(', ')}`,
    );
  return format;
}

/** Writes the rows of a SELECT or a table, in its order, streaming: memory does not grow with the rows. */
export async function writeRows(runner: SqlRunner, relation: string, path: string): Promise<void> {
  const format = outputFormatOf(path);
  const options = {
    csv: 'FORMAT csv, HEADER',
    parquet: 'FORMAT parquet, COMPRESSION zstd',
    json: 'FORMAT json, ARRAY true',
  };
  await runner.run(`COPY (${relation}) TO ${quoteText(path)} (${options[format]})`);
}

const PAGE_ROWS = 20_000;

/** Rows of a SELECT, a page at a time: `key` is a column of integers, unique and ascending, that the pages are cut by. */
export async function* readRows(
  runner: SqlRunner,
  relation: string,
  key: string,
  pageRows: number = PAGE_ROWS,
): AsyncGenerator<Record<string, unknown>> {
  let after: string | undefined;
  for (;;) {
    const where = after === undefined ? '' : `WHERE ${key} > ${after}`;
    const rows = await runner.all(`SELECT * FROM (${relation}) ${where} ORDER BY ${key} LIMIT ${pageRows}`);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = String(last[key]);
  }
}
