import { CommanderError } from 'commander';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { exitCodeOf } from '../../platform/terminal/command-line.ts';
import { startCleanUp } from '../../platform/terminal/interruption.ts';
import { createProgram } from './program.ts';

/** What ends a command from outside, by a person or by the system; exit codes as shells give them. */
const SIGNALS = [
  ['SIGINT', EXIT_CODES.interrupted],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

/**
 * Runs the command line and returns its exit code.
 * An error that a person can mend is one sentence; anything else is a defect, told as such with its trace.
 */
export async function main(args: readonly string[]): Promise<number> {
  // Results are moved in one synchronous go: a signal comes before or after it, never in the middle.
  for (const [signal, exitCode] of SIGNALS) {
    process.on(signal, () => {
      if (startCleanUp(() => process.exit(EXIT_CODES.ok))) return;
      process.stderr.write(
        '\nInterrompu : rien n’est à moitié écrit. Relancez la même commande pour continuer.\n',
      );
      process.exit(exitCode);
    });
  }
  // A reader that has seen enough (`| head`) closes the pipe: that is no defect.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT_CODES.ok : EXIT_CODES.failure);
  });
  try {
    let exitCode: number = EXIT_CODES.ok;
    const program = await createProgram(args, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return exitCodeOf(error);
    if (error instanceof RaccrocheError) {
      if (args.includes('--json'))
        process.stdout.write(`${JSON.stringify({ error: error.code, message: error.message })}\n`);
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `Erreur inattendue : c’est un défaut du programme. Signalez-le avec ce qui suit.\n${text}\n`,
    );
    return EXIT_CODES.failure;
  }
}
