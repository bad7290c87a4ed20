import { type NewReferral, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireMove, requireOpen } from '../transitions.ts';
import { listStructures } from './read-referrals.ts';

/**
 * Proposes a solution to a structure: one that answers here, or any other by its name. Several may be asked at a time.
 * Throws `not_found`, `conflict`, `not_possible` (closed, too early or too late on the pathway, no such structure here).
 */
export async function propose(
  caller: Caller,
  caseId: string,
  { version, solution, organisation, structure: named = '' }: NewReferral,
): Promise<StoredCase> {
  let structure = named;
  const after = await actOnCase(caller, caseId, version, async (before) => {
    requireOpen(before);
    if (before.pathway !== 'proposed') requireMove(PATHWAY_TRANSITIONS, before.pathway, 'proposed');
    if (organisation !== undefined) structure = await nameOf(caller, before, organisation);
    return {
      kind: 'proposed',
      details: { solution, structure },
      change: { pathway: 'proposed', solution },
    };
  });
  await caller.transaction.query(
    `INSERT INTO cases.referrals (case_id, case_version, solution, structure, organisation_id, proposed_by)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [after.case_id, after.version, solution, structure, organisation ?? null, caller.personId],
  );
  return after;
}

async function nameOf(caller: Caller, { platform_id }: StoredCase, organisation: string): Promise<string> {
  const structures = platform_id === null ? [] : await listStructures(caller, platform_id);
  const found = structures.find((one) => one.organisation === organisation);
  if (!found)
    throw new RaccrocheError('not_possible', 'Cette structure ne répond pas ici : proposez par son nom.');
  return found.name;
}
