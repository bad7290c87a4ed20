import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { CampaignOptions } from './options.ts';

/** A delivered file as the file system tells it. */
export interface DeliveredFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Files under the folder of deliveries, sorted by path. Throws when there is no such folder. */
export function listDeliveredFiles(folder: string): DeliveredFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new RaccrocheError(
      'no_deliveries',
      `« ${folder} » n’est pas un dossier. Donnez à --deliveries le dossier des fichiers reçus.`,
      EXIT_CODES.usage,
    );
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(file);
      return { path: relative(folder, file).split(sep).join('/'), bytes: size, modifiedMs: mtimeMs };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Tells whether a killed run may be resumed: same files (name, size, time of change), same question, same version.
 * Cheap on purpose: the content itself is hashed when it is read.
 */
export function fingerprintOf(
  options: CampaignOptions,
  files: readonly DeliveredFile[],
  version: string,
): string {
  const { deliveries, asOf, ruleSetId, previous, registry, allowMissing } = options;
  return createHash('sha256')
    .update(JSON.stringify({ version, deliveries, asOf, ruleSetId, previous, registry, allowMissing, files }))
    .digest('hex');
}
