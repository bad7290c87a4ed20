import type { Merge } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { NO_INTERVIEW } from '../agenda/appointment.ts';
import { bringBack } from '../agenda/bring-back.ts';
import { changeCase, getCase, type StoredCase } from '../change-case.ts';
import type { CasesTables } from '../tables.ts';
import { requireOpen } from '../transitions.ts';
import { keepDecision } from './decide-litige.ts';

/**
 * Joins a case with the one that goes on: it is closed and its interview called off, its story is read with the other's, and a later campaign is told that the
 * two numbers are one person. Gives the case that goes on.
 * Throws `not_found`, `conflict`, `not_possible` (one is closed, the same case, joined already).
 */
export async function mergeCases(
  caller: Caller,
  caseId: string,
  { version, into, intoVersion }: Merge,
  today: CivilDate,
): Promise<StoredCase> {
  const duplicate = await getCase(caller, caseId);
  if (caseId === into) throw new RaccrocheError('not_possible', 'C’est le même dossier.');
  const kept = await getCase(caller, into);
  requireOpen(duplicate);
  requireOpen(kept);
  await changeCase(caller, duplicate, version, {
    kind: 'merged',
    details: { into },
    change: {
      pathway: 'closed',
      outcome: 'merged',
      merged_into: into,
      closed_by_human: true,
      closed_by: caller.personId,
      closed_on: today,
      ...NO_INTERVIEW,
    },
  });
  await decide(caller, duplicate, kept, 'same', today);
  return changeCase(caller, kept, intoVersion, {
    kind: 'merged_from',
    details: { from: caseId },
    change: {},
  });
}

/**
 * Parts a case from the one with which it was joined: it is again as it was then, its interview if that can still be, and a later campaign is told that the two numbers
 * are two people. Throws `not_found`, `conflict`, `not_possible` (not joined).
 */
export async function partCases(
  caller: Caller,
  caseId: string,
  version: number,
  { today, now }: { readonly today: CivilDate; readonly now: string },
): Promise<StoredCase> {
  const duplicate = await getCase(caller, caseId);
  const { merged_into: into } = duplicate;
  if (into === null) throw new RaccrocheError('not_possible', 'Ce dossier n’est réuni avec aucun autre.');
  const kept = await getCase(caller, into);
  const merged = await caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.events')
    .select(['before', 'recorded_at'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'merged')
    .orderBy('case_version', 'desc')
    .executeTakeFirstOrThrow();
  const back = await bringBack(caller, duplicate, merged, now);
  const after = await changeCase(caller, duplicate, version, {
    kind: 'parted',
    details: { from: into, ...back.details },
    change: back.change,
  });
  await changeCase(caller, kept, kept.version, {
    kind: 'parted_from',
    details: { from: caseId },
    change: {},
  });
  await decide(caller, duplicate, kept, 'different', today);
  return after;
}

const decide = (
  caller: Caller,
  one: StoredCase,
  other: StoredCase,
  verdict: 'same' | 'different',
  today: CivilDate,
) => keepDecision(caller, { siei1: one.siei, siei2: other.siei, verdict, decidedOn: today, reason: '' });
