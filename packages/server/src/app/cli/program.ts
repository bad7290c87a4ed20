import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { FrenchCommand } from '../../platform/terminal/command-line.ts';
import { COMMAND_GROUPS, type CommandGroup } from './command-groups.ts';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

const EXAMPLES = `
Exemples :
  raccroche demo
  raccroche delivery check eleves.xml.zip effectifs.csv
  raccroche campaign run --deliveries recus --as-of 2025-11-15 --out campagne
  raccroche campaign explain --person ABCDEFGHJKLM --campaign campagne

Codes de sortie :
  0    tout s’est bien passé (des lignes rejetées n’y changent rien)
  1    défaut du programme
  2    commande mal écrite, dossier inutilisable, mémoire insuffisante
  3    listes retenues : il manque une source (voir --allow-missing)
  4    vérification en échec
  130  interrompu (Ctrl-C) : rien n’est publié, la même commande reprend où elle en était`;

/**
 * The command line for `args`: only the group of the command that they name is loaded, since a campaign would otherwise wait for the
 * platforms' server, and the server for the campaign; every group when they name none (help, a mistake). `setExitCode` receives what
 * a finished command ends with.
 */
export async function createProgram(
  args: readonly string[],
  setExitCode: (code: number) => void,
): Promise<Command> {
  const program = new FrenchCommand('raccroche')
    .description('Des fichiers des émetteurs aux listes départementales des jeunes sortis sans diplôme.')
    .version(version, '-V, --version', 'affiche la version')
    .addHelpText('after', EXAMPLES);
  for (const { add } of groupsFor(args)) (await add())(program, setExitCode);
  return program;
}

function groupsFor(args: readonly string[]): readonly CommandGroup[] {
  const named = COMMAND_GROUPS.filter(({ commands }) =>
    commands.some((command) => command === args.slice(0, command.split(' ').length).join(' ')),
  );
  return named.length === 0 ? COMMAND_GROUPS : named;
}
