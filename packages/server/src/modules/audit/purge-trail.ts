import type { KeyObject } from 'node:crypto';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import { findRewritten, findSealedHeads, readSeals } from './seals.ts';
import { verifyTrail } from './verify-trail.ts';

/** The base refuses to keep less, whatever is configured. */
const KEPT_DAYS = 365;

export interface TrailPurge {
  /** Lines that went. */
  readonly removed: number;
  /** Day of the seal from which the trail goes on; null: it has no seal as old as its term. */
  readonly until: CivilDate | null;
}

/**
 * Removes what came before the last seal of a day before `cutoff`, once the whole trail was recomputed and this seal held against it
 * and the key. A line of counts of it is in the trail. Owner and `raccroche_worker`. Throws a RaccrocheError: `trail_term_too_short`, `trail_altered`,
 * `seal_of_another_key`.
 */
export async function purgeTrail(
  transaction: Transaction,
  { today, cutoff, publicKey }: { today: CivilDate; cutoff: CivilDate; publicKey: KeyObject },
): Promise<TrailPurge> {
  if (cutoff > addDays(today, -KEPT_DAYS))
    throw new RaccrocheError(
      'trail_term_too_short',
      'La trace se garde un an au moins : corrigez « audit.trail » dans RACCROCHE_CONSERVATION.',
      EXIT_CODES.usage,
    );
  const seal = (await readSeals(transaction)).findLast(({ day }) => day < cutoff);
  if (!seal) return { removed: 0, until: null };
  if ((await verifyTrail(transaction)).faults.length > 0) throw altered();
  const heads = findSealedHeads(seal, publicKey);
  if (heads === undefined)
    throw new RaccrocheError(
      'seal_of_another_key',
      `Le sceau du ${seal.day} n’est pas de cette clé (${seal.keyId}), ou a été touché : rien n’a été retiré.`,
      EXIT_CODES.invalid,
    );
  if ((await findRewritten(transaction, heads)).length > 0) throw altered();
  const { rows } = await transaction.query<{ removed: number }>('SELECT audit.remove_sealed($1) AS removed', [
    seal.day,
  ]);
  return { removed: rows[0]?.removed ?? 0, until: seal.day };
}

const altered = () =>
  new RaccrocheError(
    'trail_altered',
    'La trace a été altérée : rien n’en est retiré. Lancez « raccroche audit verify ».',
    EXIT_CODES.invalid,
  );
