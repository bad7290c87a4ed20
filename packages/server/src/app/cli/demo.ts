import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { openCampaign, parseMemory, resultText, runCampaign } from '../../modules/lists/index.ts';
import { openProgress, silentProgress } from '../../platform/terminal/progress.ts';
import { measureQuality } from '../quality/measure-quality.ts';
import { qualityText } from '../quality/quality-text.ts';
import { compareDeaths, type DeathsComparison } from './demo-deaths.ts';

/** Fixed so that everybody's demonstration is the same; a real registry draws its own key. */
const DEMO_REGISTRY_KEY = '5261636372636865'.repeat(4);
const DEMO_AS_OF = '2025-11-15';
const DEMO_SEED = 20251115;
const DEMO_RULES = 'siei-2011';
/** Two départements of one académie, in which every school sends its own files: all formats side by side. */
const DEMO_DEPARTMENTS = ['59', '62'];
const DEMO_PEOPLE = 4500;
/** A region this small has one or two deaths in two years: the demonstration has more, to show what becomes of them. */
const DEMO_MORTALITY = 15;

interface DemoOptions {
  out: string;
  json?: boolean;
}

/** Adds `demo`: a synthetic region, a campaign on it, and what it found against the truth. */
export function addDemoCommand(program: Command, _setExitCode: (code: number) => void): void {
  program
    .command('demo')
    .description('fabrique une petite région fictive, mène la campagne, compare à la vérité')
    .option('--out <dossier>', 'où écrire', 'demo')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .action(async (options: DemoOptions) => {
      const out = resolve(options.out);
      const progress = options.json ? silentProgress : openProgress(process.stderr);
      rmSync(out, { recursive: true, force: true });
      const { writeFrance } = await import('@raccroche/synthetic');
      progress.note('Une région fictive, dans les formats des émetteurs (personne de réel)');
      const region = await writeFrance({
        seed: DEMO_SEED,
        asOf: DEMO_AS_OF,
        out,
        people: DEMO_PEOPLE,
        departments: DEMO_DEPARTMENTS,
        senders: 'establishments',
        faults: 'named',
        mortality: DEMO_MORTALITY,
        threads: 1,
      });
      const campaignFolder = join(out, 'campagne');
      const result = await runCampaign(
        {
          deliveries: region.deliveries,
          asOf: DEMO_AS_OF,
          ruleSetId: DEMO_RULES,
          registry: join(out, 'registre'),
          registryKey: DEMO_REGISTRY_KEY,
          memoryBytes: parseMemory('2GB'),
          threads: 2,
          out: campaignFolder,
          allowMissing: [],
        },
        progress,
      );
      const resources = { memoryBytes: parseMemory('2GB'), threads: 2 };
      const truth = await measureQuality(
        { campaign: campaignFolder, truth: region.truth, ...resources },
        silentProgress,
      );
      const deaths = await compareDeaths(campaignFolder, region.truth);
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ ...result, truth: { ...truth, deaths } })}\n`);
        return;
      }
      const way = relative(process.cwd(), out) || '.';
      const here = way.startsWith('..') ? out : way;
      const text = [
        resultText({ ...result, out: join(here, 'campagne') }),
        '\nEt la vérité ? (la région est fictive : on la connaît)',
        qualityText(truth),
        deathsText(deaths),
        nextSteps(here, await findSomebodyListed(campaignFolder)),
      ];
      process.stdout.write(`${text.join('\n')}\n`);
    });
}

/** The SIEI number of somebody of the lists, to try `campaign explain` on; undefined when they are empty. */
async function findSomebodyListed(campaign: string): Promise<string | undefined> {
  const { database } = await openCampaign(campaign);
  try {
    const [first] = await database.all<{ siei: string }>(
      'SELECT siei FROM lists.numbers JOIN eligibility.persons USING (person_id) WHERE listed ORDER BY person_id LIMIT 1',
    );
    return first?.siei;
  } finally {
    database.close();
  }
}

const NUMBER = new Intl.NumberFormat('fr-FR');

/** What the file of deaths changed, in one line. */
function deathsText({ listedWithoutFile, listed, listedToCheck, wronglyRemoved }: DeathsComparison): string {
  const checked = listedToCheck > 0 ? ` (${NUMBER.format(listedToCheck)} à vérifier, sans coordonnées)` : '';
  return (
    `  Personnes décédées sur les listes : ${NUMBER.format(listedWithoutFile)} sans le fichier des décès, ${NUMBER.format(listed)} avec lui${checked} ; ` +
    `${NUMBER.format(wronglyRemoved)} vivant retiré à tort`
  );
}

function nextSteps(folder: string, siei: string | undefined): string {
  return [
    '',
    'Pour aller plus loin',
    ...(siei === undefined
      ? []
      : [
          `  Pourquoi cette personne ?   npx raccroche campaign explain --person ${siei} --campaign ${folder}/campagne`,
        ]),
    `  Tout est-il intact ?        npx raccroche campaign verify ${folder}/campagne`,
    '  Un fichier est-il bon ?     npx raccroche delivery check FICHIER',
    '  Vos propres fichiers :      npx raccroche campaign run --deliveries DOSSIER --as-of AAAA-MM-JJ --out CAMPAGNE',
  ].join('\n');
}
