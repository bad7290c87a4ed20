import { Command, type CommanderError, type Option } from 'commander';
import { EXIT_CODES } from '../../kernel/errors.ts';

/** Titles of commander's help, in French. */
const HELP_TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Utilisation :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
  'Global Options:': 'Options générales :',
};

/** Commander's own errors, in French; what is quoted in them is kept. */
const ERROR_SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*)'/, 'Option inconnue : $1.'],
  [/^error: unknown command '(.*)'/, 'Commande inconnue : $1.'],
  [/^error: missing required argument '(.*)'/, 'Il manque l’argument « $1 ».'],
  [/^error: required option '(.*)' not specified/, 'Il manque l’option $1.'],
  [/^error: option '(.*)' argument missing/, 'L’option $1 attend une valeur.'],
  [/^error: option '(.*)' argument '(.*)' is invalid\.\s*/, 'L’option $1 ne peut pas valoir « $2 ». '],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\.\s*/,
    '« $2 » ne peut pas valoir « $1 ». ',
  ],
  [/^error: too many arguments.*/, 'Trop d’arguments.'],
  [/\(Did you mean one of (.*)\?\)/, 'Vouliez-vous dire l’un de : $1 ?'],
  [/\(Did you mean (.*)\?\)/, 'Vouliez-vous dire $1 ?'],
  [/Allowed choices are (.*)\./, 'Valeurs possibles : $1.'],
];

/** What commander adds to a description: default value and choices, as it writes them. */
const DESCRIPTION_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\(default: "?(.*?)"?\)$/, '(par défaut : $1)'],
  [/\(choices: (.*)\)/, '(au choix : $1)'],
];

function describedInFrench(description: string): string {
  return DESCRIPTION_WORDS.reduce((text, [pattern, french]) => text.replace(pattern, french), description);
}

/** A sentence of commander in French; a mistyped option keeps its suggestion. */
export function inFrench(message: string): string {
  return ERROR_SENTENCES.reduce((text, [pattern, french]) => text.replace(pattern, french), message.trim());
}

/** A command whose help and errors are in French. Sub-commands made with `.command()` inherit it. */
export class FrenchCommand extends Command {
  /** Commander's own, absent from its types. */
  declare unknownOption: (flag: string) => void;

  constructor(name?: string) {
    super(name);
    this.helpOption('-h, --help', 'affiche cette aide')
      .helpCommand(false)
      .configureHelp({
        styleTitle: (title) => HELP_TITLES[title] ?? title,
        styleUsage: (usage) => usage.replace('[command]', '[commande]'),
        styleOptionDescription: describedInFrench,
        styleArgumentDescription: describedInFrench,
        showGlobalOptions: false,
      })
      .configureOutput({
        outputError: (text, write) => write(`${inFrench(text)}\nAide : ajoutez --help.\n`),
      })
      .exitOverride();
  }

  /**
   * Commander calls this when a required option was not given, and looks for unknown options only afterwards:
   * without it, a mistyped required option would be told missing and its right spelling never suggested.
   */
  missingMandatoryOptionValue(option: Option): void {
    const unknown = this.args.find((argument) => argument.startsWith('--') && argument.length > 2);
    if (unknown !== undefined) this.unknownOption(unknown);
    this.error(`error: required option '${option.flags}' not specified`, {
      code: 'commander.missingMandatoryOptionValue',
    });
  }

  override createCommand(name?: string): Command {
    return new FrenchCommand(name);
  }
}

/** Exit code for what commander threw: asking for help is no error. */
export function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
}
