import { relative, resolve } from 'node:path';
import type { Marginal, SenderMode } from '@raccroche/synthetic';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { openProgress, type Progress, silentProgress } from '../../platform/terminal/progress.ts';

interface WriteOptions {
  scale: number;
  seed: number;
  asOf: string;
  out: string;
  departments?: readonly string[];
  senders: SenderMode;
  faultless?: boolean;
  threads: number;
  json?: boolean;
}

const NUMBER = new Intl.NumberFormat('fr-FR');
const PERCENT = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 1 });

const EXAMPLES = `
Exemples :
  raccroche synthetic write --scale 0.01 --as-of 2025-11-15 --out france
  raccroche synthetic write --scale 1 --departments 59,62 --senders establishments --as-of 2025-11-15 --out nord
  raccroche synthetic marginals france

Personne de réel : tout est tiré au sort, et les mêmes réglages donnent les mêmes octets. L’échelle 1 est le pays :
trois millions de personnes, une dizaine de gigaoctets. Une petite échelle garde tous les départements.`;

/** Adds `synthetic`: an invented France of any size, as its senders tell it, and the truth about it. */
export function addSyntheticCommands(program: Command): void {
  const synthetic = program
    .command('synthetic')
    .description('une France inventée, dont la vérité est connue');
  synthetic
    .command('write')
    .description('écrire les livraisons des émetteurs (deliveries/) et la vérité (truth/)')
    .option('--scale <part>', 'taille, 1 étant celle du pays', parseScale, 0.01)
    .option('--seed <nombre>', 'graine du hasard', parseCount, 1)
    .requiredOption('--as-of <aaaa-mm-jj>', 'date de référence de la campagne', parseDate)
    .requiredOption('--out <dossier>', 'où écrire')
    .option('--departments <codes>', 'ces départements seuls, séparés par des virgules', parseCodes)
    .addOption(
      new Option('--senders <mode>', 'qui envoie : les académies, ou chaque établissement')
        .choices(['national', 'establishments'])
        .default('national'),
    )
    .option('--faultless', 'des émetteurs sans défaut, qui disent tout ce qu’ils savent')
    .option('--threads <nombre>', 'fils d’exécution', parseCount, 2)
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', EXAMPLES)
    .action(writeSynthetic);
  synthetic
    .command('marginals')
    .argument('<dossier>', 'dossier qu’a écrit « synthetic write »')
    .description('comparer ce qui en est sorti aux chiffres publiés')
    .action(async (folder: string) => {
      const { readMarginals } = await import('@raccroche/synthetic');
      const figures = readMarginals(resolve(folder, 'truth'));
      if (figures === undefined)
        throw new RaccrocheError('no_truth', `Pas de vérité dans ${folder}.`, EXIT_CODES.usage);
      process.stdout.write(`${await marginalsText(figures)}\n`);
    });
}

async function writeSynthetic(options: WriteOptions): Promise<void> {
  const { countPeople, DEPARTMENT_CODES, writeFrance } = await import('@raccroche/synthetic');
  const unknown = options.departments?.find((code) => !DEPARTMENT_CODES.includes(code));
  if (unknown !== undefined)
    throw new RaccrocheError('unknown_department', `Département inconnu : ${unknown}.`, EXIT_CODES.usage);
  const people = countPeople(options.scale, options.departments);
  const progress = options.json ? silentProgress : openProgress(process.stderr);
  const france = await writeFrance({
    seed: options.seed,
    asOf: options.asOf,
    out: resolve(options.out),
    people,
    departments: options.departments,
    senders: options.senders,
    faults: options.faultless ? 'none' : 'named',
    threads: options.threads,
    onPart: counter(progress, people),
  });
  progress.stop();
  if (options.json) {
    process.stdout.write(`${JSON.stringify(france)}\n`);
    return;
  }
  const { rows, deliveries } = france;
  process.stdout.write(
    `${NUMBER.format(rows)} lignes d’émetteurs pour ${NUMBER.format(france.people)} personnes\n\n${await marginalsText(france.marginals)}\n\nEnsuite :\n  raccroche campaign run --deliveries ${relative(process.cwd(), deliveries)} --as-of ${options.asOf} --out campagne\n`,
  );
}

function counter(progress: Progress, total: number): (part: { people: number }) => void {
  let done = 0;
  return ({ people }) => {
    done += people;
    progress.update({ stage: 'synthetic', label: 'Vies inventées', done, total, unit: 'personnes' });
  };
}

/** A table in Markdown: what came out, brought to the size of the country, beside what is published. */
async function marginalsText(figures: readonly Marginal[]): Promise<string> {
  const { isWithin } = await import('@raccroche/synthetic');
  const written = (value: number, kind: Marginal['kind']) =>
    (kind === 'share' ? PERCENT : NUMBER).format(value);
  const lines = figures.map((figure) => {
    const { label, value, kind, bounds, source } = figure;
    const asked = bounds === undefined ? '' : bounds.map((bound) => written(bound, kind)).join(' à ');
    return `| ${label} | ${written(value, kind)} | ${asked} | ${isWithin(figure) ? '' : 'hors bornes'} | ${source} |`;
  });
  return ['| chiffre, ramené au pays | obtenu | bornes | | publié |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

function parseScale(text: string): number {
  const scale = Number(text);
  if (!(scale > 0 && scale <= 3))
    throw new InvalidArgumentError('Écrivez un nombre entre 0 et 3, par exemple 0.01.');
  return scale;
}

function parseCount(text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new InvalidArgumentError('Écrivez un nombre entier.');
  return Number(text);
}

function parseDate(text: string): string {
  const date = parseCivilDate(text);
  if (!date) throw new InvalidArgumentError('Écrivez la date aaaa-mm-jj, par exemple 2025-11-15.');
  return date;
}

function parseCodes(text: string): readonly string[] {
  return text.split(',').map((code) => code.trim().toUpperCase());
}
