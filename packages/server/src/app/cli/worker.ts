import type { Command } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { listJobs, retryJob } from '../../modules/jobs/index.ts';
import type { JobEnd } from '../../platform/postgres/job-queue.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { whenAskedToStop } from '../../platform/terminal/interruption.ts';
import { startWorker } from '../jobs/run-worker.ts';
import { readConfiguration } from '../operations/configuration.ts';
import { createMetrics } from '../operations/metrics.ts';
import { readPartnerSettings } from '../operations/partner-settings.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';
import { openMetrics } from './ports.ts';
import { termsHere } from './privacy.ts';

const HELP = `
Avec la base embarquée, « raccroche serve » fait lui-même les travaux. Avec un serveur PostgreSQL, lancez un « raccroche worker »,
ou plusieurs : un travail n’est fait qu’une fois. Chaque nuit : la purge de ce qui est échu, la vérification de la trace.

Variables d’environnement, comme pour « serve » : DATABASE_URL, RACCROCHE_POOL_SIZE, RACCROCHE_KEY_FILE, RACCROCHE_WEBHOOKS_PRIVATE, et
RACCROCHE_METRICS_PORT : mesures pour Prometheus, dont ce qui attend dans la file, depuis quand, et ce qui a échoué.`;

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
      const rows = await withStore((database) => database.transaction({}, listJobs));
      const lines = rows.map(
        ({ jobId, job, state, createdAt, code }) =>
          `${jobId}  ${STATES[state]}  ${createdAt}  ${job}${code === null ? '' : `  (${code})`}`,
      );
      process.stdout.write(
        json ? `${JSON.stringify({ jobs: rows })}\n` : `${lines.join('\n') || 'Aucun travail.'}\n`,
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
  const { poolSize } = configuration;
  const terms = termsHere();
  const metrics = createMetrics(systemClock.elapsedMs);
  const database = metrics.watch(
    await openDatabaseAt({ ...locateDatabase(process.env, process.cwd()), poolSize }),
  );
  try {
    await requireMigrated(database);
    metrics.watchQueue(database);
    const collected = await openMetrics(metrics, configuration.metricsPort);
    const worker = await startWorker(database, {
      clock: systemClock,
      terms,
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
    process.stdout.write('Les travaux se font. Ctrl-C pour arrêter.\n');
    await stopped;
  } finally {
    await database.close();
  }
}
