import { dirname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EXIT_CODES } from '../../kernel/errors.ts';
import { writeChecks } from '../../platform/terminal/checks.ts';
import { openProgress, silentProgress } from '../../platform/terminal/progress.ts';
import { readDossier } from './campaign/dossier.ts';
import { explainPerson } from './campaign/explain.ts';
import { getPerson } from './campaign/find-person.ts';
import { openCampaign } from './campaign/open-campaign.ts';
import { parseAllowMissing, parseAsOf, withResources } from './campaign/options.ts';
import { resultText } from './campaign/result-text.ts';
import { runCampaign } from './campaign/run-campaign.ts';
import { showCampaign } from './campaign/show.ts';
import { findDeathTrace, findDeliveryTrace, traceDossier, traceText } from './campaign/trace.ts';
import { verifyCampaign } from './campaign/verify.ts';
import { addWhatIf } from './commands-what-if.ts';

type SetExitCode = (code: number) => void;

/** Adds `campaign …` and `trace` to the command line. */
export function addListsCommands(program: Command, setExitCode: SetExitCode): void {
  const campaign = program.command('campaign').description('mener et lire une campagne');
  addRun(campaign, setExitCode);
  addShow(campaign);
  addExplain(campaign);
  addVerify(campaign, setExitCode);
  addWhatIf(campaign);
  addTrace(program);
}

interface RunOptions {
  deliveries: string;
  asOf: string;
  rules: string;
  previous?: string;
  incremental: boolean;
  retrain?: boolean;
  decisions?: string;
  registry?: string;
  memory: number;
  threads: number;
  out: string;
  allowMissing: ReturnType<typeof parseAllowMissing>;
  json?: boolean;
}

const RUN_EXAMPLES = `
Exemples :
  raccroche campaign run --deliveries recus --as-of 2025-11-15 --out campagne-2025-11
  raccroche campaign run --deliveries recus --as-of 2025-12-15 --previous campagne-2025-11 --out campagne-2025-12
  raccroche campaign run --deliveries recus --as-of 2025-12-15 --decisions decisions.csv --out campagne-2025-12
  raccroche campaign run --deliveries recus --as-of 2025-11-15 --rules obligation-16-18 --allow-missing agriculture --out of

Les numéros SIEI sont tenus dans un registre, par défaut le dossier « registre » à côté de --out :
gardez-le, les campagnes suivantes en ont besoin. Un registre nouveau tire sa clé au hasard, sauf si
RACCROCHE_REGISTRY_KEY (64 chiffres hexadécimaux) en donne une.
Interrompue, la même commande reprend après la dernière étape finie.`;

function addRun(campaign: Command, setExitCode: SetExitCode): void {
  const run = campaign
    .command('run')
    .description('des fichiers reçus aux listes départementales')
    .requiredOption('--deliveries <dossier>', 'fichiers reçus, sous-dossiers compris')
    .requiredOption('--as-of <aaaa-mm-jj>', 'date de référence', parseAsOf)
    .requiredOption('--out <dossier>', 'où écrire la campagne (dossier nouveau ou vide)')
    .option('--rules <nom>', 'règles : siei-2011, no-diploma, obligation-16-18', 'siei-2011')
    .option(
      '--previous <dossier>',
      'campagne précédente : dire les différences, ne relire que ce qui a changé',
    )
    .option('--no-incremental', 'tout refaire, même avec --previous (le résultat est le même)')
    .option('--retrain', 'réestimer le modèle des ressemblances, au lieu de garder celui de --previous')
    .option('--decisions <fichier>', 'décisions prises sur les litiges (CSV, comme litiges/a-trancher.csv)')
    .option('--registry <dossier>', 'registre des numéros SIEI (par défaut : « registre » à côté de --out)')
    .addOption(
      new Option('--allow-missing <source>', 'publier sans cette source, en le disant (répétable)')
        .argParser(parseAllowMissing)
        .default([], 'aucune'),
    );
  withResources(run)
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (options: RunOptions) => {
      const out = resolve(options.out);
      const progress = options.json ? silentProgress : openProgress(process.stderr);
      const result = await runCampaign(
        {
          deliveries: resolve(options.deliveries),
          asOf: options.asOf,
          ruleSetId: options.rules,
          previous: options.previous === undefined ? undefined : resolve(options.previous),
          incremental: options.incremental,
          retrain: options.retrain,
          decisions: options.decisions === undefined ? undefined : resolve(options.decisions),
          registry:
            options.registry === undefined ? join(dirname(out), 'registre') : resolve(options.registry),
          registryKey: process.env.RACCROCHE_REGISTRY_KEY,
          memoryBytes: options.memory,
          threads: options.threads,
          out,
          allowMissing: options.allowMissing,
        },
        progress,
      );
      process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${resultText(result)}\n`);
      if (result.withheld) setExitCode(EXIT_CODES.withheld);
    });
}

interface ReadOptions {
  campaign: string;
  json?: boolean;
}

/** Options of the commands that read a finished campaign. */
function readingOptions(command: Command): Command {
  return command
    .option('--campaign <dossier>', 'dossier de la campagne', process.env.RACCROCHE_CAMPAIGN ?? '.')
    .option('--json', 'un seul objet JSON sur la sortie standard');
}

function addShow(campaign: Command): void {
  readingOptions(
    campaign.command('show [dossier]').description('dire ce que contient une campagne terminée'),
  ).action((folder: string | undefined, options: ReadOptions) => {
    const { text, json } = showCampaign(resolve(folder ?? options.campaign));
    process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${text}\n`);
  });
}

