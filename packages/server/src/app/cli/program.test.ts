import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMAND_GROUPS } from './command-groups.ts';
import { createProgram } from './program.ts';

/** Every command that does something, by its words. */
function commandsOf(command: Command, before: readonly string[] = []): string[] {
  const words = command.parent === null ? [] : [...before, command.name()];
  return command.commands.length === 0
    ? [words.join(' ')]
    : command.commands.flatMap((one) => commandsOf(one, words));
}
const ignoreExitCode = () => undefined;
const whole = commandsOf(await createProgram([], ignoreExitCode));

describe('a command line loads what it needs', () => {
  it.each(whole)('%s is there when it is asked for', async (command) => {
    const words = command.split(' ');
    expect(commandsOf(await createProgram([...words, '--json'], ignoreExitCode))).toContain(command);
  });

  it.each(COMMAND_GROUPS.flatMap(({ commands }) => commands))('%s is a command', (name) => {
    expect(whole.filter((command) => `${command} `.startsWith(`${name} `))).not.toEqual([]);
  });

  it.each([[['--help']], [['campaign']], [['campaign', 'runn']], [['camp']]])(
    '%j names none: all are there, to be told or to be meant',
    async (args) => {
      expect(commandsOf(await createProgram(args, ignoreExitCode))).toEqual(whole);
    },
  );

  it('a campaign does not wait for the commands of the server', async () => {
    const program = await createProgram(['campaign', 'run'], ignoreExitCode);
    expect(program.commands.map((command) => command.name())).toEqual(['campaign', 'trace']);
  });
});
