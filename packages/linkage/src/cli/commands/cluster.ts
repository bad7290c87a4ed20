import type { Command } from 'commander';
import { quoteName } from '../../expression/sql-text.ts';
import { outputFormatOf, writeRows } from '../../io/outputs.ts';
import { addClusterOptions, type ClusterChoices, clusterScored } from '../clustered.ts';
import { addEngineOptions, addGuardOptions, type EngineChoices, type GuardChoices } from '../options.ts';
import { readModel, withEngine } from '../run.ts';
import { lowestScore, reading, scoreFiles } from '../scored.ts';

interface Choices extends EngineChoices, GuardChoices, ClusterChoices {
  readonly model: string;
  readonly out: string;
}

export function addClusterCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('cluster <files...>')
    .description('which records are of one person: each record with the name of its cluster')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'where to write: .csv, .parquet or .json');
  addGuardOptions(addEngineOptions(addClusterOptions(command))).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      outputFormatOf(choices.out);
      const model = reading(await readModel(run, choices.model), choices.apartBy);
      const from = lowestScore(choices.threshold);
      const scored = await scoreFiles(run, files, model, { ...choices, from });
      const { table, clusters, records, refused } = await clusterScored(run, scored, model, choices);
      const { records: rows } = scored.session;
      const columns = [...(files.length > 1 ? [model.sourceColumn] : []), model.idColumn].map(quoteName);
      const named = `SELECT ${columns.map((name) => `r.${name}`).join(', ')}, f.${quoteName(model.idColumn)} AS cluster
        FROM ${table} c JOIN ${rows} r ON r.rid = c.rid JOIN ${rows} f ON f.rid = c.cluster
        ORDER BY c.cluster, c.rid`;
      await writeRows(run.engine, named, choices.out);
      if (refused > 0) run.tell(`${refused} times evidence would have joined what must be apart`);
      run.tell(`${records} records in ${clusters} clusters, in ${choices.out}`);
    }),
  );
}
