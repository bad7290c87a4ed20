import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { interchangeColumns } from '../interchange-columns.ts';
import { readDeliveries } from '../read-deliveries.ts';
import { loadReferential } from '../referential.ts';
import { createMacrosSql } from './macros.ts';
import { validatedRowsSql } from './rows-sql.ts';

const AS_OF = '2025-11-15';
/** Several times what one thread reads at a time: a smaller file comes in order whatever is done to it. */
const ROWS = 120_000;

let folder = '';
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'order-'));
  mkdirSync(join(folder, 'in'));
  database = await openDatabase();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The examples of the format, each row with an identifier that says its line. */
function writeRows(kind: RowKind): void {
  const columns = interchangeColumns(kind);
  const lines = [columns.map(({ name }) => name).join(';')];
  for (let line = 2; line <= ROWS + 1; line++) {
    const values: Record<string, string> = { identifiant_source: `L${line}`, ine: '' };
    lines.push(columns.map(({ name, example }) => values[name] ?? example).join(';'));
  }
  writeFileSync(join(folder, 'in', `${kind}.csv`), `${lines.join('\n')}\n`);
}

describe.each(ROW_KINDS)('rows of a large plain file keep their place: %s', (kind) => {
  it('each record bears the position of its line', async () => {
    writeRows(kind);
    await readDeliveries(database, {
      deliveries: join(folder, 'in'),
      asOf: AS_OF,
      workFolder: join(folder, 'work'),
    });
    const [found] = await database.all(
      "SELECT count(*) AS n, count(*) FILTER (source_id <> 'L' || position) AS wrong FROM sources.records",
    );
    expect(found).toEqual({ n: String(ROWS), wrong: '0' });
  });

  it('no join stands in the statement: it would give the rows back in any order', async () => {
    await loadReferential(database);
    await database.run(createMacrosSql());
    const names = interchangeColumns(kind).map(({ name }) => name);
    await database.run(`CREATE TABLE staged (${names.map((name) => `"${name}" VARCHAR`).join(', ')})`);
    const sql = validatedRowsSql({
      kind,
      asOf: AS_OF,
      from: '(SELECT 1 AS copy_no, * FROM staged)',
      present: new Set(names),
      origin: 'interchange',
    });
    const plan = await database.all<{ explain_value: string }>(`EXPLAIN ${sql}`);
    expect(plan.map(({ explain_value }) => explain_value).join('\n')).not.toContain('JOIN');
  });
});
