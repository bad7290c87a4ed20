import { columnsOf, type Expression } from '../expression/expression.ts';
import { parseSqlExpression, UnsafeSqlError } from '../expression/parse-sql.ts';
import type { SqlRunner } from '../runner.ts';
import type { JsonReader } from './json-reader.ts';
import { fromSpark } from './spark-dialect.ts';

/** What reading the parts of a file has in common. */
export interface ReadingContext {
  readonly runner: SqlRunner;
  readonly reader: JsonReader;
  readonly dialect: string;
  readonly notices: string[];
}

export interface ReadCondition {
  /** For the engine: the file's own text, or its translation. */
  readonly sql: string;
  readonly condition: Expression;
}

/**
 * Reads one SQL condition of a model file: over `x_l` and `x_r` in a level, over `l.x` and `r.x` in a rule.
 * Throws UnsafeSqlError when it is not one harmless scalar condition, or reads anything but the two records.
 */
async function readCondition(runner: SqlRunner, text: string, dialect: string): Promise<ReadCondition> {
  const sql = dialect === 'spark' ? await fromSpark(runner, text) : text;
  const condition = await parseSqlExpression(runner, sql);
  // Where the engine will see it: a comment or a second name would swallow what follows.
  const inPlace = await parseSqlExpression(runner, `CASE WHEN ${sql} THEN 1 END`).catch(() => undefined);
  if (inPlace?.kind !== 'call' || !sameExpression(inPlace.args[0], condition)) {
    throw new UnsafeSqlError('the condition must stand by itself, without a comment or a name');
  }
  const stranger = columnsOf(condition).find((name) => !/_[lr]$/i.test(name));
  if (stranger !== undefined) {
    throw new UnsafeSqlError(
      `${stranger} is of neither record: columns end in _l or _r, or begin with l. or r.`,
    );
  }
  return { sql, condition };
}

function sameExpression(a: Expression | undefined, b: Expression): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The condition at `path`; undefined, and told, when it may not run. */
export async function conditionAt(
  { runner, reader, dialect }: ReadingContext,
  text: string,
  path: string,
): Promise<ReadCondition | undefined> {
  try {
    return await readCondition(runner, text, dialect);
  } catch (error) {
    if (!(error instanceof UnsafeSqlError)) throw error;
    reader.tell(path, 'unsafe_sql', error.message);
    return undefined;
  }
}
