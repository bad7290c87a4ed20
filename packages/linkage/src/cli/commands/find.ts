import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { find } from '../../living/find.ts';
import { openIndex } from '../../living/open-index.ts';
import type { QueryRecord } from '../../living/query-record.ts';
import { addEngineOptions, type EngineChoices, parseCount, parseNumber } from '../options.ts';
import { withEngine } from '../run.ts';
import { UsageError } from '../usage-error.ts';

interface Choices extends EngineChoices {
  readonly index: string;
  readonly record: string;
  readonly limit: number;
  readonly threshold?: number;
}

export function addFindCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('find')
    .description('the records of an index that may be of the person described, best first, and why')
    .requiredOption('--index <file>', 'DuckDB file made by index')
    .requiredOption('--record <json>', 'the record, as a JSON object of columns and values')
    .option('--limit <n>', 'records at most', parseCount, 10)
    .option('--threshold <weight>', 'least match weight (log2)', parseNumber);
  addEngineOptions(command).action((choices: Choices) => {
    if (!existsSync(choices.index))
      throw new UsageError(`there is no index ${choices.index}: make one with the command index`);
    const record = recordOf(choices.record);
    return withEngine({ ...choices, database: choices.index }, signal, async ({ engine }) => {
      const index = await openIndex(engine);
      const { threshold, limit } = choices;
      const found = await find(index, record, { limit, ...(threshold === undefined ? {} : { threshold }) });
      process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    });
  });
}

function recordOf(text: string): QueryRecord {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new UsageError('--record must be JSON, for example {"first_name": "Marie"}');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UsageError('--record must be one JSON object');
  }
  return parsed as QueryRecord;
}
