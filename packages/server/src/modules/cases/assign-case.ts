import type { NewAssignment } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { takeRoom } from './caseloads.ts';
import { changeCase, getCase, type StoredCase } from './change-case.ts';
import { requireOpen } from './transitions.ts';

/**
 * Gives the case to one referent, or to nobody. Throws `not_found`, `conflict`, and `not_possible` when the referent may not
 * act on the cases of its platform, `caseload_full` when they follow as many as it permits and no reason is told.
 */
export async function assignCase(
  caller: Caller,
  caseId: string,
  { version, referent, beyond }: NewAssignment,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  requireOpen(before);
  if (referent !== null) await requireColleague(caller, before, referent);
  const asked = { platform: before.platform_id, referent, beyond };
  const isBeyond = isMore(before, asked) && (await takeRoom(caller, asked));
  return changeCase(caller, before, version, {
    kind: 'assigned',
    details: isBeyond ? { referent, beyond } : { referent },
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

interface Given {
  readonly platform: string | null;
  readonly referent: string | null;
}

/** One more case for somebody, rather than one fewer or the same. */
const isMore = <G extends Given>(
  before: StoredCase,
  asked: G,
): asked is G & { readonly platform: string; readonly referent: string } =>
  asked.referent !== null && asked.platform !== null && asked.referent !== before.referent;
