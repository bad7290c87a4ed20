import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { LabelError, type PairLabels } from './labels.ts';
import type { PairTruth } from './truth.ts';

/** Labels of pairs as a table of the session; see `prepareTruth`. */
export async function preparePairTruth(
  session: LinkSession,
  model: Model,
  labels: PairLabels,
): Promise<PairTruth> {
  const { runner, prefix } = session;
  const labelled = `${prefix}truth_labels`;
  await checkLabels(session, model, labels);
  const score = `g.${quoteName(labels.score ?? 'clerical_match_score')}::DOUBLE`;
  const threshold = labels.threshold ?? 0.5;
  await runner.run(`CREATE OR REPLACE TABLE ${labelled} AS
    SELECT least(a, b) AS rid_l, greatest(a, b) AS rid_r, bool_or(same) AS same, bool_and(same) <> bool_or(same) AS torn
    FROM (SELECT l.rid AS a, r.rid AS b, ${score} >= ${threshold}::DOUBLE AS same FROM ${await joinedSql(session, model, labels)})
    GROUP BY ALL ORDER BY rid_l, rid_r`);
  await refuse(session, `SELECT count(*) AS n FROM ${labelled} WHERE torn`, 'pairs are judged both ways');
  await refuse(
    session,
    `SELECT count(*) AS n FROM ${labelled} WHERE rid_l = rid_r`,
    'labels join a record with itself',
  );
  const acrossSources = model.linkType === 'link_only';
  if (acrossSources)
    await refuse(session, withinSourceSql(session, labelled), 'labels join two records of one source');
  const matches = await readCount(runner, `SELECT count(*) AS n FROM ${labelled} WHERE same`);
  const total = await readCount(runner, `SELECT count(*) AS n FROM ${labelled}`);
  return { kind: 'pairs', labelled, matches, others: total - matches, acrossSources };
}

async function checkLabels(session: LinkSession, model: Model, labels: PairLabels): Promise<void> {
  const { relation, score = 'clerical_match_score' } = labels;
  const known = await columnsIn(session, relation);
  const wanted = [
    ...sided([model.idColumn]),
    score,
    ...((await severalSources(session)) ? sided([model.sourceColumn]) : []),
  ];
  const missing = wanted.filter((name) => !known.has(name));
  if (missing.length > 0) throw new LabelError(`the labels have no column ${missing.join(', ')}`);
  await refuse(
    session,
    `SELECT count(*) AS n FROM ${relation} g WHERE g.${quoteName(score)} IS NULL`,
    'labels have no score',
  );
  await refuse(
    session,
    `SELECT (SELECT count(*) FROM ${relation}) - (SELECT count(*) FROM ${await joinedSql(session, model, labels)}) AS n`,
    'labels name a record that is not there',
  );
}

/** FROM clause: labels `g` with their records `l` and `r`. */
async function joinedSql(
  { records, ...session }: LinkSession,
  model: Model,
  labels: PairLabels,
): Promise<string> {
  const keys = [
    model.idColumn,
    ...((await severalSources({ records, ...session })) ? [model.sourceColumn] : []),
  ];
  const on = (side: 'l' | 'r') =>
    keys
      .map((name) => `${side}.${quoteName(name)}::VARCHAR = g.${quoteName(`${name}_${side}`)}::VARCHAR`)
      .join(' AND ');
  return `${labels.relation} g JOIN ${records} l ON ${on('l')} JOIN ${records} r ON ${on('r')}`;
}

function sided(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`${name}_l`, `${name}_r`]);
}

async function columnsIn(session: LinkSession, relation: string): Promise<ReadonlySet<string>> {
  const rows = await session.runner.all(`DESCRIBE SELECT * FROM ${relation}`);
  return new Set(rows.map((row) => String(row.column_name)));
}

async function severalSources({ runner, records }: LinkSession): Promise<boolean> {
  return (await readCount(runner, `SELECT count(DISTINCT source_no) AS n FROM ${records}`)) > 1;
}

function withinSourceSql({ records }: LinkSession, labelled: string): string {
  return `SELECT count(*) AS n FROM ${labelled} t JOIN ${records} l ON l.rid = t.rid_l JOIN ${records} r ON r.rid = t.rid_r
    WHERE l.source_no = r.source_no`;
}

async function refuse({ runner }: LinkSession, sql: string, what: string): Promise<void> {
  const found = await readCount(runner, sql);
  if (found > 0) throw new LabelError(`${found} ${what}`);
}
