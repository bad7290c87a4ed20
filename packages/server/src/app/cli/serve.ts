import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { discoverProvider, type IdentityProvider, readSignInSettings } from '../../modules/access/index.ts';
import type { CarryMessage } from '../../platform/mail/carrier.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { traceDatabase } from '../../platform/postgres/trace-database.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';
import { whenAskedToStop } from '../../platform/terminal/interruption.ts';
import { createRateLimits } from '../api/rate-limits.ts';
import type { LogLine } from '../api/request-log.ts';
import { createApi } from '../api/server.ts';
import { readSite } from '../api/site.ts';
import type { CampaignFolders } from '../campaigns/folders.ts';
import { fillDemo } from '../demonstration/fill-demo.ts';
import { resetDemo } from '../demonstration/reset-demo.ts';
import type { JobSettings } from '../jobs/job-settings.ts';
import { startWorker, type Worker } from '../jobs/run-worker.ts';
import { MESSAGES_FOLDER, openCarrier, tellCarrier } from '../operations/carrier.ts';
import { readConfiguration } from '../operations/configuration.ts';
import { createMetrics, type Metrics } from '../operations/metrics.ts';
import { readPartnerSettings } from '../operations/partner-settings.ts';
import { readSealing } from '../operations/sealing.ts';
import { tracingOf } from '../operations/tracing.ts';
import { migrateStore } from '../store/migrations.ts';
import { isTaken, openMetrics, portRefused } from './ports.ts';
import { termsHere } from './privacy.ts';
import { requireStartable } from './start-check.ts';
import { POLL_SECONDS, writeJobLog } from './worker.ts';

const DEFAULT_PORT = 8420;
/** Enough for the region of the demonstration. */
const DEMO_MEMORY = '1GB';
const PORT_MAX = 65_535;
/** This machine alone: what faces the network is a proxy that speaks TLS. */
const HOST = '127.0.0.1';
/** Ports tried after the default one, when nobody asked for one. */
const PORTS_TRIED = 20;
/** Where `npm run build` puts the web application. */
const SITE = fileURLToPath(new URL('../../../../web/dist', import.meta.url));
const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

interface ServeOptions {
  /** The default one, or the first free after it, when absent. */
  readonly port?: number;
  readonly demo?: boolean;
  readonly campaign: string;
}

const HELP = `
L’application et son API répondent sur cette machine seulement (127.0.0.1) ; un mandataire qui parle TLS la présente au réseau.
La démonstration a sa propre base, « var/demo », faite la première fois d’après une campagne d’essai.

Sans --port, si le port 8420 est pris, le premier libre après lui est choisi, et dit.

Variables d’environnement (vérifiées au départ, toutes à la fois) :
  DATABASE_URL                        un serveur PostgreSQL ; sans elle, la base embarquée « var/base »
  RACCROCHE_REQUIRE_SERVICE_LOGIN     « oui » : ne pas partir sous un compte qui possède la base (non)
  RACCROCHE_POOL_SIZE                 connexions au serveur PostgreSQL (10)
  RACCROCHE_METRICS_PORT              mesures pour Prometheus, http://127.0.0.1:PORT/metrics ; sans elle, aucune
  RACCROCHE_REQUESTS_PER_MINUTE       demandes par minute d’une session (300)
  RACCROCHE_OPEN_REQUESTS_PER_MINUTE  demandes par minute d’une adresse, sans session (120)
  RACCROCHE_SIGN_INS_PER_MINUTE       connexions tentées par minute d’une adresse (10)
  PUBLIC_URL                          où l’on trouve l’application, https://… : écrit dans les liens des messages
  RACCROCHE_SMTP_URL                  serveur de courriel, smtps://compte:motdepasse@machine ; sans lui, les messages attendent en fichiers
  RACCROCHE_MAIL_FROM                 qui envoie les courriels, comme Raccroche <raccroche@exemple.fr>
  OTEL_EXPORTER_OTLP_ENDPOINT         collecteur OpenTelemetry, http://… : demandes, requêtes et travaux, sans aucune donnée ; sans lui, rien
  RACCROCHE_SEAL_KEY_FILE             clé privée Ed25519, en PEM, qui scelle la trace chaque nuit ; sans elle ce travail échoue, et le dit
  RACCROCHE_SEALS_FOLDER              dossier où chaque sceau est gardé aussi, hors de la base
  RACCROCHE_DELIVERIES                dossier des fichiers reçus, et
  RACCROCHE_CAMPAIGNS                 dossier des campagnes : les deux, pour mener des campagnes depuis l’écran
  RACCROCHE_CAMPAIGN_MEMORY           mémoire d’une campagne demandée à l’écran (4GB)
  RACCROCHE_BEHIND_PROXY              « oui » : croire l’adresse que dit le mandataire de cette machine (non)
  RACCROCHE_KEY_FILE                  la clé du service, dont viennent les secrets des annonces (var/cle, tirée au premier départ)
  RACCROCHE_DELIVERIES_INBOX          où attendent les fichiers que déposent les partenaires (var/depots)
  RACCROCHE_WEBHOOKS_PRIVATE          « oui » : annoncer aussi à des adresses privées (non)

Exemples :
  raccroche demo && raccroche serve --demo
  DATABASE_URL=postgres://raccroche@localhost/raccroche raccroche serve --port 8420`;

