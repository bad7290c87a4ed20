import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './open-campaign.ts';

/**
 * Without what people decided, a campaign that follows another, or is tried beside it, would undo in silence what they joined
 * and parted, and ask them again. Throws a RaccrocheError when that one held decisions and no file is given; one without any
 * line takes them all back.
 */
export function requireDecisions({ decisions }: Manifest, given: string | undefined): void {
  if (decisions === undefined || decisions.given === 0 || given !== undefined) return;
  throw new RaccrocheError(
    'without_decisions',
    `La campagne tient compte de ${decisions.given} décisions (${decisions.file}). Redonnez ce fichier avec --decisions, ou, pour les retirer toutes, un fichier sans ligne.`,
    EXIT_CODES.usage,
  );
}

/** The same, of the folder of a previous campaign; lists alone, without a manifest, tell of no decision. */
export function requireDecisionsOfPrevious(previous: string, given: string | undefined): void {
  if (existsSync(join(previous, 'manifest.json'))) requireDecisions(readManifest(previous), given);
}
