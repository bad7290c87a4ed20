import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES } from '../../kernel/errors.ts';
import { type ArchiveContents, backUp, restore } from '../../platform/postgres/archive.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { makeJobQueue } from '../../platform/postgres/job-queue.ts';
import { writeChecks } from '../../platform/terminal/checks.ts';
import { QUEUES } from '../jobs/job-minutes.ts';
import { checkStore } from '../store/check-store.ts';
import { migrateStore, STORE_SCHEMAS, storeMigrations } from '../store/migrations.ts';
import { grantServiceLogin, SERVICE_ROLES, type ServiceProgram } from '../store/service-login.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

/** What the base must look like: written by `npm run docs`, compared by the tests and by `db check`. */
const SCHEMA_FILE = new URL('../../../schema.txt', import.meta.url);
/** Nobody is in a new base; somebody is in any base that was ever used. */
const EMPTY_WHEN_NEW = 'access.people';

const HELP = `
La base est dans « var/base », sauf si DATABASE_URL donne l’adresse d’un serveur PostgreSQL (15 ou plus récent).
Une sauvegarde se restaure sur l’une comme sur l’autre : c’est ainsi qu’on passe de la base embarquée à un serveur.

Exemples :
  raccroche db migrate
  raccroche db backup sauvegardes/2025-11-15
  DATABASE_URL=postgres://raccroche@localhost/raccroche raccroche db restore sauvegardes/2025-11-15`;

/** Adds `db …`: the life of the platforms' store. */
export function addDbCommands(program: Command, setExitCode: (code: number) => void): void {
  const db = program.command('db').description('la base des plateformes').addHelpText('after', HELP);
  db.command('migrate')
    .description('crée la base ou la met à jour pour cette version')
    .action(async () => {
      const applied = await withStore(makeStore);
      const names = applied.map(({ module, number, name }) => `  ${module}/${number}  ${name}`);
      process.stdout.write(
        applied.length === 0 ? 'La base est à jour.\n' : `Migrations appliquées :\n${names.join('\n')}\n`,
      );
    });
  db.command('check')
    .description('compare la base à ce que cette version attend')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .action(async (options: { json?: boolean }) => {
      const checks = await withStore((database) => checkStore(database, readFileSync(SCHEMA_FILE, 'utf8')));
      if (!writeChecks(checks, options)) setExitCode(EXIT_CODES.invalid);
    });
  db.command('service-login <compte>')
    .description(
      'donne à un compte du serveur les seuls rôles d’un programme : il ne possède rien et n’hérite de rien',
    )
    .addOption(
      new Option('--for <programme>', 'celui qui se connectera sous ce compte')
        .choices(Object.keys(SERVICE_ROLES))
        .default('serve'),
    )
    .action(async (name: string, options: { for: ServiceProgram }) => {
      const roles = await withStore(async (database) => {
        await requireMigrated(database);
        return grantServiceLogin(database, name, options.for);
      });
      process.stdout.write(`« ${name} » peut lancer « raccroche ${options.for} » : ${roles.join(', ')}.\n`);
    });
  db.command('backup <dossier>')
    .description('copie toute la base, telle qu’elle est à cet instant, dans un dossier nouveau')
    .action(async (folder: string) => {
      const contents = await withStore(async (database) => {
        await requireMigrated(database);
        return backUp(database, { ...archiveOf(folder), createdAt: systemClock.now() });
      });
      process.stdout.write(`Sauvegarde faite : ${told(contents)}, dans ${folder}.\n`);
    });
  db.command('restore <dossier>')
    .description('reprend une sauvegarde dans une base vide')
    .action(async (folder: string) => {
      const contents = await withStore(async (database) => {
        await makeStore(database);
        return restore(database, { ...archiveOf(folder), emptied: EMPTY_WHEN_NEW });
      });
      process.stdout.write(`Sauvegarde reprise : ${told(contents)}.\n`);
    });
}

/** The tables of the modules, and those of the queue of jobs, which only the owner makes. */
async function makeStore(database: Database) {
  const applied = await migrateStore(database);
  await makeJobQueue(database, QUEUES);
  return applied;
}

const archiveOf = (folder: string) => ({
  folder: resolve(folder),
  schemas: STORE_SCHEMAS,
  migrations: storeMigrations(),
});

function told({ tables }: ArchiveContents): string {
  return `${tables.reduce((sum, { rows }) => sum + rows, 0)} lignes de ${tables.length} tables`;
}
