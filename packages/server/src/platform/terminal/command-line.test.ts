import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, FrenchCommand, inFrench } from './command-line.ts';

function run(args: string[]): { code: number; text: string } {
  let text = '';
  const program = new FrenchCommand('essai');
  program
    .command('campaign')
    .requiredOption('--deliveries <dossier>', 'fichiers')
    .action(() => {});
  const take = (part: string) => {
    text += part;
  };
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeErr: take, writeOut: take });
  try {
    program.parse(args, { from: 'user' });
    return { code: 0, text };
  } catch (error) {
    if (error instanceof CommanderError) return { code: exitCodeOf(error), text };
    throw error;
  }
}

describe('the command line speaks French', () => {
  it.each([
    [
      'a mistyped option suggests the right one',
      ['campaign', '--deliverie', 'x'],
      /Option inconnue : --deliverie\.[\s\S]*--deliveries/,
    ],
    [
      'a mistyped command suggests the right one',
      ['campain'],
      /Commande inconnue : campain\.[\s\S]*campaign/,
    ],
    ['a missing required option is named', ['campaign'], /Il manque l’option --deliveries/],
    ['an option without its value says so', ['campaign', '--deliveries'], /attend une valeur/],
  ])('%s', (_case, args, expected) => {
    const { code, text } = run(args);
    expect(code).toBe(2);
    expect(text).toMatch(expected);
    expect(text).not.toMatch(/error:|Did you mean/);
  });

  it('asking for help is no error, and its titles are French', () => {
    const { code, text } = run(['campaign', '--help']);
    expect(code).toBe(0);
    expect(text).toMatch(/Utilisation :[\s\S]*Options :/);
  });

  it('keeps a sentence that it does not know', () => {
    expect(inFrench('something else')).toBe('something else');
  });
});
