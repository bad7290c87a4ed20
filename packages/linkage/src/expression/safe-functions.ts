import type { SqlRunner } from '../runner.ts';
import { isKnownCall } from './compile.ts';
import { quoteText } from './sql-text.ts';
import { UnsafeSqlError } from './unsafe-sql.ts';
import { isWritable } from './write-sql.ts';

/**
 * Scalar functions that tell of more than their arguments, write, or end the run, although the engine calls them
 * consistent.
 */
const FORBIDDEN =
  /^(getenv|getvariable|current_|session_|user$|in_search_path|has_|pg_|txid|version|nextval|currval|setseed|write_|read_|query|which_secret|json_execute|json_serialize|json_deserialize|add_parquet_key|error$|sleep|http|glob$|parse_duckdb_log|duckdb_|pragma_|system_)/;

/** Macros that are expressions over their arguments: the others read the catalogue, aggregate, or make rows. */
const SAFE_MACRO = /^(list_|array_|map_contains|md5_|round|fmod$|fdiv$|split_part$|date_add$|days_in_month$)/;

/** Throws UnsafeSqlError unless every name is a harmless scalar function of the engine's own. */
export async function refuseFunctions(runner: SqlRunner, names: readonly string[]): Promise<void> {
  const called = names.filter((name) => !isKnownCall(name));
  const odd = called.find((name) => !isWritable(name));
  if (odd !== undefined) throw new UnsafeSqlError(`the operator ${odd} is not allowed in a model`);
  const named = called.filter((name) => /^\w+$/.test(name)).map((name) => name.toLowerCase());
  const forbidden = named.find((name) => FORBIDDEN.test(name));
  if (forbidden !== undefined)
    throw new UnsafeSqlError(`the function ${forbidden} is not allowed in a model`);
  if (named.length > 0) await refuseUnknown(runner, named);
}

/** Only what the engine brings along, and what gives the same for the same arguments, always. */
async function refuseUnknown(runner: SqlRunner, names: readonly string[]): Promise<void> {
  const rows = await runner.all(
    `SELECT function_name AS name,
        bool_and(internal AND coalesce(stability, 'CONSISTENT') = 'CONSISTENT' AND (function_type = 'scalar'
          OR function_type = 'macro' AND regexp_matches(function_name, ${quoteText(SAFE_MACRO.source)}))) AS safe
      FROM duckdb_functions() WHERE function_name IN (${names.map(quoteText).join(', ')}) GROUP BY function_name`,
  );
  const safe = new Map(rows.map((row) => [String(row.name), row.safe === true]));
  for (const name of names) {
    if (!safe.has(name)) throw new UnsafeSqlError(`no scalar function is called ${name}`);
    if (safe.get(name) !== true) throw new UnsafeSqlError(`the function ${name} is not allowed in a model`);
  }
}
