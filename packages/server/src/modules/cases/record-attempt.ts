import { CONTACT_AFTER_ATTEMPT, CONTACT_TRANSITIONS, type NewAttempt } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { changeCase, getCase, type StoredCase } from './change-case.ts';
import { canMove, requireOpen } from './transitions.ts';

/**
 * Records a contact attempt, also afterwards, never in advance: `now` is the present instant.
 * Throws `not_found`, `conflict`, `not_possible` (closed case, a move that the contact axis does not have, a date to come).
 */
export async function recordAttempt(
  caller: Caller,
  caseId: string,
  { version, channel, outcome, happenedAt = undefined }: NewAttempt,
  now: string,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  const at = happenedAt ?? now;
  if (Date.parse(at) > Date.parse(now))
    throw new RaccrocheError('not_possible', 'Une tentative ne se note pas d’avance.');
  requireOpen(before);
  const contact = CONTACT_AFTER_ATTEMPT[outcome];
  if (!canMove(CONTACT_TRANSITIONS, before.contact, contact))
    throw new RaccrocheError(
      'not_possible',
      'Cette personne ne souhaite pas être contactée : seule une prise de contact de sa part peut être notée.',
    );
  const isLatest = before.last_attempt_at === null || Date.parse(at) >= Date.parse(before.last_attempt_at);
  // Who was reached told how they are, and waits for no call any more.
  const found = outcome === 'reached' ? { confirmed_on: at.slice(0, 10), call_back_at: null } : {};
  return changeCase(caller, before, version, {
    kind: 'attempt',
    happenedAt: at,
    details: { channel, outcome },
    change: {
      attempts: before.attempts + 1,
      // Told afterwards, an older attempt does not change what was found since.
      ...(isLatest ? { contact, last_attempt_at: at, ...found } : {}),
    },
  });
}
