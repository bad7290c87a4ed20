import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Terms } from '../../kernel/retention.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { JobEnd } from '../../platform/postgres/job-queue.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { whenAskedToStop } from '../../platform/terminal/interruption.ts';
import { createRateLimits } from '../api/rate-limits.ts';
import { createApi, type LogLine } from '../api/server.ts';
import { fillDemo } from '../demonstration/fill-demo.ts';
import { startWorker } from '../jobs/run-worker.ts';
import { type Configuration, readConfiguration } from '../operations/configuration.ts';
import { createMetrics, type Metrics, serveMetrics } from '../operations/metrics.ts';
import { migrateStore } from '../store/migrations.ts';
import { requireMigrated } from '../store/with-store.ts';
import { termsHere } from './privacy.ts';
import { POLL_SECONDS, writeJobLog } from './worker.ts';

const DEFAULT_PORT = 8420;
const PORT_MAX = 65_535;
/** This machine alone: what faces the network is a proxy that speaks TLS. */
const HOST = '127.0.0.1';
const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

interface ServeOptions {
  readonly port: number;
  readonly demo?: boolean;
  readonly campaign: string;
}

const HELP = `
L’API répond sur cette machine seulement (127.0.0.1) ; un mandataire qui parle TLS la présente au réseau.
La démonstration a sa propre base, « var/demo », faite la première fois d’après une campagne d’essai.

Variables d’environnement (vérifiées au départ, toutes à la fois) :
  DATABASE_URL                        un serveur PostgreSQL ; sans elle, la base embarquée « var/base »
  RACCROCHE_POOL_SIZE                 connexions au serveur PostgreSQL (10)
  RACCROCHE_METRICS_PORT              mesures pour Prometheus, http://127.0.0.1:PORT/metrics ; sans elle, aucune
  RACCROCHE_REQUESTS_PER_MINUTE       demandes par minute d’une session (300)
  RACCROCHE_OPEN_REQUESTS_PER_MINUTE  demandes par minute d’une adresse, sans session (120)
  RACCROCHE_SIGN_INS_PER_MINUTE       connexions tentées par minute d’une adresse (10)
  RACCROCHE_BEHIND_PROXY              « oui » : croire l’adresse que dit le mandataire de cette machine (non)

Exemples :
  raccroche demo && raccroche serve --demo
  DATABASE_URL=postgres://raccroche@localhost/raccroche raccroche serve --port 8420`;

/** Adds `serve`: the API, until somebody stops it. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('ouvre l’API des plateformes')
    .option('--port <n>', 'port d’écoute ; 0 : un port libre', parsePort, DEFAULT_PORT)
    .option('--demo', 'la démonstration : on entre d’un clic, sur cette machine seulement')
    .option('--campaign <dossier>', 'avec --demo, la campagne à publier', 'demo/campagne')
    .addHelpText('after', HELP)
    .action(serve);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > PORT_MAX)
    throw new InvalidArgumentError(`Écrivez un nombre de 0 à ${PORT_MAX}.`);
  return port;
}

async function serve({ port, demo = false, campaign }: ServeOptions): Promise<void> {
  const configuration = readConfiguration(process.env);
  const terms = termsHere();
  const metrics = createMetrics(systemClock.elapsedMs);
  const database = metrics.watch(
    await openDatabaseAt(
      demo
        ? { folder: join(process.cwd(), 'var', 'demo') }
        : { ...locateDatabase(process.env, process.cwd()), poolSize: configuration.poolSize },
    ),
  );
  try {
    await (demo ? prepareDemo(database, resolve(campaign)) : requireMigrated(database));
    const { address, close } = await openService({ database, configuration, metrics, terms, demo, port });
    const stopped = new Promise<void>((done) => {
      whenAskedToStop(async () => {
        await close();
        await database.close();
        done();
      });
    });
    process.stdout.write(
      `Raccroche répond sur ${address}${demo ? ' (démonstration)' : ''}. Ctrl-C pour arrêter.\n`,
    );
    await stopped;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What `serve` opens, in this order: the API, the metrics when asked for, and the worker of an embedded base. */
async function openService(given: {
  database: Database;
  configuration: Configuration;
  metrics: Metrics;
  terms: Terms;
  demo: boolean;
  port: number;
}): Promise<{ address: string; close(): Promise<void> }> {
  const { database, configuration, metrics, terms, demo, port } = given;
  const limits = createRateLimits(configuration.limits, systemClock.elapsedMs);
  // The demonstration believes nobody about where a request comes from.
  const behindProxy = configuration.behindProxy && !demo;
  const api = createApi({ database, clock: systemClock, version, demo, limits, behindProxy }, (line) => {
    writeLog(line);
    metrics.request(line);
  });
  const address = await api.listen({ host: HOST, port }).catch((error: unknown) => {
    throw portRefused(error, port);
  });
  const collected = await openMetrics(metrics, configuration.metricsPort).catch(async (error: unknown) => {
    await api.close();
    throw error;
  });
  // The embedded base has one program: this one works for itself.
  const ended = (end: JobEnd) => {
    writeJobLog(end);
    metrics.job(end.job, end.outcome, end.ms / 1000);
  };
  const worker =
    database.engine === 'pglite'
      ? await startWorker(database, { clock: systemClock, terms, ended, pollSeconds: POLL_SECONDS })
      : undefined;
  return {
    address,
    async close() {
      // Requests and jobs under way are ended first.
      await api.close();
      await worker?.close();
      await collected?.close();
    },
  };
}

async function openMetrics(metrics: Metrics, port: number | undefined) {
  if (port === undefined) return undefined;
  return serveMetrics(metrics, port).catch((error: unknown) => {
    throw portRefused(error, port);
  });
}

async function prepareDemo(database: Database, campaign: string): Promise<void> {
  if (!existsSync(join(campaign, 'manifest.json')))
    throw new RaccrocheError(
      'no_demo',
      `« ${campaign} » n’est pas une campagne terminée. Lancez d’abord « raccroche demo », ou donnez --campaign.`,
      EXIT_CODES.usage,
    );
  await migrateStore(database);
  await fillDemo(database, campaign);
}

function portRefused(error: unknown, port: number): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return error;
  return new RaccrocheError(
    'port_taken',
    `Le port ${port} est déjà pris. Arrêtez ce qui l’occupe, ou donnez-en un autre avec --port.`,
    EXIT_CODES.usage,
  );
}

function writeLog(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
