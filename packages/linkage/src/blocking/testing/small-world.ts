import fc from 'fast-check';
import type { Engine } from '../../engine/engine.ts';
import { quoteText } from '../../expression/sql-text.ts';
import type { BlockingRule, LinkType } from '../../model/model.ts';

/** A record of a test: few values, many missing, so that rules overlap. */
export interface SmallRecord {
  readonly source: number;
  readonly a: string | null;
  readonly b: string | null;
  readonly c: number | null;
  readonly list: readonly (string | null)[] | null;
}

const letters = fc.constantFrom('x', 'y', "z'", null);

export const smallRecords: fc.Arbitrary<readonly SmallRecord[]> = fc.array(
  fc.record({
    source: fc.nat({ max: 2 }),
    a: letters,
    b: letters,
    c: fc.constantFrom(1, 2, null),
    list: fc.option(fc.array(letters, { maxLength: 3 })),
  }),
  { minLength: 2, maxLength: 14 },
);

const text = (value: string | null): string => (value === null ? 'NULL' : quoteText(value));

/** Fills `records` as `createRecordsSql` would: rid from 1, inputs one after the other. */
export async function loadRecords(engine: Engine, records: readonly SmallRecord[]): Promise<void> {
  await engine.run(
    'CREATE OR REPLACE TABLE records (rid INTEGER, source_no INTEGER, a VARCHAR, b VARCHAR, c INTEGER, list VARCHAR[])',
  );
  const sorted = [...records].sort((one, other) => one.source - other.source);
  const rows = sorted.map(
    ({ source, a, b, c, list }, index) =>
      `(${index + 1}, ${source}, ${text(a)}, ${text(b)}, ${c ?? 'NULL'}, ${list === null ? 'NULL' : `[${list.map(text).join(', ')}]::VARCHAR[]`})`,
  );
  await engine.run(`INSERT INTO records VALUES ${rows.join(', ')}`);
}

/** Rules of every kind: plain, two keys, crossed, filtered on one side or both, alternatives, exploding. */
export const RULES: readonly BlockingRule[] = [
  { sql: 'l.a = r.a' },
  { sql: 'l.a = r.a AND l.b = r.b' },
  { sql: 'l.a = r.b' },
  { sql: "l.c = r.c AND l.a > 'x'" },
  { sql: 'l.b = r.b AND l.c <> r.c' },
  { sql: 'substr(l.a, 1, 1) = substr(r.a, 1, 1) AND (l.c = r.c OR l.b = r.b)' },
  { sql: 'l.list = r.list', explode: ['list'] },
  { sql: 'l.list = r.a', explode: ['list'] },
];

export interface FoundPair {
  readonly l: number;
  readonly r: number;
  readonly key: number;
}

/** Pairs that the rules find, by looking at every pair: what the joins are held against. */
export async function pairsByBruteForce(
  engine: Engine,
  linkType: LinkType,
  rules: readonly BlockingRule[],
): Promise<readonly FoundPair[]> {
  const across = linkType === 'link_only' ? 'AND l.source_no <> r.source_no' : '';
  const elements = `(SELECT rid, source_no, a, b, c, e AS list FROM records, unnest(records.list) u(e)
    UNION ALL SELECT rid, source_no, a, b, c, NULL FROM records)`;
  const found = rules.map(({ sql, explode = [] }, index) => {
    const relation = explode.length === 0 ? 'records' : elements;
    return `SELECT l.rid AS l, r.rid AS r, ${index} AS key FROM ${relation} l, ${relation} r
      WHERE coalesce((${sql}), false) AND l.rid < r.rid ${across}`;
  });
  const rows = await engine.all(
    `SELECT l, r, min(key) AS key FROM (${found.join(' UNION ALL ')}) GROUP BY l, r ORDER BY l, r`,
  );
  return rows.map(({ l, r, key }) => ({ l: Number(l), r: Number(r), key: Number(key) }));
}
