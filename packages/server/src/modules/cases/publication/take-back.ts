import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Database, Transaction } from '../../../platform/postgres/database.ts';
import type { Caller } from '../../access/index.ts';
import { lockPublications } from '../../lists/index.ts';
import { lastEvent, recordPublished } from './record-published.ts';
import {
  KEEP_CASES,
  RESTORE_CASES,
  RESTORE_ENTRIES,
  RESTORE_KEPT,
  RESTORE_LITIGES,
  TELL_TRANSFERS,
  WITHDRAW_CASES,
} from './taking-back-steps.ts';
import { publishing } from './trial.ts';

export interface TakingBackResult {
  readonly publication: number;
  /** True when it was taken back before: nothing was done. */
  readonly alreadyTakenBack: boolean;
  /** Opened by it, and on which nobody acted: closed again, and not removed. */
  readonly withdrawn: number;
  /** Of before it: they are as they were. */
  readonly restored: number;
  /** SIEI numbers of those on which somebody acted since: left as they are, and told so. */
  readonly kept: readonly string[];
}

export interface TakingBackChoice {
  /** None: somebody asked for it before, and said why (`lists.takings_back`). */
  readonly reason?: string;
  /** Counts what would be done, and changes nothing. */
  readonly isTrial?: boolean;
}

/**
 * Takes a publication back (ADR 0016): cases that it opened are withdrawn, everything else is as it was before it. Cases on which
 * somebody acted since are kept, and told so. All or nothing, and once. `day`: on which the cases are closed again.
 * Throws a RaccrocheError for one that is not the last, or of which nothing was kept.
 */
export async function takeBack(
  database: Database,
  publication: number,
  day: string,
  { reason, isTrial = false }: TakingBackChoice = {},
): Promise<TakingBackResult> {
  return publishing(database, isTrial, async (transaction) => {
    await lockPublications(transaction);
    if (await isTakenBack(transaction, publication))
      return { publication, alreadyTakenBack: true, withdrawn: 0, restored: 0, kept: [] };
    await requireLast(transaction, publication);
    if (reason !== undefined)
      await transaction.query(
        'INSERT INTO lists.takings_back (publication_id, reason) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [publication, reason],
      );
    return restore(transaction, publication, day);
  });
}

async function isTakenBack(transaction: Transaction, publication: number): Promise<boolean> {
  const { rows } = await transaction.query<{ done: boolean }>(
    'SELECT taken_back_at IS NOT NULL AS done FROM lists.publications WHERE publication_id = $1',
    [publication],
  );
  return rows[0]?.done ?? false;
}

async function requireLast(transaction: Transaction, publication: number): Promise<void> {
  const { rows } = await transaction.query<{ last: number | null }>(
    'SELECT lists.last_publication() AS last',
  );
  if (rows[0]?.last !== publication)
    throw new RaccrocheError(
      'publication_not_last',
      `La publication n° ${publication} ne se reprend pas : seule la dernière se reprend, tant qu’aucune autre campagne n’est publiée.`,
      EXIT_CODES.usage,
    );
}

async function restore(
  transaction: Transaction,
  publication: number,
  day: string,
): Promise<TakingBackResult> {
  const since = await lastEvent(transaction);
  await transaction.script('TRUNCATE cases.taking_back');
  await transaction.query(
    'INSERT INTO cases.taking_back SELECT case_id, siei, is_opened, is_kept, former FROM cases.to_take_back($1)',
    [publication],
  );
  for (const sql of [...RESTORE_KEPT, ...RESTORE_ENTRIES, ...RESTORE_LITIGES])
    await transaction.query(sql, [publication]);
  await transaction.query(KEEP_CASES, [publication]);
  const withdrawn = await transaction.query(WITHDRAW_CASES, [publication, day]);
  const restored = await transaction.query(RESTORE_CASES, [publication]);
  await transaction.query(TELL_TRANSFERS, [publication]);
  await transaction.query('SELECT cases.keep_entries_with_cases()');
  const { rows } = await transaction.query<{ siei: string }>(
    'SELECT siei FROM cases.taking_back WHERE is_kept ORDER BY siei',
  );
  await transaction.query(
    'UPDATE lists.publications SET taken_back_at = now(), may_take_back = false WHERE publication_id = $1',
    [publication],
  );
  await transaction.query('DELETE FROM cases.replaced WHERE publication_id = $1', [publication]);
  await transaction.script('TRUNCATE cases.taking_back');
  const counts = { withdrawn: withdrawn.rowCount, restored: restored.rowCount };
  await recordPublished(transaction, { publication, since }, 'campaign.taken_back', {
    ...counts,
    kept: rows.length,
  });
  return { publication, alreadyTakenBack: false, ...counts, kept: rows.map(({ siei }) => siei) };
}

/** What taking a publication back would do, in counts. For whoever manages campaigns. */
export interface TakingBackCounts {
  /** It is the last one, and what it replaced is kept. */
  readonly possible: boolean;
  /** By kind of event of the publication that would be undone; the most first. */
  readonly undone: readonly { readonly kind: string; readonly count: number }[];
  /** Cases that would be kept, by platform; null: of none. */
  readonly kept: readonly { readonly platform: string | null; readonly count: number }[];
}

export async function countTakingBack(
  { transaction }: Caller,
  publication: number,
): Promise<TakingBackCounts> {
  const { rows } = await transaction.query<{ told: TakingBackCounts }>(
    'SELECT cases.count_taking_back($1) AS told',
    [publication],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was counted');
  return row.told;
}
