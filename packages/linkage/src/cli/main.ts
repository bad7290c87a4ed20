import { CommanderError } from 'commander';
import { BlockingBudgetError, BlockingRuleError } from '../blocking/rule-error.ts';
import { LabelError } from '../evaluation/labels.ts';
import { UnsafeSqlError } from '../expression/unsafe-sql.ts';
import { OutputFormatError } from '../io/outputs.ts';
import { IndexError } from '../living/index-format.ts';
import { ModelError } from '../model/validate-model.ts';
import { UntrainedError } from '../scoring/untrained.ts';
import { InputError } from '../session.ts';
import { SuggestionError } from '../suggest/suggest-model.ts';
import { buildProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** 0 done; 1 a defect of the program; 2 something to mend in files or options; 130 interrupted. */
const EXIT = { done: 0, defect: 1, usage: 2, interrupted: 130 } as const;

const MENDABLE = [
  UsageError,
  InputError,
  ModelError,
  LabelError,
  IndexError,
  OutputFormatError,
  UntrainedError,
  UnsafeSqlError,
  SuggestionError,
  BlockingRuleError,
  BlockingBudgetError,
];

/** Runs one command; returns the exit code. Results go to standard output, everything else to standard error. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupted = new AbortController();
  const onSignal = (): void => interrupted.abort();
  process.once('SIGINT', onSignal);
  try {
    await buildProgram(interrupted.signal).parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (interrupted.signal.aborted) {
      process.stderr.write('Interrupted: nothing was written but the tables asked for by --database.\n');
      return EXIT.interrupted;
    }
    if (MENDABLE.some((kind) => error instanceof kind) && error instanceof Error) {
      process.stderr.write(`${error.message}\n`);
      return EXIT.usage;
    }
    process.stderr.write(
      `Unexpected error, a defect of the program:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.defect;
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
}
