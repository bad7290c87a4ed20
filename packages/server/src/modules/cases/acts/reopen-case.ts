import type { Versioned } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';

/** Opens a closed case again and says who had closed it, and how. Throws `not_found`, `conflict`, `not_possible` (not closed). */
export function reopenCase(caller: Caller, caseId: string, { version }: Versioned): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    if (before.pathway !== 'closed') throw new RaccrocheError('not_possible', 'Ce dossier n’est pas clos.');
    if (before.merged_into !== null)
      throw new RaccrocheError('not_possible', 'Ce dossier est réuni avec un autre : séparez-les d’abord.');
    return {
      kind: 'reopened_by_person',
      details: { outcome: before.outcome, closedBy: before.closed_by, closedOn: before.closed_on },
      change: {
        pathway: 'not_started',
        outcome: null,
        closed_by_human: false,
        closed_by: null,
        closed_on: null,
        closing_asked_by: null,
        ...(before.verification === 'refuted'
          ? { verification: 'to_verify' as const, verification_reason: null }
          : {}),
        ...(before.obligation === 'reported' ? { obligation: 'summoned' as const } : {}),
      },
    };
  });
}
