import type { CaseRow } from '@raccroche/contract';
import type { Clock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import { type StoredCase, toCaseRow } from '../../modules/cases/index.ts';

/** A changed case as the routes that change one give it. */
export async function asRow(clock: Clock, changed: Promise<StoredCase>): Promise<CaseRow> {
  return toCaseRow(await changed, todayOf(clock));
}
