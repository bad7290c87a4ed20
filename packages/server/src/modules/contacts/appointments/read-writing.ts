import { type Caller, listColleagues } from '../../access/index.ts';
import { readReception, type StoredCase } from '../../cases/index.ts';
import type { Writing } from './words.ts';

/** Who receives, as the person reads it, and how they are reached. Whoever acts when nobody receives yet. */
export async function readWriting(caller: Caller, about: StoredCase): Promise<Writing> {
  const { rows } = await caller.transaction.query<{ name: string }>(
    'SELECT name FROM access.platforms WHERE platform_id = $1',
    [about.platform_id],
  );
  const host = about.interview_with ?? caller.personId;
  const colleagues = await listColleagues(caller, about.platform_id);
  const { phone } = await readReception(caller, host);
  return {
    platform: rows[0]?.name ?? 'La plateforme',
    host: colleagues.find(({ personId }) => personId === host)?.displayName ?? caller.displayName,
    phone,
  };
}
