import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { LockHeldError, takeLock } from '../../../platform/files/lock-file.ts';

/**
 * A folder beside the campaign for a trial of it, one at a time. It holds copies of records and of the registry's key: it goes
 * when the process ends, and what a killed one left goes now.
 */
export function openTrialFolder(campaign: string): { readonly folder: string; readonly remove: () => void } {
  const folder = join(dirname(campaign), `.essai-${basename(campaign)}`);
  const release = lockTrial(`${folder}.verrou`);
  const remove = () => {
    process.removeListener('exit', remove);
    rmSync(folder, { recursive: true, force: true });
    release();
  };
  // Somebody who interrupts must not leave it behind either.
  process.once('exit', remove);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  return { folder, remove };
}

function lockTrial(path: string): () => void {
  try {
    return takeLock(path);
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    throw new RaccrocheError(
      'what_if_running',
      `Une comparaison avec cette campagne est déjà en cours. Attendez qu’elle finisse ; si aucune ne tourne, supprimez « ${error.path} ».`,
    );
  }
}
