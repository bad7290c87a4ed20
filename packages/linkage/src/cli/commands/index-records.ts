import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { createIndex } from '../../living/create-index.ts';
import { addEngineOptions, type EngineChoices } from '../options.ts';
import { inputsOf, readModel, withEngine } from '../run.ts';
import { UsageError } from '../usage-error.ts';

interface Choices extends EngineChoices {
  readonly model: string;
  readonly out: string;
}

export function addIndexCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('index <files...>')
    .description('link the records and keep them in a file, where find looks one up at once')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'DuckDB file to make');
  addEngineOptions(command).action((files: string[], choices: Choices) => {
    if (existsSync(choices.out))
      throw new UsageError(`${choices.out} is there already: remove it, or give another file`);
    return withEngine({ ...choices, database: choices.out }, signal, async (run) => {
      const model = await readModel(run, choices.model);
      await createIndex(run.engine, model, inputsOf(files), { signal });
      run.tell(`index in ${choices.out}`);
    });
  });
}
