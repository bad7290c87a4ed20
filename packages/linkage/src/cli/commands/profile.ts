import type { Command } from 'commander';
import { profileColumns } from '../../profile/profile-columns.ts';
import { addEngineOptions, type EngineChoices } from '../options.ts';
import { relationOf, withEngine } from '../run.ts';

interface Choices extends EngineChoices {
  readonly json?: boolean;
}

export function addProfileCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('profile <file>')
    .description('what each column holds: how full, how varied, what it seems to mean')
    .option('--json', 'one JSON object, with the most frequent values');
  addEngineOptions(command).action((file: string, choices: Choices) =>
    withEngine(choices, signal, async ({ engine }) => {
      const profiles = await profileColumns(engine, { relation: relationOf(file) });
      if (choices.json) {
        process.stdout.write(`${JSON.stringify({ columns: profiles }, null, 2)}\n`);
        return;
      }
      const rows = profiles.map((one) => [
        one.name,
        one.meaning,
        `${Math.round(one.confidence * 100)} %`,
        `${Math.round((1 - one.missing / Math.max(1, one.rows)) * 100)} %`,
        String(one.distinct),
        one.entropy.toFixed(1),
      ]);
      process.stdout.write(tableText([['column', 'meaning', 'sure', 'filled', 'values', 'bits'], ...rows]));
    }),
  );
}

/** Columns padded to their widest cell. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
