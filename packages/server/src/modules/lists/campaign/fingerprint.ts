import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { CampaignOptions } from './options.ts';

/** A delivered file as the file system tells it; nothing of it when it cannot be looked at (a dead link). */
export interface DeliveredFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/**
 * Everything under the folder of deliveries but folders, sorted by path: sidecars too, and the links and devices that
 * intake refuses. Throws when there is no such folder.
 */
export function listDeliveredFiles(folder: string): DeliveredFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new RaccrocheError(
      'no_deliveries',
      `« ${folder} » n’est pas un dossier. Donnez à --deliveries le dossier des fichiers reçus.`,
      EXIT_CODES.usage,
    );
  }
  return entriesUnder(folder)
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const facts = look(file);
      return {
        path: relative(folder, file).split(sep).join('/'),
        bytes: facts?.size ?? 0,
        modifiedMs: facts?.mtimeMs ?? 0,
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A folder that may not be opened could hide files: nothing is read then. */
function entriesUnder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    throw new RaccrocheError(
      'deliveries_unreadable',
      `« ${folder} », ou l’un de ses sous-dossiers, ne peut pas être ouvert. Vérifiez vos droits d’accès.`,
      EXIT_CODES.usage,
    );
  }
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Tells whether a killed run may be resumed: same files (name, size, time of change), same question, same version.
 * Cheap on purpose: the content itself is hashed when it is read. `decisions`: hash of the file of decisions.
 */
export function fingerprintOf(
  options: CampaignOptions,
  files: readonly DeliveredFile[],
  version: string,
  decisions?: string,
): string {
  const { deliveries, asOf, ruleSetId, previous, retrain, registry, allowMissing } = options;
  return createHash('sha256')
    .update(
      JSON.stringify({
        version,
        deliveries,
        asOf,
        ruleSetId,
        previous,
        retrain,
        registry,
        allowMissing,
        files,
        decisions,
      }),
    )
    .digest('hex');
}
