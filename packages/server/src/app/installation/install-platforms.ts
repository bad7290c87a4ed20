import { type InstalledPlatform, installPlatform } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { PlatformFile, PlatformProblem } from './read-platforms.ts';

export interface PlatformsReport {
  readonly made: number;
  /** There already, just so. */
  readonly there: number;
  readonly problems: readonly PlatformProblem[];
}

const COMMUNES_TOLD = 5;

/** All or nothing: with one problem nothing is made, and nothing is with `dryRun`. The same file again changes nothing. */
export async function installPlatforms(
  database: Database,
  { rows, problems }: PlatformFile,
  dryRun: boolean,
): Promise<PlatformsReport> {
  const found = [...problems];
  const counts = { made: 0, there: 0 };
  const undo = new Error('undo');
  await database
    .transaction({}, async (transaction) => {
      for (const { line, platform } of rows) {
        const done = await installPlatform(transaction, platform);
        if (done.outcome === 'made' || done.outcome === 'there') counts[done.outcome] += 1;
        else found.push({ line, text: refusalOf(done, platform.code) });
      }
      if (dryRun || found.length > 0) throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return { ...counts, problems: found.sort((one, other) => one.line - other.line) };
}

function refusalOf(done: InstalledPlatform, code: string): string {
  if (done.outcome !== 'taken')
    return `code « ${code} » : une plateforme le porte déjà, avec un autre nom, un autre département ou une autre zone. Changez-la dans l’application.`;
  const told = done.communes.slice(0, COMMUNES_TOLD).map(({ commune, by }) => `${commune} (${by})`);
  const more = done.communes.length > COMMUNES_TOLD ? '…' : '';
  return `communes déjà à une autre plateforme : ${told.join(', ')}${more}.`;
}