function addExplain(campaign: Command): void {
  readingOptions(
    campaign.command('explain').description('dire pourquoi une personne est sur une liste, ou n’y est pas'),
  )
    .requiredOption('--person <id>', 'numéro SIEI, INE, ou identifiant d’enregistrement')
    .addHelpText(
      'after',
      '\nExemple :\n  raccroche campaign explain --person ABCDEFGHJKLM --campaign campagne',
    )
    .action(async (options: ReadOptions & { person: string }) => {
      await withDossier(options.campaign, options.person, (dossier, manifest) =>
        options.json
          ? JSON.stringify({ campaign: manifest.campaign, ...dossier })
          : explainPerson(dossier, manifest),
      );
    });
}

const TRACE_HELP = `
L’identifiant peut être un numéro SIEI, un INE, un enregistrement, un décès, une livraison ou le chemin d’un fichier remis.

Exemple :
  raccroche trace ABCDEFGHJKLM --campaign campagne`;

function addTrace(program: Command): void {
  readingOptions(
    program
      .command('trace <id>')
      .description('suivre un identifiant, de la livraison à la liste')
      .addHelpText('after', TRACE_HELP),
  ).action(async (id: string, options: ReadOptions) => {
    const { database, manifest } = await openCampaign(resolve(options.campaign));
    try {
      const steps =
        (await findDeliveryTrace(database, id)) ??
        (await findDeathTrace(database, id)) ??
        traceDossier(await readDossier(database, (await getPerson(database, id)).personId), manifest);
      process.stdout.write(`${options.json ? JSON.stringify(steps) : traceText(steps)}\n`);
    } finally {
      database.close();
    }
  });
}

async function withDossier(
  folder: string,
  id: string,
  tell: (
    dossier: Awaited<ReturnType<typeof readDossier>>,
    manifest: Awaited<ReturnType<typeof openCampaign>>['manifest'],
  ) => string,
): Promise<void> {
  const { database, manifest } = await openCampaign(resolve(folder));
  try {
    const { personId } = await getPerson(database, id);
    process.stdout.write(`${tell(await readDossier(database, personId), manifest)}\n`);
  } finally {
    database.close();
  }
}

function addVerify(campaign: Command, setExitCode: SetExitCode): void {
  readingOptions(
    campaign.command('verify [dossier]').description('vérifier empreintes, comptes et invariants'),
  )
    .addHelpText('after', '\nExemple :\n  raccroche campaign verify campagne')
    .action(async (folder: string | undefined, options: ReadOptions) => {
      const checks = await verifyCampaign(resolve(folder ?? options.campaign));
      if (!writeChecks(checks, options)) setExitCode(EXIT_CODES.invalid);
    });
}
