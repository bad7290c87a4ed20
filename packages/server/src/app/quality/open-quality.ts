import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  readTruthSettings,
  TRUTH_RULE_SETS,
  TRUTH_TABLES,
  type TruthRuleSet,
  type TruthSettings,
} from '@raccroche/synthetic';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { OpenCampaign } from '../../modules/lists/index.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { frenchDay } from './labels.ts';

const refuse = (code: string, message: string, exitCode: number = EXIT_CODES.usage): RaccrocheError =>
  new RaccrocheError(code, message, exitCode);

/** The truth that a campaign can be held against. Throws a RaccrocheError when `truthFolder` holds no whole truth, or not that of the campaign's day and rules. */
export function getTruth(
  truthFolder: string,
  { asOf, ruleSet }: OpenCampaign['manifest'],
): { readonly settings: TruthSettings; readonly ruleSet: TruthRuleSet } {
  const missing = TRUTH_TABLES.filter((table) => !holdsCsv(join(truthFolder, table)));
  if (missing.length > 0)
    throw refuse(
      'no_truth',
      `« ${truthFolder} » n’est pas une vérité entière : il manque ${missing.join(', ')}. Donnez avec --truth le dossier « truth » que « raccroche synthetic write » a écrit à côté des livraisons.`,
    );
  const settings = readTruthSettings(truthFolder);
  if (settings === undefined)
    throw refuse(
      'no_truth',
      `« ${truthFolder} » ne dit pas de quel pays il est la vérité : settings.json n’y est pas, ou est d’une autre version. Écrivez ce pays de nouveau avec « raccroche synthetic write ».`,
    );
  if (settings.asOf !== asOf)
    throw refuse(
      'other_date',
      `La vérité est celle du ${frenchDay(settings.asOf)}, la campagne celle du ${frenchDay(asOf)}. Menez la campagne à la date de la vérité, ou écrivez le pays à celle de la campagne.`,
    );
  const known = TRUTH_RULE_SETS.find((one) => one === ruleSet.id);
  if (known === undefined)
    throw refuse(
      'no_truth_for_rules',
      `La vérité ne dit pas qui les règles « ${ruleSet.id} » devraient lister ; elle connaît : ${TRUTH_RULE_SETS.join(', ')}.`,
    );
  return { settings, ruleSet: known };
}

function holdsCsv(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.csv'));
}

/** Rows of a file received that must be told by the truth, file by file; the first that is not, if any. */
const STRANGE_FILE = `SELECT f.path, f.row_count AS received, coalesce(r.n, 0) AS told
  FROM sources.files f LEFT JOIN (SELECT file_no, count(*) AS n FROM quality.rows GROUP BY file_no) r USING (file_no)
  WHERE NOT f.rejected AND f.row_count <> coalesce(r.n, 0) ORDER BY f.path LIMIT 1`;
const UNKNOWN_RECORDS = `SELECT (SELECT count(*) FROM sources.records) - (SELECT count(record) FROM quality.rows) AS n`;

/** Throws a RaccrocheError when the truth that was read is not that of these deliveries. */
export async function requireSameDeliveries(database: Database, settings: TruthSettings): Promise<void> {
  const [file] = await database.all<{ path: string; received: string; told: string }>(STRANGE_FILE);
  const country = `graine ${settings.seed}, ${settings.people} personnes`;
  if (file !== undefined)
    throw refuse(
      'other_truth',
      `Cette vérité (${country}) n’est pas celle des livraisons de la campagne : « ${file.path} » a ${file.received} lignes, elle en connaît ${file.told}. Donnez la vérité écrite avec ces livraisons.`,
    );
  const [unknown] = await database.all<{ n: string }>(UNKNOWN_RECORDS);
  if (Number(unknown?.n) !== 0)
    throw refuse(
      'other_truth',
      `Cette vérité (${country}) n’est pas celle des livraisons de la campagne : elle ne dit rien de ${unknown?.n} enregistrements. Donnez la vérité écrite avec ces livraisons.`,
    );
}
