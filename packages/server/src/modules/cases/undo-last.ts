import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { type CaseChange, changeCase, getCase, type StoredCase } from './change-case.ts';
import type { CasesTables } from './tables.ts';

/** What concerns two cases is not taken back on one of them. */
const OF_TWO_CASES: ReadonlySet<string> = new Set(['merged', 'merged_from', 'parted', 'parted_from']);

/**
 * Takes back the last thing that happened to a case, when the caller did it. The timeline keeps both.
 * Throws `not_found`, `conflict`, `not_possible` (somebody else's act, a publication, an undo).
 */
export async function undoLast(caller: Caller, caseId: string, version: number): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  const last = await caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.events')
    .select(['event_id', 'kind', 'actor', 'undoes', 'before'])
    .where('case_id', '=', caseId)
    .where('case_version', '=', before.version)
    .executeTakeFirst();
  if (!last || last.actor !== caller.personId || last.undoes !== null)
    throw new RaccrocheError(
      'not_possible',
      'La dernière action sur ce dossier n’est pas la vôtre, ou est déjà annulée.',
    );
  if (OF_TWO_CASES.has(last.kind))
    throw new RaccrocheError(
      'not_possible',
      'Deux dossiers réunis se séparent ; séparés, ils se réunissent.',
    );
  return changeCase(caller, before, version, {
    kind: 'undone',
    change: last.before as CaseChange,
    undoes: last.event_id,
  });
}
