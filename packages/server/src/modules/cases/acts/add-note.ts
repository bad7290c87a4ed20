import { type NewNote, NOTE_MONTHS, noteConcerns } from '@raccroche/contract';
import { addMonths, type CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';

/**
 * Adds a short note, which is erased long before the case. What it seems to speak of that it should not is told first:
 * `not_possible` until the warning was read. The timeline says that there was a note, never what it said.
 */
export async function addNote(
  caller: Caller,
  caseId: string,
  { version, text, acknowledged }: NewNote,
  today: CivilDate,
): Promise<StoredCase> {
  const warned = requireAcknowledged(text, acknowledged);
  const after = await actOnCase(caller, caseId, version, () => ({
    kind: 'note_added',
    details: { eraseAfter: addMonths(today, NOTE_MONTHS), ...(warned ? { warned: true } : {}) },
    change: {},
  }));
  await keepNote(caller, after, text, today);
  return after;
}

/**
 * Throws `not_possible` for a text that seems to speak of what it should not, until the warning was read. True when there was one.
 */
export function requireAcknowledged(text: string, acknowledged: boolean): boolean {
  const concerns = noteConcerns(text);
  if (concerns.length > 0 && !acknowledged)
    throw new RaccrocheError(
      'not_possible',
      `Cette note semble parler de : ${concerns.join(', ')}. Retirez ce qui n’est pas utile, ou confirmez l’avoir lue.`,
    );
  return concerns.length > 0;
}

/** Writes the note of the last event of a case: an undone event hides it. */
export async function keepNote(
  caller: Caller,
  { case_id, version }: StoredCase,
  text: string,
  today: CivilDate,
): Promise<void> {
  await caller.transaction.query(
    'INSERT INTO cases.notes (case_id, case_version, author, text, erase_after) VALUES ($1, $2, $3, $4, $5)',
    [case_id, version, caller.personId, text, addMonths(today, NOTE_MONTHS)],
  );
}
