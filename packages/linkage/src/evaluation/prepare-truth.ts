import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { type ClusterLabels, LabelError, type Labels } from './labels.ts';
import { preparePairTruth } from './pair-truth.ts';
import type { ClusterTruth, Truth } from './truth.ts';

/**
 * Reads labels into a table of the session. Throws LabelError when a column is missing, when a record has two labels,
 * when a pair is judged both ways, names an unknown record, or is one that the link type does not compare.
 */
export async function prepareTruth(session: LinkSession, model: Model, labels: Labels): Promise<Truth> {
  return labels.kind === 'pairs'
    ? preparePairTruth(session, model, labels)
    : prepareClusterTruth(session, model, labels);
}

async function prepareClusterTruth(
  session: LinkSession,
  model: Model,
  labels: ClusterLabels,
): Promise<ClusterTruth> {
  const { runner, records, prefix } = session;
  const entities = `${prefix}truth_entities`;
  const value = await labelOfRecordSql(session, model, labels);
  // NULL is never a match: such a record is an entity of its own.
  await runner.run(`CREATE OR REPLACE TABLE ${entities} AS
    SELECT rid, source_no, CASE WHEN label IS NULL THEN rid ELSE min(rid) OVER (PARTITION BY label) END AS entity
    FROM (${value}) ORDER BY rid`);
  const labelled = await readCount(runner, `SELECT count(*) AS n FROM ${entities}`);
  const total = await readCount(runner, `SELECT count(*) AS n FROM ${records}`);
  if (labelled !== total) throw new LabelError(`${labelled - total} records have more than one label`);
  const acrossSources = model.linkType === 'link_only';
  const matches = await countMatches(session, entities, acrossSources);
  return { kind: 'clusters', entities, matches, others: session.possiblePairs - matches, acrossSources };
}

/** SELECT of rid, source_no, label. */
async function labelOfRecordSql(session: LinkSession, model: Model, labels: ClusterLabels): Promise<string> {
  const { runner, records } = session;
  const { column, relation = records } = labels;
  const rows = await runner.all(`DESCRIBE SELECT * FROM ${relation}`);
  const known = new Set(rows.map((row) => String(row.column_name)));
  const own = labels.relation === undefined;
  const wanted = own ? [column] : [model.idColumn, column];
  const missing = wanted.filter((name) => !known.has(name));
  if (missing.length > 0) {
    const advice = own ? '; name it in retainColumns of the model, or give the relation that holds it' : '';
    throw new LabelError(`the labels have no column ${missing.join(', ')}${advice}`);
  }
  if (own) return `SELECT rid, source_no, ${quoteName(column)} AS label FROM ${records}`;
  const keys = [model.idColumn, ...(known.has(model.sourceColumn) ? [model.sourceColumn] : [])];
  const on = keys
    .map((name) => `g.${quoteName(name)}::VARCHAR = k.${quoteName(name)}::VARCHAR`)
    .join(' AND ');
  return `SELECT k.rid, k.source_no, g.${quoteName(column)} AS label FROM ${records} k LEFT JOIN ${relation} g ON ${on}`;
}

async function countMatches(session: LinkSession, entities: string, acrossSources: boolean): Promise<number> {
  const pairs = (by: string) =>
    readCount(
      session.runner,
      `SELECT coalesce(sum(size * (size - 1) / 2), 0)::DOUBLE AS n
       FROM (SELECT count(*)::DOUBLE AS size FROM ${entities} GROUP BY ${by})`,
    );
  const all = await pairs('entity');
  return acrossSources ? all - (await pairs('entity, source_no')) : all;
}
