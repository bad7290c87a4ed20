import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import { findExtract, type PurgeReport, purge, readTerms } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { readConfiguration } from '../operations/configuration.ts';
import { extractPage } from '../privacy/extract-page.ts';
import { registerPage } from '../privacy/register-page.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

const SCHEMA_FILE = new URL('../../../schema.txt', import.meta.url);

const HELP = `
Les durées sont celles de « raccroche privacy register » ; RACCROCHE_CONSERVATION en change, par exemple
RACCROCHE_CONSERVATION=cases.closed=P3Y,access.session=P90D. Ce qu’une purge a effacé ne revient pas.

Exemples :
  raccroche privacy purge --dry-run
  raccroche privacy extract --siei ABCDEFGHJKLM --out acces-ABCDEFGHJKLM
  raccroche privacy register > registre.md`;

/** The terms of this place. Throws a RaccrocheError for a setting that is none. */
export const termsHere = () => readTerms(STORE_RETENTION, readConfiguration(process.env).retention);

/** Adds `privacy …`: how long data live, and what is held. */
export function addPrivacyCommands(program: Command, setExitCode: (code: number) => void): void {
  const privacy = program
    .command('privacy')
    .description('la durée des données, et ce qui est tenu sur les personnes')
    .addHelpText('after', HELP);
  privacy
    .command('purge')
    .description('efface ce dont la durée est échue, et cherche ce qui en resterait')
    .option('--dry-run', 'dit ce qui serait effacé, sans rien effacer')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .action(async ({ dryRun = false, json }: { dryRun?: boolean; json?: boolean }) => {
      const terms = termsHere();
      const report = await withStore(async (database) => {
        await requireMigrated(database);
        return purge(database, STORE_RETENTION, { today: todayOf(systemClock), terms, dryRun });
      });
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${purgeText(report)}\n`);
      if (report.proof.leftIn.length > 0) setExitCode(EXIT_CODES.invalid);
    });
  privacy
    .command('extract')
    .description('tout ce que la base tient sur quelqu’un, et qui l’a vu : donnees.json et donnees.html')
    .requiredOption('--siei <numéro>', 'son numéro SIEI')
    .requiredOption('--out <dossier>', 'un dossier nouveau, lisible de vous seul')
    .action(async ({ siei, out }: { siei: string; out: string }) => {
      const terms = termsHere();
      const extract = await withStore(async (database) => {
        await requireMigrated(database);
        return extractHere(database, siei);
      });
      mkdirSync(out, { mode: 0o700 });
      writeFileSync(join(out, 'donnees.json'), `${JSON.stringify(extract, null, 2)}\n`, { mode: 0o600 });
      writeFileSync(join(out, 'donnees.html'), extractPage(extract, terms, STORE_RETENTION), { mode: 0o600 });
      process.stdout.write(`Écrit dans ${out} : donnees.json, donnees.html. La trace le dit.\n`);
    });
  privacy
    .command('register')
    .description('écrit le registre du traitement, d’après le schéma et les durées d’ici')
    .action(() => {
      process.stdout.write(registerPage(readFileSync(SCHEMA_FILE, 'utf8'), STORE_RETENTION, termsHere()));
    });
}

/** Throws a RaccrocheError when nobody has this number. The trail tells that it was asked on the machine itself. */
function extractHere(database: Database, siei: string) {
  return database.transaction({ role: 'raccroche_keeper' }, async (keeper) => {
    const { rows } = await keeper.query<{ case_id: string }>(
      'SELECT case_id FROM cases.cases WHERE siei = $1',
      [siei],
    );
    const caseId = rows[0]?.case_id;
    const extract =
      caseId === undefined
        ? undefined
        : await findExtract(keeper, STORE_RETENTION, caseId, systemClock.now());
    if (!extract)
      throw new RaccrocheError(
        'no_such_person',
        `Aucun dossier ne porte le numéro « ${siei} ».`,
        EXIT_CODES.usage,
      );
    await keeper.query('SELECT privacy.record_extract($1)', [caseId]);
    return extract;
  });
}

const LABELS = new Map(
  STORE_RETENTION.flatMap(({ classes }) => classes).map(({ code, label }) => [code, label] as const),
);

function purgeText({ dryRun, classes, tables, held, proof }: PurgeReport): string {
  const lines = Object.entries(classes).map(([code, n]) => `  ${n}  ${code} : ${LABELS.get(code) ?? ''}`);
  const rows = Object.entries(tables)
    .filter(([, n]) => n > 0)
    .map(([table, n]) => `  ${n}  ${table}`);
  const proved =
    proof.searched === 0
      ? 'Rien à chercher ensuite : aucun dossier.'
      : proof.leftIn.length === 0
        ? `Cherchés ensuite dans les ${proof.tables} tables, toutes colonnes : ${proof.searched} numéros effacés, aucun trouvé.`
        : `Il en reste dans ${proof.leftIn.join(', ')} : c’est un défaut, signalez-le.`;
  return [
    dryRun ? 'Serait effacé (rien ne l’a été) :' : 'Effacé :',
    ...lines,
    ...(held > 0
      ? [`  ${held} dossiers échus sont gardés : la personne l’a demandé ou sa demande est en cours.`]
      : []),
    ...(rows.length > 0 ? ['Par table :', ...rows] : []),
    proved,
  ].join('\n');
}
