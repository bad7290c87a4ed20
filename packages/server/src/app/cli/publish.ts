import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type PublicationResult, publishDepartments } from '../../modules/cases/index.ts';
import { askJob } from '../../modules/jobs/index.ts';
import { traceDatabase } from '../../platform/postgres/trace-database.ts';
import { PUBLISH_JOB } from '../jobs/job-kinds.ts';
import { readConfiguration } from '../operations/configuration.ts';
import { tracingOf } from '../operations/tracing.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

const EXAMPLES = `
Tout ou rien : interrompue, une publication ne laisse rien derrière elle ; refaite, elle ne change rien.
Un dossier clos par quelqu’un ne se rouvre jamais tout seul : s’il est encore sur la liste, son histoire le dit.
Département par département : les dossiers des autres ne sont ni fermés ni signalés ; publier le reste ensuite, sans
--departments, finit comme tout publier d’un coup.

Exemples :
  raccroche db migrate
  raccroche campaign publish campagne-2025-11
  raccroche campaign publish campagne-2025-11 --departments 62,59 --dry-run`;

const listOf = (text: string) => text.split(',').map((code) => code.trim().toUpperCase());

interface PublishOptions {
  readonly json?: boolean;
  readonly later?: boolean;
  readonly dryRun?: boolean;
  readonly departments?: readonly string[];
}

/** Adds `publish` to the commands on campaigns. */
export function addPublishCommand(program: Command): void {
  const campaign = program.commands.find((command) => command.name() === 'campaign');
  campaign
    ?.command('publish <dossier>')
    .description('remettre les listes d’une campagne aux plateformes')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .option('--departments <codes>', 'ces listes seulement, séparées par des virgules (62,2A,XX)', listOf)
    .option('--dry-run', 'compter ce qui serait fait, sans rien changer')
    .option('--later', 'la demander au « worker », qui doit voir le même dossier')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: PublishOptions) => {
      const departments = options.departments ?? null;
      if (options.later) {
        await withStore(async (database) => {
          await requireMigrated(database);
          const payload = { folder: resolve(folder), departments };
          await database.transaction({}, (transaction) => askJob(transaction, { job: PUBLISH_JOB, payload }));
        });
        process.stdout.write('Publication demandée : « raccroche jobs list » dit où elle en est.\n');
        return;
      }
      const tracing = await tracingOf(readConfiguration(process.env), version);
      const result = await withStore(async (database) => {
        await requireMigrated(database);
        return tracing.span('publication', {}, () =>
          publishDepartments(traceDatabase(database, tracing), resolve(folder), {
            departments,
            isTrial: options.dryRun ?? false,
          }),
        );
      }).finally(() => tracing.close());
      process.stdout.write(
        `${options.json ? JSON.stringify(result) : publicationText(result, options.dryRun)}\n`,
      );
    });
}

/** Counts that are told when they are not zero. */
const COUNT_LABELS: readonly (readonly [keyof PublicationResult, string])[] = [
  ['opened', 'dossiers ouverts'],
  ['recognised', 'signalés auparavant, reconnus sur la liste'],
  ['transferred', 'transférés à une autre plateforme'],
  [
    'announced',
    'partis vers un département qui n’est pas encore publié : ils restent suivis, les deux sont prévenus',
  ],
  ['reopened', 'rouverts (une liste les avait fermés)'],
  ['listedAgain', 'de nouveau sur la liste'],
  [
    'listedAfterClosing',
    'clos par quelqu’un et encore sur la liste : laissés clos, c’est écrit dans leur histoire',
  ],
  ['closed', 'fermés : plus sur la liste, et personne n’avait commencé'],
  ['flagged', 'plus sur la liste mais suivis : signalés'],
  ['corrected', 'identités corrigées'],
  ['renumbered', 'numéros SIEI réunis à un plus ancien'],
  ['duplicates', 'doublons à réunir'],
  ['withoutPlatform', 'dans la zone d’aucune plateforme : seule la coordination du département les voit'],
];

function publicationText(result: PublicationResult, isTrial = false): string {
  const head = result.alreadyPublished
    ? `Déjà publiée (n° ${result.publication}) : rien n’a changé.`
    : isTrial
      ? `Essai, rien n’est changé. Seraient publiées : ${result.entries} personnes.`
      : `Publiée (n° ${result.publication}) : ${result.entries} personnes.`;
  const counts = COUNT_LABELS.filter(([name]) => result[name] !== 0).map(
    ([name, label]) => `  ${String(result[name])} ${label}`,
  );
  const undesignated = result.undesignated.map(
    (name) => `  ${name} : aucune désignation en vigueur, personne n’y reçoit sa liste`,
  );
  return [head, ...counts, ...undesignated].join('\n');
}
