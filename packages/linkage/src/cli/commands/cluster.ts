import { type Command, Option } from 'commander';
import { CLUSTER_METHODS, type ClusterMethod, clusterPairs } from '../../clustering/cluster-pairs.ts';
import { quoteName } from '../../expression/sql-text.ts';
import { outputFormatOf, writeRows } from '../../io/outputs.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  parseNumber,
} from '../options.ts';
import { readModel, withEngine } from '../run.ts';
import { SCORED_FROM, scoreFiles } from '../scored.ts';

interface Choices extends EngineChoices, GuardChoices {
  readonly model: string;
  readonly out: string;
  readonly threshold: number;
  readonly method: ClusterMethod;
}

export function addClusterCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('cluster <files...>')
    .description('which records are of one person: each record with the name of its cluster')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'where to write: .csv, .parquet or .json')
    .option('--threshold <weight>', 'match weight (log2) that joins', parseNumber, 0)
    .addOption(
      new Option('--method <method>', 'how pairs become clusters')
        .choices(CLUSTER_METHODS.filter((one) => one !== 'single_best'))
        .default('average_linkage' satisfies ClusterMethod),
    );
  addGuardOptions(addEngineOptions(command)).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      outputFormatOf(choices.out);
      const model = await readModel(run, choices.model);
      // Average linkage weighs what speaks against, too.
      const from = Math.min(choices.threshold, SCORED_FROM);
      const { session, pairs } = await scoreFiles(run, files, model, { ...choices, threshold: from });
      const into = `${session.prefix}clusters`;
      const { clusters, records } = await clusterPairs(run.engine, {
        nodes: session.records,
        pairs,
        into,
        threshold: { weight: choices.threshold },
        method: choices.method,
        ...(choices.method === 'average_linkage' ? { floor: from - 1 } : {}),
        signal,
      });
      const columns = [...(files.length > 1 ? [model.sourceColumn] : []), model.idColumn].map(quoteName);
      const named = `SELECT ${columns.map((name) => `r.${name}`).join(', ')}, f.${quoteName(model.idColumn)} AS cluster
        FROM ${into} c JOIN ${session.records} r ON r.rid = c.rid JOIN ${session.records} f ON f.rid = c.cluster
        ORDER BY c.cluster, c.rid`;
      await writeRows(run.engine, named, choices.out);
      run.tell(`${records} records in ${clusters} clusters, in ${choices.out}`);
    }),
  );
}
