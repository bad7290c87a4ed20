import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { averageLinkage } from '../../living/average-linkage.ts';
import { createIndex } from '../../living/create-index.ts';
import { connectedComponents } from '../../living/partition.ts';
import { addClusterOptions, type ClusterChoices, constraintsOf } from '../clustered.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  guardOf,
} from '../options.ts';
import { inputsOf, readModel, withEngine } from '../run.ts';
import { lowestScore, reading } from '../scored.ts';
import { UsageError } from '../usage-error.ts';

interface Choices extends EngineChoices, GuardChoices, ClusterChoices {
  readonly model: string;
  readonly out: string;
}

export function addIndexCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('index <files...>')
    .description('link the records and keep them in a file, where find looks one up at once')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'DuckDB file to make');
  addGuardOptions(addEngineOptions(addClusterOptions(command))).action(
    (files: string[], choices: Choices) => {
      if (existsSync(choices.out))
        throw new UsageError(`${choices.out} is there already: remove it, or give another file`);
      const { decisions, ...held } = constraintsOf(choices);
      const { threshold } = choices;
      const partitioner =
        choices.method === 'components'
          ? connectedComponents(threshold)
          : averageLinkage({ threshold, floor: lowestScore(threshold), ...held });
      return withEngine({ ...choices, database: choices.out }, signal, async (run) => {
        const model = reading(await readModel(run, choices.model), choices.divideBy);
        await createIndex(run.engine, model, inputsOf(files), {
          partitioner,
          guard: guardOf(choices, run.tell),
          signal,
          ...(decisions === undefined ? {} : { decisions }),
        });
        run.tell(`index in ${choices.out}; clusters by ${partitioner.name}`);
      });
    },
  );
}
