import type { Evaluate } from '../expression/compile.ts';
import { expressionSql } from '../expression/compile.ts';
import { type Expression, literal, type Row, type Value } from '../expression/expression.ts';
import { isList } from '../expression/functions.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import { ModelError } from '../model/validate-model.ts';
import type { SqlRunner } from '../runner.ts';
import type { IndexManifest } from './index-format.ts';
import { explodedSql, KEY_SEPARATOR, keysSql, type RuleKeys, type Side } from './rule-keys.ts';
import { compileSafely, twinValue } from './twin-safety.ts';

/** Keys of one side of one rule: SQL constants of UBIGINT; none when a part is missing. */
export interface QueryKeys {
  readonly rule: number;
  /** The side of the rule that the record looked up stands on. */
  readonly side: Side;
  readonly keys: readonly string[];
}

/** A record made ready to be looked up: its derived columns, and its keys. */
export interface PreparedQuery {
  readonly row: Row;
  readonly keys: readonly QueryKeys[];
}

/** How records are made ready: in TypeScript where everything has a twin, else by one statement each. */
export type QueryPlan = (runner: SqlRunner, record: Row, sides: readonly Side[]) => Promise<PreparedQuery>;

/** Types whose values have one text, the same in TypeScript and SQL. */
const KEY_TYPES = new Set(['VARCHAR', 'BOOLEAN', 'DATE', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT']);

/** Throws ModelError for a rule whose two sides have keys of different types: equal values would have unequal keys. */
export async function planQueries(
  runner: SqlRunner,
  manifest: IndexManifest,
  rules: readonly RuleKeys[],
  records: string,
): Promise<QueryPlan> {
  const types = new Map(manifest.columns.map(({ name, type }) => [name, type]));
  let textual = true;
  for (const keys of rules) {
    for (const name of keys.explode) types.set(name, (types.get(name) ?? '').replace(/\[\]$/, ''));
    const [left, right] = [
      await keyTypes(runner, keys, 'left', records),
      await keyTypes(runner, keys, 'right', records),
    ];
    if (left.join() !== right.join()) {
      const path = `blockingRules[${keys.rule}] (${keys.sql})`;
      const message = `its keys are of different types, ${left.join(', ')} and ${right.join(', ')}: cast one`;
      throw new ModelError([{ path, code: 'unsupported', message }]);
    }
    textual &&= left.every((type) => KEY_TYPES.has(type));
  }
  const typeOf = (name: string) => types.get(name);
  const derive = compileAll(
    manifest.model.derivations.map(({ expression }) => expression),
    typeOf,
  );
  const sides = rules.map((keys) => ({
    keys,
    left: compileAll(keys.left, typeOf),
    right: compileAll(keys.right, typeOf),
  }));
  const compiled = sides.flatMap(({ keys, left, right }) => (left && right ? [{ keys, left, right }] : []));
  if (!textual || derive === undefined || compiled.length < rules.length) {
    return (of, record, wanted) => prepareByEngine(of, manifest, rules, record, wanted);
  }
  return (_, record, wanted) => Promise.resolve(prepareByTwin(manifest, derive, compiled, record, wanted));
}

async function keyTypes(
  runner: SqlRunner,
  keys: RuleKeys,
  side: Side,
  records: string,
): Promise<readonly string[]> {
  const from = explodedSql(keys.explode, records);
  const rows = await runner.all(`DESCRIBE SELECT ${keys[side].map(expressionSql).join(', ')} FROM ${from}`);
  return rows.map(({ column_type: type }) => String(type));
}

function compileAll(
  expressions: readonly Expression[],
  typeOf: (name: string) => string | undefined,
): readonly Evaluate[] | undefined {
  const compiled = expressions.map((expression) => compileSafely(expression, typeOf));
  return compiled.every((one) => one !== undefined) ? compiled : undefined;
}

type CompiledRule = Readonly<Record<Side, readonly Evaluate[]>> & { readonly keys: RuleKeys };

function prepareByTwin(
  { model }: IndexManifest,
  derive: readonly Evaluate[],
  rules: readonly CompiledRule[],
  record: Row,
  sides: readonly Side[],
): PreparedQuery {
  const row: Record<string, Value | undefined> = { ...record };
  for (const [place, { name }] of model.derivations.entries()) row[name] = derive[place]?.(row) ?? null;
  const keys = rules.flatMap((rule) =>
    sidesWanted(rule.keys, sides).map((side) => {
      const texts = explodedRows(row, rule.keys.explode).flatMap((one) => keyText(rule[side], one));
      const unique = [...new Set(texts)];
      return {
        rule: rule.keys.rule,
        side,
        keys: unique.map((text) => `md5_number_lower(${quoteText(text)})`),
      };
    }),
  );
  return { row, keys };
}

/** A rule that keys both sides alike is looked up once. */
function sidesWanted({ symmetric }: RuleKeys, sides: readonly Side[]): readonly Side[] {
  return symmetric ? ['left'] : sides;
}

function keyText(parts: readonly Evaluate[], row: Row): readonly string[] {
  const values = parts.map((part) => part(row));
  return values.some((value) => value === null) ? [] : [values.map(String).join(KEY_SEPARATOR)];
}

/** The record once for each element of its exploded lists. */
function explodedRows(row: Row, explode: readonly string[]): readonly Row[] {
  return explode.reduce<readonly Row[]>(
    (rows, name) =>
      rows.flatMap((one) => {
        const elements = one[name];
        return isList(elements) ? elements.map((element) => ({ ...one, [name]: element })) : [];
      }),
    [row],
  );
}

/** The record as a relation of one row, of the types of the index; `rid` 0. */
export function recordRelation(manifest: IndexManifest, record: Row): string {
  const { idColumn, derivations } = manifest.model;
  const given = [...manifest.inputColumns, ...manifest.columns.filter(({ name }) => name === idColumn)];
  const columns = given.map(
    ({ name, type }) =>
      `CAST(${expressionSql(literal(record[name] ?? null))} AS ${type}) AS ${quoteName(name)}`,
  );
  const derived = derivations.map(
    ({ name, expression }) => `${expressionSql(expression)} AS ${quoteName(name)}`,
  );
  return `(SELECT ${['*', ...derived].join(', ')} FROM (SELECT 0 AS rid, ${columns.join(', ')}))`;
}

async function prepareByEngine(
  runner: SqlRunner,
  manifest: IndexManifest,
  rules: readonly RuleKeys[],
  record: Row,
  sides: readonly Side[],
): Promise<PreparedQuery> {
  const wanted = rules.flatMap((keys) => sidesWanted(keys, sides).map((side) => ({ keys, side })));
  const lists = wanted.map(
    ({ keys, side }, place) =>
      `(SELECT list(key::VARCHAR ORDER BY key) FROM (${keysSql(keys, side, 'q')})) AS keys_${place}`,
  );
  const derived = manifest.model.derivations.map(
    ({ name }, place) => `${quoteName(name)} AS derived_${place}`,
  );
  const [found] = await runner.all(
    `WITH q AS MATERIALIZED (SELECT * FROM ${recordRelation(manifest, record)})
     SELECT ${[...derived, ...lists].join(', ')} FROM q`,
  );
  const row: Record<string, Value | undefined> = { ...record };
  for (const [place, { name }] of manifest.model.derivations.entries()) {
    const type = manifest.columns.find((column) => column.name === name)?.type ?? '';
    row[name] = twinValue(found?.[`derived_${place}`], type);
  }
  return {
    row,
    keys: wanted.map(({ keys, side }, place) => ({
      rule: keys.rule,
      side,
      keys:
        (found?.[`keys_${place}`] as readonly string[] | null | undefined)?.map((key) => `${key}::UBIGINT`) ??
        [],
    })),
  };
}
