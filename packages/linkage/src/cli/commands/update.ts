import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { quoteName, quoteText } from '../../expression/sql-text.ts';
import { applyDelta } from '../../living/apply-delta.ts';
import type { Delta } from '../../living/delta-records.ts';
import type { IndexManifest } from '../../living/index-format.ts';
import { openIndex } from '../../living/open-index.ts';
import { addEngineOptions, type EngineChoices } from '../options.ts';
import { inputsOf, relationOf, withEngine } from '../run.ts';
import { UsageError } from '../usage-error.ts';

interface Choices extends EngineChoices {
  readonly index: string;
  readonly deletes?: string;
  readonly decisions?: string;
}

export function addUpdateCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('update [files...]')
    .description('bring an index up to date with new and changed rows; says what became of the clusters')
    .requiredOption('--index <file>', 'DuckDB file made by index')
    .option('--deletes <file>', 'rows to take out: the id, and the source where there are several')
    .option(
      '--decisions <file>',
      'what people decided: <id>_l, <id>_r, verdict (must_link, cannot_link, none)',
    );
  addEngineOptions(command).action((files: string[], choices: Choices) => {
    if (!existsSync(choices.index))
      throw new UsageError(`there is no index ${choices.index}: make one with the command index`);
    return withEngine({ ...choices, database: choices.index }, signal, async ({ engine }) => {
      const index = await openIndex(engine);
      const report = await applyDelta(index, deltaOf(index.manifest, files, choices), { signal });
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    });
  });
}

/** Rows of an index of several inputs are named by their files, as they were when it was made. */
function deltaOf(
  { model, sources }: IndexManifest,
  files: readonly string[],
  { deletes, decisions }: Choices,
): Delta {
  const named = inputsOf(files, sources.length > 1).map(({ relation, name = '' }) =>
    sources.length > 1
      ? `SELECT ${quoteText(name)} AS ${quoteName(model.sourceColumn)}, * FROM ${relation}`
      : `SELECT * FROM ${relation}`,
  );
  return {
    ...(named.length === 0 ? {} : { upserts: `(${named.join(' UNION ALL BY NAME ')})` }),
    ...(deletes === undefined ? {} : { deletes: relationOf(deletes) }),
    ...(decisions === undefined ? {} : { decisions: relationOf(decisions) }),
  };
}
