import type { Row } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import { gammaSql } from '../scoring/pattern.ts';
import type { Candidate } from './candidates.ts';
import type { LinkIndex } from './open-index.ts';
import { recordRelation } from './query-plan.ts';

/** What only the engine can say of a pair: γ by comparison, and which rules' conditions hold. */
export interface EngineAnswer {
  readonly gammas: ReadonlyMap<string, number>;
  readonly rules: ReadonlySet<number>;
}

/** Asks the engine, in one statement, what has no twin. Empty when everything has one. */
export async function askEngine(
  index: LinkIndex,
  query: Row,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<number, EngineAnswer>> {
  const comparisons = index.twin.engineOnly;
  const rules = index.rules.filter(
    (keys) => keys.residual !== undefined && index.residuals[keys.rule] === undefined,
  );
  if (candidates.length === 0 || comparisons.length + rules.length === 0) return new Map();
  const gammas = comparisons.map((comparison, place) => `${gammaSql(comparison)} AS gamma_${place}`);
  const holds = rules.map(({ sql }, place) => `coalesce((${sql}), false) AS rule_${place}`);
  const parts = [true, false].flatMap((queryFirst) => {
    const side = candidates.filter((one) => one.queryFirst === queryFirst);
    return side.length === 0 ? [] : [pairsSql(index, side, queryFirst, holds)];
  });
  const rows =
    await index.engine.all(`WITH q AS MATERIALIZED (SELECT * FROM ${recordRelation(index.manifest, query)})
    SELECT ${['*', ...gammas].join(', ')} FROM (${parts.join(' UNION ALL ')})`);
  return new Map(
    rows.map((row) => [
      Number(row._rid),
      {
        gammas: new Map(comparisons.map(({ name }, place) => [name, Number(row[`gamma_${place}`])])),
        rules: new Set(rules.filter((_, place) => row[`rule_${place}`] === true).map(({ rule }) => rule)),
      },
    ]),
  );
}

/** Pairs of the record looked up and candidates that stand on one side of it. */
function pairsSql(
  { manifest, tables }: LinkIndex,
  side: readonly Candidate[],
  queryFirst: boolean,
  holds: readonly string[],
): string {
  const { model, inputColumns } = manifest;
  const names = [...inputColumns, ...model.derivations].map(({ name }) => name);
  const columns = names.flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
  const rids = side.map(({ rid }) => rid).join(', ');
  const fetched = `(SELECT * FROM ${tables.records} WHERE rid IN (${rids}))`;
  const [rid, from] = queryFirst ? ['r.rid', `q l, ${fetched} r`] : ['l.rid', `${fetched} l, q r`];
  return `SELECT ${[`${rid} AS _rid`, ...columns, ...holds].join(', ')} FROM ${from}`;
}
