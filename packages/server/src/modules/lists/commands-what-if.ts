import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { openProgress, silentProgress } from '../../platform/terminal/progress.ts';
import { parseAsOf, withResources } from './campaign/options.ts';
import { whatIf } from './campaign/what-if.ts';
import { whatIfText } from './campaign/what-if-text.ts';

interface WhatIfOptions {
  campaign: string;
  deliveries: string;
  registry?: string;
  decisions?: string;
  asOf?: CivilDate;
  rules?: string;
  memory: number;
  threads: number;
  json?: boolean;
}

const EXAMPLES = `
Exemples :
  raccroche campaign what-if --campaign campagne --deliveries recus --rules obligation-16-18
  raccroche campaign what-if --campaign campagne --deliveries recus --as-of 2025-12-15

Les mêmes fichiers sont relus sous d’autres règles ou à une autre date, à part : ni la campagne ni le registre ne changent.`;

/** Adds `campaign what-if`. */
export function addWhatIf(campaign: Command): void {
  const command = campaign
    .command('what-if')
    .description('dire qui entrerait et qui sortirait sous d’autres règles ou à une autre date')
    .requiredOption('--deliveries <dossier>', 'fichiers reçus, ceux de la campagne')
    .option('--campaign <dossier>', 'campagne terminée', process.env.RACCROCHE_CAMPAIGN ?? '.')
    .option('--rules <nom>', 'autres règles : siei-2011, no-diploma, obligation-16-18')
    .option('--as-of <aaaa-mm-jj>', 'autre date de référence', parseAsOf)
    .option('--registry <dossier>', 'registre de la campagne (par défaut : « registre » à côté d’elle)')
    .option('--decisions <fichier>', 'décisions sur les litiges, celles de la campagne');
  withResources(command)
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', EXAMPLES)
    .action(async (options: WhatIfOptions) => {
      const folder = resolve(options.campaign);
      const found = await whatIf(
        {
          campaign: folder,
          deliveries: resolve(options.deliveries),
          registry: resolve(options.registry ?? join(dirname(folder), 'registre')),
          decisions: options.decisions === undefined ? undefined : resolve(options.decisions),
          asOf: options.asOf,
          ruleSetId: options.rules,
          memoryBytes: options.memory,
          threads: options.threads,
        },
        options.json ? silentProgress : openProgress(process.stderr),
      );
      process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : `${whatIfText(found)}\n`);
    });
}
