import type { EventKind } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { bringBack } from './agenda/bring-back.ts';
import { type CaseChange, changeCase, getCase, type StoredCase } from './change-case.ts';
import type { CasesTables } from './tables.ts';

/** What called an interview off, and left its hour to others. */
const CALLING_OFF: ReadonlySet<string> = new Set<EventKind>(['closed', 'refuted', 'interview_cancelled']);
/** What concerns two cases or two platforms, or made the case, has another way back, or none. */
const NOT_TAKEN_BACK: ReadonlySet<string> = new Set<EventKind>([
  'merged',
  'merged_from',
  'parted',
  'parted_from',
  'handed_over',
  'signalled',
  'school_answered',
]);

/**
 * Takes back the last thing that happened to a case, when the caller did it. The timeline keeps both. An interview that was called
 * off comes back if it can still be (`bringBack`); `now`: ISO instant.
 * Throws `not_found`, `conflict`, `not_possible` (somebody else's act, a publication, an undo).
 */
export async function undoLast(
  caller: Caller,
  caseId: string,
  version: number,
  now: string,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  const last = await caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.events')
    .select(['event_id', 'kind', 'actor', 'undoes', 'before', 'recorded_at'])
    .where('case_id', '=', caseId)
    .where('case_version', '=', before.version)
    .executeTakeFirst();
  if (!last || last.actor !== caller.personId || last.undoes !== null)
    throw new RaccrocheError(
      'not_possible',
      'La dernière action sur ce dossier n’est pas la vôtre, ou est déjà annulée.',
    );
  if (NOT_TAKEN_BACK.has(last.kind))
    throw new RaccrocheError(
      'not_possible',
      'Cela ne s’annule pas : séparez les dossiers réunis, rendez le dossier transféré, ou clôturez.',
    );
  const back = CALLING_OFF.has(last.kind)
    ? await bringBack(caller, before, last, now)
    : { change: last.before as CaseChange };
  return changeCase(caller, before, version, {
    kind: 'undone',
    ...back,
    undoes: last.event_id,
  });
}
