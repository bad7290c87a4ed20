import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import { openDatabase } from '../../platform/duckdb/database.ts';
import { readDeliveries } from './read-deliveries.ts';
import { deliveryReportText, writeDeliveryReports } from './reports/delivery-report.ts';
import { readReports } from './reports/read-reports.ts';
import { tableSchemaOf, templateOf } from './table-schema.ts';

interface CheckOptions {
  asOf?: string;
  json?: boolean;
  report?: string;
}

const EXAMPLES = `
Exemples :
  raccroche delivery check eleves.xml
  raccroche delivery check effectifs.csv contrats.csv --report rapports

Rien n’est copié ni envoyé. Code de sortie : 0 quand chaque fichier est lisible (même avec des lignes rejetées),
4 quand un fichier est refusé en entier.`;

/** Adds `delivery check`: what a sender can run alone, before sending. */
export function addSourcesCommands(program: Command, setExitCode: (code: number) => void): void {
  const delivery = program.command('delivery').description('vérifier des fichiers avant de les envoyer');
  for (const [name, description, write] of [
    ['schema', 'imprimer la description (Table Schema) d’un fichier du format d’échange', schemaText],
    ['template', 'imprimer un modèle vide d’un fichier du format d’échange', templateOf],
  ] as const) {
    delivery
      .command(name)
      .description(description)
      .addArgument(new Argument('<sorte>', 'sorte de fichier').choices(ROW_KINDS))
      .action((kind: RowKind) => {
        process.stdout.write(write(kind));
      });
  }
  delivery
    .command('check')
    .argument('<fichiers...>', 'fichiers à vérifier')
    .description('dire ce qui serait lu, rejeté ou refusé, et que faire')
    .option('--as-of <aaaa-mm-jj>', 'date de référence (aujourd’hui par défaut)', (text) => {
      const date = parseCivilDate(text);
      if (!date) throw new InvalidArgumentError('Écrivez la date aaaa-mm-jj, par exemple 2025-11-15.');
      return date;
    })
    .option('--report <dossier>', 'écrire aussi des pages HTML dans ce dossier')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: CheckOptions) => {
      const refused = await checkDeliveries(files, options);
      if (refused) setExitCode(EXIT_CODES.invalid);
    });
}

function schemaText(kind: RowKind): string {
  return `${JSON.stringify(tableSchemaOf(kind), null, 2)}\n`;
}

/** Prints the report of each file; true when one is refused as a whole. */
async function checkDeliveries(files: readonly string[], options: CheckOptions): Promise<boolean> {
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new RaccrocheError(
      'file_not_found',
      `Fichier introuvable : ${missing.join(', ')}.`,
      EXIT_CODES.usage,
    );
  }
  const workFolder = mkdtempSync(join(tmpdir(), 'raccroche-'));
  const forget = () => rmSync(workFolder, { recursive: true, force: true });
  // Also on Ctrl-C, which ends the process at once: it holds people's data.
  process.once('exit', forget);
  const database = await openDatabase({ memoryLimit: '2GB', spillFolder: workFolder });
  try {
    const asOf = options.asOf ?? todayOf(systemClock);
    const summary = await readDeliveries(database, {
      files,
      asOf,
      workFolder,
    });
    const reports = await readReports(database);
    if (options.report !== undefined) {
      mkdirSync(options.report, { recursive: true });
      await writeDeliveryReports(database, resolve(options.report));
    }
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ asOf, ...summary, reports })}\n`
        : `${reports.map(deliveryReportText).join('\n\n')}\n`,
    );
    return reports.some(({ rejected }) => rejected);
  } finally {
    database.close();
    forget();
  }
}
