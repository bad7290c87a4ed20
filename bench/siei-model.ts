/**
 * Makes the model of the SIEI's sources that ships with the linkage module: an invented region larger than that of the
 * demonstration is read and linked as a campaign would be, and the model is estimated on its records without any label; the
 * truth of the region is not looked at. The same recipe gives the same bytes.
 * Run: npm run model
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeModelFile } from '@raccroche/linkage';
import { writeFrance } from '@raccroche/synthetic';
import { linkRecords } from '../packages/server/src/modules/linkage/index.ts';
import {
  SHIPPED_FILES,
  type ShippedRecipe,
} from '../packages/server/src/modules/linkage/look-alikes/shipped-model.ts';
import { SIEI_MODEL } from '../packages/server/src/modules/linkage/look-alikes/siei-model.ts';
import { loadReferential, readDeliveries } from '../packages/server/src/modules/sources/index.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';

/** None of the seeds that anything is measured on. */
const RECIPE = { seed: 20260901, people: 18_000, departments: ['59', '62'], asOf: '2025-11-15' };
const WINDOW_START = '2024-09-01';
const FOLDER = join(import.meta.dirname, '../packages/server/src/modules/linkage/look-alikes');

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const folder = mkdtempSync(join(tmpdir(), 'siei-model-'));
const database = await openDatabase({ memoryLimit: '2GB', spillFolder: folder });
try {
  const { deliveries } = await writeFrance({
    ...RECIPE,
    senders: 'establishments',
    faults: 'named',
    threads: 1,
    out: folder,
  });
  await loadReferential(database);
  await readDeliveries(database, { deliveries, asOf: RECIPE.asOf, workFolder: join(folder, 'work') });
  const { lookAlikes } = await linkRecords(database, {
    asOf: RECIPE.asOf,
    windowStart: WINDOW_START,
    startFrom: SIEI_MODEL,
  });
  if (lookAlikes.judgedBy !== 'estimated')
    throw new Error('the region is too small, or training is not safe');
  const recipe: ShippedRecipe = {
    ...RECIPE,
    variants: lookAlikes.variants,
    definition: sha256(writeModelFile(SIEI_MODEL)),
    model: sha256(lookAlikes.modelText),
  };
  writeFileSync(join(FOLDER, SHIPPED_FILES.model), lookAlikes.modelText);
  writeFileSync(join(FOLDER, SHIPPED_FILES.recipe), `${JSON.stringify(recipe, null, 2)}\n`);
  process.stdout.write(
    `${lookAlikes.variants} ways of writing people, ${lookAlikes.links} links by resemblance\n`,
  );
} finally {
  database.close();
  rmSync(folder, { recursive: true, force: true });
}
