import { existsSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
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

const EXAMPLES = `
Exemples :
  raccroche synthetic write --scale 0.01 --as-of 2025-11-15 --out france
  raccroche campaign run --deliveries france/deliveries --as-of 2025-11-15 --out campagne
  raccroche quality --campaign campagne --truth france/truth --out qualite.html

--out écrit deux fichiers du même nom : une page (.html), qui s’ouvre sans réseau, et ses chiffres (.json).`;

/** Adds `quality`: what a campaign on an invented country is worth, by the truth about it. */
export function addQualityCommand(program: Command): void {
  const command = program
    .command('quality')
    .description('ce que vaut une campagne menée sur une France inventée, face à la vérité')
    .requiredOption('--campaign <dossier>', 'campagne terminée')
    .requiredOption('--truth <dossier>', 'vérité écrite avec les livraisons (dossier truth)')
    .option('--out <fichier>', 'page à écrire, et ses chiffres à côté');
  withResources(command)
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', EXAMPLES)
    .action(tellQuality);
}

async function tellQuality(options: QualityOptions): Promise<void> {
  const campaign = resolve(options.campaign);
  const files = options.out === undefined ? undefined : outputFiles(options.out, campaign);
  const { measureQuality } = await import('../quality/measure-quality.ts');
  const { qualityPage } = await import('../quality/quality-page.ts');
  const { qualityText } = await import('../quality/quality-text.ts');
  const { memory: memoryBytes, threads } = options;
  const report = await measureQuality(
    { campaign, truth: resolve(options.truth), memoryBytes, threads },
    options.json ? silentProgress : openProgress(process.stderr),
  );
  if (files !== undefined) {
    writeFileSync(files.page, qualityPage(report));
    writeFileSync(files.figures, `${JSON.stringify(report, null, 2)}\n`);
  }
  const written = files === undefined ? '' : `\n\n  Page      ${files.page}\n  Chiffres  ${files.figures}`;
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${qualityText(report)}${written}\n`);
}

/** Both files, beside each other. A campaign's folder is sealed: nothing may be added to it. */
function outputFiles(out: string, campaign: string): { readonly page: string; readonly figures: string } {
  const base = resolve(out).replace(/\.(html|json)$/i, '');
  const folder = dirname(base);
  if (!existsSync(folder))
    throw new RaccrocheError('no_folder', `Le dossier « ${folder} » n’existe pas.`, EXIT_CODES.usage);
  if (!relative(campaign, base).startsWith('..'))
    throw new RaccrocheError(
      'inside_campaign',
      `« ${out} » est dans le dossier de la campagne, qui est scellé. Donnez à --out un autre endroit.`,
      EXIT_CODES.usage,
    );
  return { page: `${base}.html`, figures: `${base}.json` };
}
