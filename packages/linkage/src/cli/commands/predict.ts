import type { Command } from 'commander';
import { outputFormatOf, writeRows } from '../../io/outputs.ts';
import { predictedPairsSql } from '../../splink/predicted-pairs.ts';
import { linkedPairsSql } from '../linked-pairs.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  parseNumber,
} from '../options.ts';
import { readModel, withEngine } from '../run.ts';
import { scoreFiles } from '../scored.ts';

interface Choices extends EngineChoices, GuardChoices {
  readonly model: string;
  readonly out: string;
  readonly threshold: number;
  readonly splinkColumns?: boolean;
}

export function addPredictCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('predict <files...>')
    .description('the pairs that may be one person, with their match weight')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'where to write: .csv, .parquet or .json')
    .option('--threshold <weight>', 'least match weight (log2)', parseNumber, 0)
    .option('--splink-columns', 'the columns that Splink gives, in its order');
  addGuardOptions(addEngineOptions(command)).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      outputFormatOf(choices.out);
      const model = await readModel(run, choices.model);
      const { session, pairs } = await scoreFiles(run, files, model, { ...choices, from: choices.threshold });
      const rows = choices.splinkColumns
        ? await predictedPairsSql(session, model, { pairs })
        : linkedPairsSql(session, model, pairs);
      await writeRows(run.engine, rows, choices.out);
    }),
  );
}
