import { relative, resolve } from 'node:path';
import type { Marginal, SenderMode } from '@raccroche/synthetic';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { openProgress, type Progress, silentProgress } from '../../platform/terminal/progress.ts';

interface CountryOptions {
  scale: number;
  seed: number;
  out: string;
  departments?: readonly string[];
  senders: SenderMode;
  faultless?: boolean;
  mortality: number;
  threads: number;
  json?: boolean;
}

interface WriteOptions extends CountryOptions {
  asOf: string;
  until?: string;
  after?: string;
}

interface MonthsOptions extends CountryOptions {
  from: string;
  months: number;
}

const NUMBER = new Intl.NumberFormat('fr-FR');
const PERCENT = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 1 });

const EXAMPLES = `
Exemples :
  raccroche synthetic write --scale 0.01 --as-of 2025-11-15 --out france
  raccroche synthetic write --scale 1 --departments 59,62 --senders establishments --as-of 2025-11-15 --out nord
  raccroche synthetic months --scale 0.002 --from 2024-12-15 --months 12 --out annee
  raccroche synthetic marginals france

Personne de réel : tout est tiré au sort, et les mêmes réglages donnent les mêmes octets. L’échelle 1 est le pays :
trois millions de personnes, une dizaine de gigaoctets. Une petite échelle garde tous les départements.`;

/** Adds `synthetic`: an invented France of any size, as its senders tell it, and the truth about it. */
export function addSyntheticCommands(program: Command, setExitCode: (code: number) => void): void {
  const synthetic = program
    .command('synthetic')
    .description('une France inventée, dont la vérité est connue');
  countryOptions(
    synthetic
      .command('write')
      .description('écrire les livraisons des émetteurs (deliveries/) et la vérité (truth/)')
      .requiredOption('--as-of <aaaa-mm-jj>', 'date de référence de la campagne', parseDate)
      .option(
        '--until <aaaa-mm-jj>',
        'jour où les vies s’arrêtent : le même à plusieurs dates, les mêmes vies',
        parseDate,
      )
      .option(
        '--after <dossier>',
        'une date d’avant : un fichier dont rien n’a changé depuis y reste tel quel',
      ),
  ).action(writeSynthetic);
  countryOptions(
    synthetic
      .command('months')
      .description('écrire les mêmes vies mois après mois, un dossier par date (deliveries/ et truth/)')
      .requiredOption('--from <aaaa-mm-jj>', 'première date de référence', parseDate)
      .option('--months <nombre>', 'combien de mois, sur deux années scolaires', parseCount, 12),
  ).action(writeSyntheticMonths);
  synthetic
    .command('marginals')
    .argument('<dossier>', 'dossier qu’a écrit « synthetic write »')
    .description(
      'comparer ce qui en est sorti aux chiffres publiés ; échoue (code 4) quand un pays entier, à l’automne, sort des bornes',
    )
    .action(async (folder: string) => {
      const { boundsHoldFor, isWithin, readMarginals, readTruthSettings } = await import(
        '@raccroche/synthetic'
      );
      const truth = resolve(folder, 'truth');
      const figures = readMarginals(truth);
      if (figures === undefined)
        throw new RaccrocheError('no_truth', `Pas de vérité dans ${folder}.`, EXIT_CODES.usage);
      process.stdout.write(`${await marginalsText(figures)}\n`);
      const settings = readTruthSettings(truth);
      const bound = settings !== undefined && boundsHoldFor(settings);
      if (bound && !figures.every(isWithin)) setExitCode(EXIT_CODES.invalid);
    });
}

/** What both ways of writing ask: how large a country, and how its senders tell of it. */
function countryOptions(command: Command): Command {
  return command
    .option('--scale <part>', 'taille, 1 étant celle du pays', parseScale, 0.01)
    .option('--seed <nombre>', 'graine du hasard', parseCount, 1)
    .requiredOption('--out <dossier>', 'où écrire')
    .option('--departments <codes>', 'ces départements seuls, séparés par des virgules', parseCodes)
    .addOption(
      new Option('--senders <mode>', 'qui envoie : les académies, ou chaque établissement')
        .choices(['national', 'establishments'])
        .default('national'),
    )
    .option('--faultless', 'des émetteurs sans défaut, qui disent tout ce qu’ils savent')
    .option(
      '--mortality <fois>',
      'décès, en fois ceux du pays : plus, pour qu’un petit pays en ait',
      parseTimes,
      1,
    )
    .option('--threads <nombre>', 'fils d’exécution', parseCount, 2)
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', EXAMPLES);
}

/** The same options as the generator takes them. Throws a RaccrocheError for a département that does not exist. */
async function countryOf(options: CountryOptions) {
  const { countPeople, DEPARTMENT_CODES } = await import('@raccroche/synthetic');
  const unknown = options.departments?.find((code) => !DEPARTMENT_CODES.includes(code));
  if (unknown !== undefined)
    throw new RaccrocheError('unknown_department', `Département inconnu : ${unknown}.`, EXIT_CODES.usage);
  const people = countPeople(options.scale, options.departments);
  return {
    seed: options.seed,
    out: resolve(options.out),
    people,
    departments: options.departments,
    senders: options.senders,
    faults: options.faultless ? 'none' : 'named',
    mortality: options.mortality,
    threads: options.threads,
  } as const;
}

async function writeSynthetic(options: WriteOptions): Promise<void> {
  const { writeFrance } = await import('@raccroche/synthetic');
  const country = await countryOf(options);
  const progress = options.json ? silentProgress : openProgress(process.stderr);
  const france = await refusing(() =>
    writeFrance({
      ...country,
      asOf: options.asOf,
      until: options.until,
      after: options.after === undefined ? undefined : resolve(options.after),
      onPart: counter(progress, country.people),
    }),
  );
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

async function writeSyntheticMonths(options: MonthsOptions): Promise<void> {
  const { writeMonths } = await import('@raccroche/synthetic');
  const country = await countryOf(options);
  const progress = options.json ? silentProgress : openProgress(process.stderr);
  const months = await refusing(() =>
    writeMonths({
      ...country,
      from: options.from,
      months: options.months,
      onPart: counter(progress, country.people * options.months),
    }),
  );
  progress.stop();
  if (options.json) {
    process.stdout.write(`${JSON.stringify(months)}\n`);
    return;
  }
  const way = relative(process.cwd(), country.out);
  const lines = months.map(({ asOf, rows }) => `  ${asOf}   ${NUMBER.format(rows)} lignes d’émetteurs`);
  const runs = months.slice(0, 2).map(({ asOf }, rank) => {
    const previous = rank === 0 ? '' : ` --previous campagne-${months[0]?.asOf}`;
    return `  raccroche campaign run --deliveries ${way}/${asOf}/deliveries --as-of ${asOf}${previous} --out campagne-${asOf}`;
  });
  process.stdout.write(
    [
      `${NUMBER.format(country.people)} personnes, suivies de mois en mois`,
      ...lines,
      '',
      'Ensuite :',
      ...runs,
      '',
    ].join('\n'),
  );
}

/** Options that go ill together are the operator's to mend, not a defect of the program. */
async function refusing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RaccrocheError(
      'dates_together',
      'Ces dates ne vont pas ensemble : de la première à la dernière, deux années scolaires au plus (du 1er septembre au 31 août), et --after donne le dossier d’une date écrite avec le même --until.',
      EXIT_CODES.usage,
    );
  }
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

function parseTimes(text: string): number {
  const times = Number(text);
  if (text === '' || !(times >= 0 && times <= 300))
    throw new InvalidArgumentError('Écrivez un nombre de 0 à 300, par exemple 10.');
  return times;
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
