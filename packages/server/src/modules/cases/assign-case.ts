import type { NewAssignment } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { changeCase, getCase, type StoredCase } from './change-case.ts';
import { requireOpen } from './transitions.ts';

/**
 * Gives the case to one referent, or to nobody. Throws `not_found`, `conflict`, and `not_possible` when the referent may not
 * act on the cases of its platform.
 */
export async function assignCase(
  caller: Caller,
  caseId: string,
  { version, referent }: NewAssignment,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  requireOpen(before);
  if (referent !== null) await requireColleague(caller, before, referent);
  return changeCase(caller, before, version, {
    kind: 'assigned',
    details: { referent },
    change: { referent },
  });
}

/** Throws `not_possible` when somebody may not act on the cases of the platform of this one. */
export async function requireColleague(
  { transaction }: Caller,
  { platform_id }: StoredCase,
  person: string,
): Promise<void> {
  const { rows } = await transaction.query('SELECT FROM access.colleagues($1) WHERE person_id = $2', [
    platform_id,
    person,
  ]);
  if (rows.length === 0)
    throw new RaccrocheError(
      'not_possible',
      'Cette personne ne peut pas suivre un dossier de cette plateforme.',
    );
}
