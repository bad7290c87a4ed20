import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { addListsCommands } from '../../modules/lists/index.ts';
import { addSourcesCommands } from '../../modules/sources/index.ts';
import { FrenchCommand } from '../../platform/terminal/command-line.ts';
import { addAccessCommands } from './access.ts';
import { addAuditCommands } from './audit.ts';
import { addDbCommands } from './db.ts';
import { addDecisionsCommand } from './decisions.ts';
import { addDemoCommand } from './demo.ts';
import { addPrivacyCommands } from './privacy.ts';
import { addPublishCommand } from './publish.ts';
import { addQualityCommand } from './quality.ts';
import { addServeCommand } from './serve.ts';
import { addSyntheticCommands } from './synthetic.ts';
import { addTakeBackCommand } from './take-back.ts';
import { addWorkerCommands } from './worker.ts';

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

/** The whole command line. `setExitCode` receives what a finished command ends with. */
export function createProgram(setExitCode: (code: number) => void): Command {
  const program = new FrenchCommand('raccroche')
    .description('Des fichiers des émetteurs aux listes départementales des jeunes sortis sans diplôme.')
    .version(version, '-V, --version', 'affiche la version')
    .addHelpText('after', EXAMPLES);
  addListsCommands(program, setExitCode);
  addPublishCommand(program);
  addTakeBackCommand(program);
  addDecisionsCommand(program);
  addSourcesCommands(program, setExitCode);
  addDemoCommand(program, setExitCode);
  addSyntheticCommands(program);
  addQualityCommand(program);
  addDbCommands(program, setExitCode);
  addAccessCommands(program, setExitCode);
  addAuditCommands(program, setExitCode);
  addPrivacyCommands(program, setExitCode);
  addServeCommand(program);
  addWorkerCommands(program);
  return program;
}
