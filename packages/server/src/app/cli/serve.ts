import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { whenAskedToStop } from '../../platform/terminal/interruption.ts';
import { createApi, type LogLine } from '../api/server.ts';
import { readSite } from '../api/site.ts';
import { fillDemo } from '../demonstration/fill-demo.ts';
import { migrateStore } from '../store/migrations.ts';
import { requireMigrated } from '../store/with-store.ts';

const DEFAULT_PORT = 8420;
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

async function serve({ port = undefined, demo = false, campaign }: ServeOptions): Promise<void> {
  const database = await openDatabaseAt(
    demo ? { folder: join(process.cwd(), 'var', 'demo') } : locateDatabase(process.env, process.cwd()),
  );
  try {
    await (demo ? prepareDemo(database, resolve(campaign)) : requireMigrated(database));
    const site = readSite(SITE);
    if (site === undefined)
      process.stderr.write(
        'Les écrans ne sont pas construits : l’API seule répond. Lancez « npm run build ».\n',
      );
    const api = createApi(
      { database, clock: systemClock, version, demo },
      demo ? writeDefects : writeLog,
      site,
    );
    const stopped = new Promise<void>((done) => {
      whenAskedToStop(async () => {
        // Requests under way are answered first.
        await api.close();
        await database.close();
        done();
      });
    });
    const address = await listen(api, port);
    process.stdout.write(
      `Raccroche répond sur ${address}${demo ? ' (démonstration)' : ''}. Ctrl-C pour arrêter.\n`,
    );
    await stopped;
  } catch (error) {
    await database.close();
    throw error;
  }
}

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

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

async function prepareDemo(database: Parameters<typeof fillDemo>[0], campaign: string): Promise<void> {
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
  if (!isTaken(error)) return error;
  return new RaccrocheError(
    'port_taken',
    `Le port ${port} est déjà pris. Arrêtez ce qui l’occupe, ou donnez-en un autre avec --port.`,
    EXIT_CODES.usage,
  );
}

function writeLog(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Of the demonstration, on somebody's own screen: only what is a defect of the program. */
function writeDefects(line: LogLine): void {
  if (line.status >= 500) writeLog(line);
}
