import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readDecisionsToTell } from '../../modules/cases/index.ts';
import { decisionFileText } from '../../modules/lists/index.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

const EXAMPLES = `
De chaque paire de numéros, la dernière décision. Rien de personnel : des numéros SIEI, une fonction, un jour.
Quand une seule personne ne sait pas, rien n’en est dit : la question est encore posée, à quelqu’un d’autre.

Exemple :
  raccroche campaign decisions decisions.csv
  raccroche campaign run --deliveries recus --as-of 2025-12-15 --decisions decisions.csv --out campagne-2025-12`;

/** Adds `decisions` to the commands on campaigns: what the platforms decided of the litiges, for the next campaign. */
export function addDecisionsCommand(program: Command): void {
  const campaign = program.commands.find((command) => command.name() === 'campaign');
  campaign
    ?.command('decisions <fichier>')
    .description('écrire ce que les plateformes ont tranché, pour la campagne suivante')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string) => {
      const decisions = await withStore(async (database) => {
        await requireMigrated(database);
        return database.transaction({}, readDecisionsToTell);
      });
      writeFileSync(file, decisionFileText(decisions), { mode: 0o600 });
      process.stdout.write(`${decisions.length} décisions dans ${file}.\n`);
    });
}
