import type { HandOver } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { requireUnrestricted } from '../../privacy/index.ts';
import { getCase } from '../change-case.ts';
import { requireOpen } from '../transitions.ts';

/**
 * Hands a case over to another platform: the caller no longer sees it afterwards, the other side is told. A list that still names the
 * former platform does not take it back. Throws `not_found`, `conflict`, `not_possible` (closed, the same platform, one for which nobody is designated).
 */
export async function handOver(
  caller: Caller,
  caseId: string,
  { version, platform }: HandOver,
): Promise<void> {
  const before = await getCase(caller, caseId);
  requireOpen(before);
  if (before.platform_id === platform)
    throw new RaccrocheError('not_possible', 'Ce dossier est déjà suivi par cette plateforme.');
  if (before.version !== version)
    throw new RaccrocheError('conflict', 'Quelqu’un a modifié ce dossier depuis que vous l’avez ouvert.');
  await requireUnrestricted(caller, caseId);
  const { rows } = await caller.transaction.query<{ version: number | null }>(
    'SELECT cases.hand_over($1, $2, $3) AS version',
    [caseId, platform, version],
  );
  if (rows[0]?.version == null)
    throw new RaccrocheError(
      'not_possible',
      'Cette plateforme n’existe pas, ou ce dossier n’est pas à vous.',
    );
}

/** Platforms of the country. A case may be handed over to those that are designated. Nothing about anybody. */
export async function listPlatforms({ transaction }: Caller) {
  const { rows } = await transaction.query<{
    platform_id: string;
    name: string;
    department: string;
    designated: boolean;
  }>(
    `SELECT platform_id, name, department, platform_id IN (SELECT access.designated_platforms()) AS designated
     FROM access.platforms ORDER BY department, name COLLATE "C", platform_id`,
  );
  return rows.map(({ platform_id, ...row }) => ({ platformId: platform_id, ...row }));
}
