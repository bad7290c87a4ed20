import type { EventKind } from '@raccroche/contract';
import type { Updateable } from 'kysely';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { requireUnrestricted } from '../privacy/index.ts';
import { CASE_COLUMNS } from './case-row.ts';
import type { CasesTables, StoredCase } from './tables.ts';

export type { StoredCase } from './tables.ts';

/** Columns that a person's act may change, and that an undo puts back. */
export type CaseChange = Omit<Updateable<CasesTables['cases.cases']>, 'version' | 'case_id'>;

const STORED = [
  ...CASE_COLUMNS,
  'platform_id',
  'department',
  'closed_by_human',
  'closed_on',
  'training',
  'training_level',
] as const;
/** The same for a query written by hand. */
export const CASE_SELECTION = STORED.join(', ');

/** The case, if it lies within what the caller may see. Throws `not_found`: what is refused is not told from what is not. */
export async function getCase(caller: Caller, caseId: string): Promise<StoredCase> {
  const found = await caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .select(STORED)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  if (!found) throw new RaccrocheError('not_found', 'Ce dossier n’existe pas, ou vous n’y avez pas accès.');
  return found;
}

/** Those of these cases that lie within what the caller may see, in no order. */
export async function readCases(caller: Caller, caseIds: readonly string[]): Promise<StoredCase[]> {
  if (caseIds.length === 0) return [];
  return caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .select(STORED)
    .where('case_id', 'in', caseIds)
    .execute();
}

export interface CaseAct {
  readonly kind: EventKind;
  /** ISO instant; now when absent. */
  readonly happenedAt?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly change: CaseChange;
  readonly undoes?: number;
}

/**
 * Changes a case that the caller read in `version`, writes the event that tells it and the line of the trail.
 * Throws `conflict` when somebody changed it in between, `not_allowed` when the caller may only read it, `not_possible` when the
 * person had its use restricted.
 */
export async function changeCase(
  caller: Caller,
  before: StoredCase,
  version: number,
  act: CaseAct,
): Promise<StoredCase> {
  const tables = caller.transaction.tables<CasesTables>();
  if (before.version !== version) throw conflict();
  await requireUnrestricted(caller, before.case_id);
  // The version in the condition is the lock: of two who read the same one, the second changes nothing.
  const after = await tables
    .updateTable('cases.cases')
    .set({ ...act.change, version: version + 1 })
    .where('case_id', '=', before.case_id)
    .where('version', '=', version)
    .returning(STORED)
    .executeTakeFirst();
  if (!after) throw (await getCase(caller, before.case_id)).version === version ? readOnly() : conflict();
  const changed = (Object.keys(act.change) as (keyof CaseChange)[]).sort();
  const pick = (row: StoredCase) =>
    JSON.stringify(Object.fromEntries(changed.map((name) => [name, row[name]])));
  await caller.transaction.query(
    `INSERT INTO cases.events (case_id, kind, happened_at, actor, details, before, after, case_version, undoes)
     VALUES ($1, $2, coalesce($3, now()), $4, $5, $6, $7, $8, $9)`,
    [
      before.case_id,
      act.kind,
      act.happenedAt ?? null,
      caller.personId,
      JSON.stringify(act.details ?? {}),
      pick(before),
      pick(after),
      after.version,
      act.undoes ?? null,
    ],
  );
  await caller.record(`case.${act.kind}`, [before.case_id], { version: after.version });
  return after;
}

const conflict = () =>
  new RaccrocheError(
    'conflict',
    'Quelqu’un a modifié ce dossier depuis que vous l’avez ouvert. Relisez-le, puis recommencez.',
  );
const readOnly = () => new RaccrocheError('not_allowed', 'Vous pouvez lire ce dossier, pas le modifier.');
