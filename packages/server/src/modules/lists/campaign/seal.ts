import { join } from 'node:path';
import { REQUIRED_FAMILIES } from '@raccroche/contract';
import { systemClock } from '../../../kernel/clock.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import type { IntakeSummary } from '../../sources/index.ts';
import type { CampaignContext } from './campaign-context.ts';
import type { CampaignResult } from './campaign-result.ts';
import type { NumberResult } from './campaign-stages.ts';
import { engineVersion } from './engine-version.ts';
import type { LinkResult } from './link-stage.ts';
import type { ListResult } from './list-stage.ts';
import { DATA_LAYOUT, describeOutputs, type Manifest, writeManifest } from './manifest.ts';
import { programVersions } from './program-versions.ts';
import { type StageJournal, StageLabels } from './stage-journal.ts';
import { PRODUCT_VERSION } from './version.ts';

/** Rows of the Parquet files, which the manifest tells beside their hashes. */
async function rowsOfData(database: Database, folder: string): Promise<Map<string, number>> {
  const rows = await database.all<{ file: string; n: string }>(
    'SELECT file_name AS file, sum(num_rows)::BIGINT AS n FROM (SELECT DISTINCT file_name, num_rows FROM parquet_file_metadata($1)) GROUP BY file_name',
    [join(folder, 'data', '*.parquet')],
  );
  return new Map(rows.map(({ file, n }) => [`data/${file.split(/[\\/]/).at(-1) ?? ''}`, Number(n)]));
}

async function describeInputs(database: Database): Promise<Manifest['inputs']> {
  const files = await database.all<{
    path: string;
    sha256: string;
    bytes: string;
    kind: string | null;
    rejected: boolean;
    row_count: string;
    record_count: string;
    reject_count: string;
    removed_under16: string;
    out_of_scope: string;
  }>('FROM sources.files ORDER BY file_no, path');
  return files.map((file) => ({
    path: file.path,
    sha256: file.sha256,
    bytes: Number(file.bytes),
    kind: file.kind,
    rejected: file.rejected,
    rows: Number(file.row_count),
    records: Number(file.record_count),
    rejects: Number(file.reject_count),
    removedUnder16: Number(file.removed_under16),
    outOfScope: Number(file.out_of_scope),
  }));
}

/** Hashes everything that was written, writes the manifest, and says what the campaign found. */
export async function sealCampaign(
  context: CampaignContext,
  journal: StageJournal,
  startedAt: string,
): Promise<CampaignResult> {
  const { database, options, output, ruleSet, campaign, progress } = context;
  progress.update({ stage: 'seal', label: StageLabels.seal, done: 0, total: 0, unit: 'fichiers' });
  const inputs = await describeInputs(database);
  const read = journal.result<IntakeSummary>('read');
  const { entries, ...figures } = journal.result<ListResult>('list');
  const { model, ...linked } = journal.result<LinkResult>('link');
  const result: CampaignResult = {
    campaign,
    asOf: options.asOf,
    ruleSet: ruleSet.id,
    ...read,
    ...figures,
    ...linked,
    out: output.out,
  };
  const rowsOf = await rowsOfData(database, output.final);
  for (const [path, count] of Object.entries(entries)) rowsOf.set(path, count);
  const outputs = await describeOutputs(output.final, rowsOf, context.written);
  const { length } = outputs;
  progress.update({
    stage: 'seal',
    label: StageLabels.seal,
    done: length,
    total: length,
    unit: 'fichiers',
  });
  writeManifest(output.final, {
    format: 'raccroche-campaign/1',
    campaign,
    asOf: options.asOf,
    ruleSet: { id: ruleSet.id, version: ruleSet.version, parameters: { ...ruleSet.parameters } },
    product: { name: 'raccroche', version: PRODUCT_VERSION },
    layout: DATA_LAYOUT,
    program: programVersions(),
    registry: journal.result<NumberResult>('number').registry,
    engine: { name: 'duckdb', version: await engineVersion(database) },
    allowMissing: REQUIRED_FAMILIES.filter((family) => options.allowMissing.includes(family)),
    missing: [...result.missing],
    withheld: result.withheld,
    counts: countsOf(result),
    inputs,
    ...(context.decisions && linked.decisions
      ? { decisions: { file: context.decisions.name, sha256: context.decisions.sha256, ...linked.decisions } }
      : {}),
    ...(model === null ? {} : { model }),
    outputs,
    startedAt,
    finishedAt: systemClock.now(),
  });
  return result;
}

/** Figures that the manifest keeps, by name; resemblances only when they were estimated. */
function countsOf(result: CampaignResult): Manifest['counts'] {
  const { lookAlikes } = result;
  const counted = Object.fromEntries(COUNTS.map((name) => [name, result[name]]));
  return lookAlikes === null ? counted : { ...counted, lookAlikes };
}

const COUNTS = [
  'listed',
  'persons',
  'records',
  'rows',
  'rejects',
  'removedUnder16',
  'deaths',
  'outOfScope',
  'deceased',
  'deathsToCheck',
  'rejectedFiles',
  'litiges',
  'toFollow',
] as const satisfies readonly (keyof CampaignResult)[];
