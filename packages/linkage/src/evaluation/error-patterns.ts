import { quoteName } from '../expression/sql-text.ts';
import { levelsByGamma, type Model } from '../model/model.ts';
import { patternGammas } from '../scoring/pattern.ts';
import { weighSql } from '../scoring/weigh-sql.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import type { LinkSession } from '../session.ts';
import { pairColumnsSql } from './pair-columns.ts';
import { judgedPairsSql, matchingPairsSql, type Truth } from './truth.ts';

export interface ErrorRequest {
  /** Table of scored pairs. */
  readonly pairs: string;
  /** Least weight that links. */
  readonly threshold: number;
  /** Patterns told of each kind, those with most errors first; 20 by default. */
  readonly patterns?: number;
  /** Pairs quoted for each pattern; 3 by default. */
  readonly examples?: number;
  /** Columns of the records to quote in the examples: personal values. None by default. */
  readonly values?: readonly string[];
}

export interface ErrorExample {
  readonly ridL: number;
  readonly ridR: number;
  readonly idL: string;
  readonly idR: string;
  readonly weight: number;
  /** Only for the columns asked for. */
  readonly values: readonly {
    readonly column: string;
    readonly left: string | null;
    readonly right: string | null;
  }[];
}

/** Errors whose records compare in the same way. */
export interface ErrorPattern {
  /**
   * `wrong`: linked, and should not be. `missed`: scored, and below the threshold. `unscored`: a match that is not among
   * the scored pairs; its pattern and weight are computed for this list.
   */
  readonly kind: 'wrong' | 'missed' | 'unscored';
  readonly pattern: number;
  /** Level of each comparison, in the model's order; γ is −1 for missing values. */
  readonly levels: readonly { readonly comparison: string; readonly gamma: number; readonly label: string }[];
  readonly pairs: number;
  /** Least and highest weight of its pairs: they differ by term frequencies only. */
  readonly leastWeight: number;
  readonly highestWeight: number;
  readonly examples: readonly ErrorExample[];
}

/** Errors at a threshold, grouped by comparison pattern: what to mend in the model comes first. */
export async function errorPatterns(
  session: LinkSession,
  model: Model,
  truth: Truth,
  request: ErrorRequest,
): Promise<readonly ErrorPattern[]> {
  const { patterns = 20, examples = 3, values = [] } = request;
  const rows = await session.runner.all(
    `WITH errors AS (${errorsSql(session, model, truth, request)}),
      grouped AS (SELECT kind, pattern, count(*) AS n, min(match_weight) AS least, max(match_weight) AS highest,
          row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, pattern) AS place
        FROM errors GROUP BY kind, pattern),
      quoted AS (SELECT *, row_number() OVER (PARTITION BY kind, pattern ORDER BY rid_l, rid_r) AS example FROM errors)
    SELECT g.*, q.rid_l, q.rid_r, q.match_weight, ${quotedColumns(model, values)}
    FROM grouped g JOIN quoted q ON q.kind = g.kind AND q.pattern = g.pattern AND q.example <= ${Math.max(1, examples)}
    JOIN ${session.records} l ON l.rid = q.rid_l JOIN ${session.records} r ON r.rid = q.rid_r
    WHERE g.place <= ${patterns} ORDER BY g.kind DESC, g.place, q.rid_l, q.rid_r`,
  );
  const found = new Map<string, ErrorPattern & { examples: ErrorExample[] }>();
  for (const row of rows) {
    const key = `${String(row.kind)} ${String(row.pattern)}`;
    const pattern = found.get(key) ?? patternOf(model, row);
    found.set(key, pattern);
    if (examples > 0) pattern.examples.push(exampleOf(row, values));
  }
  return [...found.values()];
}

function errorsSql(
  session: LinkSession,
  model: Model,
  truth: Truth,
  { pairs, threshold }: ErrorRequest,
): string {
  const least = numberSql(threshold);
  const unscored = weighSql(
    model,
    `SELECT t.rid_l, t.rid_r, ${pairColumnsSql(model, 'l', 'r')} FROM (${matchingPairsSql(truth)}) t
       ANTI JOIN ${pairs} p ON p.rid_l = t.rid_l AND p.rid_r = t.rid_r
       JOIN ${session.records} l ON l.rid = t.rid_l JOIN ${session.records} r ON r.rid = t.rid_r`,
  );
  return `SELECT CASE WHEN same THEN 'missed' ELSE 'wrong' END AS kind, rid_l, rid_r, pattern, match_weight
      FROM (${judgedPairsSql(truth, pairs)}) WHERE same = (match_weight < ${least})
    UNION ALL SELECT 'unscored', rid_l, rid_r, pattern, match_weight FROM (${unscored})`;
}

function quotedColumns(model: Model, values: readonly string[]): string {
  const id = quoteName(model.idColumn);
  const quoted = values.flatMap((name, index) => [
    `l.${quoteName(name)}::VARCHAR AS value_l${index}`,
    `r.${quoteName(name)}::VARCHAR AS value_r${index}`,
  ]);
  return [`l.${id}::VARCHAR AS id_l`, `r.${id}::VARCHAR AS id_r`, ...quoted].join(', ');
}

type SqlRow = Readonly<Record<string, unknown>>;

function patternOf(model: Model, row: SqlRow): ErrorPattern & { examples: ErrorExample[] } {
  const pattern = Number(row.pattern);
  const gammas = patternGammas(model, pattern);
  const levels = model.comparisons.map((comparison, index) => {
    const gamma = gammas[index] ?? -1;
    const missing = comparison.levels.find(({ isNull }) => isNull === true)?.label ?? '';
    return {
      comparison: comparison.name,
      gamma,
      label: gamma < 0 ? missing : (levelsByGamma(comparison)[gamma]?.label ?? ''),
    };
  });
  const kind = row.kind === 'wrong' || row.kind === 'missed' ? row.kind : 'unscored';
  return {
    kind,
    pattern,
    levels,
    pairs: Number(row.n),
    leastWeight: Number(row.least),
    highestWeight: Number(row.highest),
    examples: [],
  };
}

function exampleOf(row: SqlRow, values: readonly string[]): ErrorExample {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    ridL: Number(row.rid_l),
    ridR: Number(row.rid_r),
    idL: String(row.id_l),
    idR: String(row.id_r),
    weight: Number(row.match_weight),
    values: values.map((column, index) => ({
      column,
      left: text(row[`value_l${index}`]),
      right: text(row[`value_r${index}`]),
    })),
  };
}
