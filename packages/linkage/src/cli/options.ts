import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BlockingGuard } from '../blocking/guard.ts';
import { LINK_TYPES, type LinkType } from '../model/model.ts';

/** Options of every command that reads records. */
export interface EngineChoices {
  readonly memory: string;
  readonly threads: number;
  readonly database?: string;
  readonly sql?: string;
}

export function addEngineOptions(command: Command): Command {
  return command
    .option('--memory <size>', 'memory that the engine may hold before it spills to disk', '4GB')
    .option('--threads <n>', 'threads of the engine', parseCount, 2)
    .option('--database <file>', 'keep every table in this DuckDB file, to look at')
    .option('--sql <file>', 'write the SQL of the run to this file');
}

/** Options of every command that looks at pairs. */
export interface GuardChoices {
  readonly blockPairs?: number;
  readonly allPairs?: number;
  readonly divideBy?: readonly string[];
}

export function addGuardOptions(command: Command): Command {
  return command
    .option('--block-pairs <n>', 'pairs of one block at most (20 million)', parseCount)
    .option('--all-pairs <n>', 'pairs of all blocking rules together at most (1000 million)', parseCount)
    .option(
      '--divide-by <columns>',
      'divide a block that is too large by one of these columns, in place of refusing it',
      parseNames,
    );
}

export function guardOf(
  { blockPairs, allPairs, divideBy }: GuardChoices,
  onNote: (note: string) => void,
): BlockingGuard {
  return {
    onNote,
    ...(blockPairs === undefined ? {} : { blockPairs }),
    ...(allPairs === undefined ? {} : { totalPairs: allPairs }),
    ...(divideBy === undefined ? {} : { oversized: 'split', subKeys: divideBy }),
  };
}

export function addLinkTypeOption(command: Command): Command {
  return command.addOption(
    new Option('--link-type <type>', 'what is compared: within one input, between inputs, or both')
      .choices([...LINK_TYPES])
      .default('dedupe_only' satisfies LinkType),
  );
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('a number from 1');
  return count;
}

export function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number');
  return value;
}

export function parseShare(text: string): number {
  const share = parseNumber(text);
  if (share <= 0 || share > 1) throw new InvalidArgumentError('a number above 0, up to 1');
  return share;
}

export function parseNames(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}