/** Adds `serve`: the web application and its API, until somebody stops it. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('ouvre l’application des plateformes et son API')
    .option('--port <n>', `port d’écoute ; 0 : un port libre (par défaut ${DEFAULT_PORT})`, parsePort)
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

/** Who signs people in; nobody does in the demonstration, where a click is enough. */
async function findProvider(demo: boolean): Promise<IdentityProvider | undefined> {
  if (demo) return undefined;
  const settings = readSignInSettings(process.env);
  if (settings) return discoverProvider(settings);
  process.stderr.write(
    'Aucun fournisseur d’identité n’est réglé : personne ne pourra se connecter (voir docs/connexion.md).\n',
  );
  return undefined;
}

async function serve({ port = undefined, demo = false, campaign }: ServeOptions): Promise<void> {
  const configuration = readConfiguration(process.env);
  const provider = await findProvider(demo);
  const tracing = await tracingOf(configuration, version);
  const schools: JobSettings['schools'] = demo ? 'at_once' : 'daily';
  const jobs = { terms: termsHere(), sealing: readSealing(configuration), tracing, schools };
  const metrics = createMetrics(systemClock.elapsedMs);
  const opened = metrics.watch(
    await openDatabaseAt(
      demo
        ? { folder: join(process.cwd(), 'var', 'demo') }
        : { ...locateDatabase(process.env, process.cwd()), poolSize: configuration.poolSize },
    ),
  );
  const database = traceDatabase(opened, tracing);
  try {
    await (demo ? prepareDemo(database, resolve(campaign)) : requireServable(database, configuration));
    const campaigns = configuration.campaigns ?? (demo ? demoFolders(campaign) : undefined);
    const partners = readPartnerSettings(configuration, process.cwd(), demo);
    const api = openApi({
      database,
      resetDemo: demo ? resetDemo(database, resolve(campaign)) : undefined,
      demo,
      provider,
      configuration,
      metrics,
      tracing,
      partners,
      terms: jobs.terms,
      campaigns,
    });
    const collected = await openMetrics(metrics, configuration.metricsPort);
    // Of a server the worker tells it; the embedded base has this one.
    if (database.engine === 'pglite') metrics.watchQueue(database);
    const mail = demo ? undefined : configuration.mail;
    const folder = demo ? join('var', 'messages-demo') : MESSAGES_FOLDER;
    const carry = openCarrier({ mail, folder, clock: systemClock });
    let worker: Worker | undefined;
    const stopped = new Promise<void>((done) => {
      whenAskedToStop(async () => {
        // Requests and jobs under way are ended first.
        await api.close();
        await worker?.close();
        await collected?.close();
        await database.close();
        await tracing.close();
        done();
      });
    });
    const address = await listen(api, port);
    const origin = configuration.publicUrl ?? address;
    // The embedded base has one program: this one works for itself.
    if (database.engine === 'pglite')
      worker = await openWorker({ database, ...jobs, campaigns, metrics, carry, origin, partners });
    process.stdout.write(
      `Raccroche répond sur ${address}${demo ? ' (démonstration)' : ''}. ${worker ? `${tellCarrier(mail, folder)} ` : ''}Ctrl-C pour arrêter.\n`,
    );
    await stopped;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The demonstration's address, but for its port: some browsers keep no safe cookie there, not even of their own machine. */
const PLAIN_HTTP = new URL(`http://${HOST}`);

interface ApiParts {
  readonly resetDemo: (() => Promise<void>) | undefined;
  readonly database: Database;
  readonly demo: boolean;
  readonly provider: IdentityProvider | undefined;
  readonly configuration: ReturnType<typeof readConfiguration>;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly partners: ReturnType<typeof readPartnerSettings>;
  readonly terms: ReturnType<typeof termsHere>;
  readonly campaigns: CampaignFolders | undefined;
}

/** The API and, when they are built, the screens. */
function openApi({
  database,
  resetDemo: reset,
  demo,
  provider,
  configuration,
  metrics,
  tracing,
  partners,
  terms,
  campaigns,
}: ApiParts) {
  const site = readSite(SITE);
  if (site === undefined)
    process.stderr.write(
      'Les écrans ne sont pas construits : l’API seule répond. Lancez « npm run build ».\n',
    );
  const tell = demo ? writeDefects : writeLog;
  const context = {
    database,
    clock: systemClock,
    version,
    demo,
    resetDemo: reset,
    provider,
    publicUrl: demo ? PLAIN_HTTP : undefined,
    tracing,
    partners,
    // Of the demonstration, on somebody's own machine, nobody is counted: going from one role to the next is what it is for.
    limits: demo ? undefined : createRateLimits(configuration.limits, systemClock.elapsedMs),
    // The demonstration believes nobody about where a request comes from.
    behindProxy: configuration.behindProxy && !demo,
    terms,
    campaigns,
  };
  const log = (line: LogLine) => {
    tell(line);
    metrics.request(line);
  };
  return createApi(context, log, site);
}

interface WorkerParts extends Omit<JobSettings, 'clock' | 'closing'> {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly carry: CarryMessage;
  readonly origin: string;
  readonly partners: ReturnType<typeof readPartnerSettings>;
}

const openWorker = ({ database, metrics, partners, ...parts }: WorkerParts) =>
  startWorker(database, {
    clock: systemClock,
    ...parts,
    ended: (end) => {
      writeJobLog(end);
      metrics.job(end.job, end.outcome, end.ms / 1000);
    },
    pollSeconds: POLL_SECONDS,
    tell: partners,
  });

/** Listens on `port`; when nobody asked for one, on the default one or the first free after it. */
async function listen(api: ReturnType<typeof createApi>, port: number | undefined): Promise<string> {
  const last = port ?? DEFAULT_PORT + PORTS_TRIED;
  for (let tried = port ?? DEFAULT_PORT; ; tried += 1) {
    try {
      return await api.listen({ host: HOST, port: tried });
    } catch (error) {
      if (!isTaken(error) || tried >= last) throw portRefused(error, tried);
    }
  }
}

/** The demonstration's campaign lies beside what it was made of: others can be run there. */
function demoFolders(campaign: string): CampaignFolders | undefined {
  const campaigns = dirname(resolve(campaign));
  const deliveries = join(campaigns, 'deliveries');
  return existsSync(deliveries) ? { deliveries, campaigns, memory: DEMO_MEMORY } : undefined;
}

const requireServable = (database: Database, configuration: ReturnType<typeof readConfiguration>) =>
  requireStartable(database, configuration, 'serve');

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

function writeLog(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Of the demonstration, on somebody's own screen: only what is a defect of the program. */
function writeDefects(line: LogLine): void {
  if (line.status >= 500) writeLog(line);
}
