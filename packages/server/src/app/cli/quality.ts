import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { withResources } from '../../modules/lists/index.ts';
import { openProgress, silentProgress } from '../../platform/terminal/progress.ts';

interface QualityOptions {
  campaign: string;
  truth: string;
  out?: string;
  memory: number;
  threads: number;
  json?: boolean;
}

/** Adds `quality`: what a campaign on an invented country is worth, by the truth about it. */
export function addQualityCommand(program: Command): void {
  const command = program
    .command('quality')
    .description('ce que vaut une campagne menée sur une France inventée, d’après la vérité')
    .requiredOption('--campaign <dossier>', 'campagne terminée')
    .requiredOption('--truth <dossier>', 'vérité qu’a écrite « synthetic write » (dossier truth)');
  withResources(command)
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .option('--out <fichier>', 'où écrire')
    .action(async (options: QualityOptions) => {
      const { measureQuality } = await import('../quality/measure-quality.ts');
      const report = await measureQuality(
        {
          campaign: resolve(options.campaign),
          truth: resolve(options.truth),
          memoryBytes: options.memory,
          threads: options.threads,
        },
        options.json ? silentProgress : openProgress(process.stderr),
      );
      const text = JSON.stringify(report, null, options.json ? 0 : 2);
      if (options.out !== undefined) writeFileSync(resolve(options.out), `${text}\n`);
      process.stdout.write(`${text}\n`);
    });
}
