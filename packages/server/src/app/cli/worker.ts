import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { findLastSeal } from '../../modules/audit/index.ts';
import { listJobs, retryJob } from '../../modules/jobs/index.ts';
import type { JobEnd } from '../../platform/postgres/job-queue.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { traceDatabase } from '../../platform/postgres/trace-database.ts';
import { whenAskedToStop } from '../../platform/terminal/interruption.ts';
import { CALENDAR } from '../jobs/calendar.ts';
import { startWorker } from '../jobs/run-worker.ts';
import { MESSAGES_FOLDER, openCarrier, tellCarrier } from '../operations/carrier.ts';
import { readConfiguration } from '../operations/configuration.ts';
import { createMetrics } from '../operations/metrics.ts';
import { readPartnerSettings } from '../operations/partner-settings.ts';
import { readSealing } from '../operations/sealing.ts';
import { tracingOf } from '../operations/tracing.ts';
import { withStore } from '../store/with-store.ts';
import { openMetrics } from './ports.ts';
import { termsHere } from './privacy.ts';
import { requireStartable } from './start-check.ts';

const HELP = `
Avec la base embarquée, « raccroche serve » fait lui-même les travaux. Avec un serveur PostgreSQL, lancez un « raccroche worker »,
ou plusieurs : un travail n’est fait qu’une fois. « raccroche jobs list » dit ce qui vient chaque nuit.
Il envoie aussi les messages : les courriels par RACCROCHE_SMTP_URL, le reste dans « ${MESSAGES_FOLDER} », à reprendre à la main.
Sur un serveur, il a son compte, qui ne possède rien : « raccroche db service-login COMPTE --for worker ».
PUBLIC_URL dit où l’on trouve l’application : sans elle, les messages qui portent un lien attendent.
Pour mener des campagnes demandées à l’écran, il lui faut RACCROCHE_DELIVERIES et RACCROCHE_CAMPAIGNS, comme à « serve » (voir son aide).

Variables d’environnement, outre celles de « raccroche serve » :
  RACCROCHE_SEAL_KEY_FILE  la clé privée Ed25519, en PEM, qui scelle la trace chaque nuit ; sans elle ce travail échoue, et le dit
  RACCROCHE_SEALS_FOLDER   un dossier où chaque sceau est gardé aussi, hors de la base
  RACCROCHE_METRICS_PORT   mesures pour Prometheus : ce qui attend dans la file, depuis quand, et ce qui a échoué`;

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

export const POLL_SECONDS = 5;

/** A line of JSON a job, without any data. */
export function writeJobLog(end: JobEnd): void {
  process.stderr.write(`${JSON.stringify(end)}\n`);
}

/** Adds `worker` and `jobs …`. */
export function addWorkerCommands(program: Command): void {
  program
    .command('worker')
    .description('fait les travaux demandés et ceux du calendrier, jusqu’à ce qu’on l’arrête')
    .addHelpText('after', HELP)
    .action(work);
  const jobs = program.command('jobs').description('les travaux : où ils en sont');
  jobs
    .command('list')
    .description('les derniers travaux, ceux qui ont échoué d’abord')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .action(async ({ json }: { json?: boolean }) => {
      const { rows, sealed } = await withStore((database) =>
        database.transaction({}, async (transaction) => ({
          rows: await listJobs(transaction),
          sealed: await findLastSeal(transaction),
        })),
      );
      const lines = rows.map(
        ({ jobId, job, state, createdAt, code }) =>
          `${jobId}  ${STATES[state]}  ${createdAt}  ${job}${code === null ? '' : `  (${code})`}`,
      );
      process.stdout.write(
        json
          ? `${JSON.stringify({ jobs: rows, calendar: CALENDAR, lastSeal: sealed ?? null })}\n`
          : `${lines.join('\n') || 'Aucun travail.'}\n${calendarText(sealed)}`,
      );
    });
  jobs
    .command('retry <numéro>')
    .description('refait un travail qui a échoué')
    .action(async (jobId: string) => {
      const done = await withStore((database) =>
        database.transaction({}, (transaction) => retryJob(transaction, jobId)),
      );
      if (!done)
        throw new RaccrocheError(
          'no_such_job',
          `Aucun travail échoué ne porte le numéro « ${jobId} ». « raccroche jobs list » les donne.`,
          EXIT_CODES.usage,
        );
      process.stdout.write('Remis dans la file.\n');
    });
}

function calendarText(sealed: string | undefined): string {
  const lines = Object.entries(CALENDAR).map(([name, { cron, label }]) => `  ${cron}  ${name} : ${label}`);
  const seal =
    sealed === undefined
      ? 'La trace n’a aucun sceau : donnez une clé au travail « audit.seal » par RACCROCHE_SEAL_KEY_FILE.'
      : `Dernier sceau de la trace : ${sealed}.`;
  return `Au calendrier, heure de Paris :\n${lines.join('\n')}\n${seal}\n`;
}

const STATES = {
  created: 'attend',
  retry: 'attend (à refaire)',
  active: 'en cours',
  completed: 'fait',
  cancelled: 'annulé',
  failed: 'échoué',
} as const;

async function work(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { poolSize, mail, publicUrl, campaigns } = configuration;
  const sealing = readSealing(configuration);
  const terms = termsHere();
  const tracing = await tracingOf(configuration, version);
  const metrics = createMetrics(systemClock.elapsedMs);
  const database = traceDatabase(
    metrics.watch(await openDatabaseAt({ ...locateDatabase(process.env, process.cwd()), poolSize })),
    tracing,
  );
  try {
    await requireStartable(database, configuration, 'worker');
    metrics.watchQueue(database);
    const collected = await openMetrics(metrics, configuration.metricsPort);
    const worker = await startWorker(database, {
      clock: systemClock,
      terms,
      carry: openCarrier({ mail, folder: MESSAGES_FOLDER, clock: systemClock }),
      origin: publicUrl,
      schools: 'daily',
      sealing,
      tracing,
      campaigns,
      ended: (end) => {
        writeJobLog(end);
        metrics.job(end.job, end.outcome, end.ms / 1000);
      },
      pollSeconds: POLL_SECONDS,
      tell: readPartnerSettings(configuration, process.cwd()),
    });
    const stopped = new Promise<void>((done) => {
      whenAskedToStop(async () => {
        await worker.close();
        await collected?.close();
        done();
      });
    });
    process.stdout.write(`Les travaux se font. ${tellCarrier(mail, MESSAGES_FOLDER)} Ctrl-C pour arrêter.\n`);
    await stopped;
  } finally {
    await database.close();
    await tracing.close();
  }
}
