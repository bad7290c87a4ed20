import { createHash } from 'node:crypto';
import type { SchoolLetter } from '@raccroche/contract';
import { drawCode } from '../../../platform/secrets/draw-secret.ts';
import type { Caller } from '../../access/index.ts';

/** A hundred bits: `LETTER_CODE` of the contract. */
const CODE_LENGTH = 20;
/** Days for which a code answers: a letter takes longer than an e-mail. [choice of the product] */
const LETTER_DAYS = 42;

/**
 * What a letter to the school of a case says: how many of its former pupils the platform asks about, and a new code that opens
 * those questions, of which the base keeps a hash. The letter is written in the trail. Throws `not_found` for a case on which the
 * caller may not act, `not_possible` when the school has an e-mail address or nothing waits to be asked.
 */
export async function printSchoolLetter({ transaction }: Caller, caseId: string): Promise<SchoolLetter> {
  const secret = drawCode(CODE_LENGTH);
  const { rows } = await transaction.query<{
    school: string;
    uai: string;
    platform: string;
    questions: number;
    last_day: string;
  }>('SELECT * FROM contacts.make_school_letter($1, $2, $3)', [
    caseId,
    createHash('sha256').update(secret).digest(),
    LETTER_DAYS,
  ]);
  const [made] = rows;
  if (!made) throw new Error('a letter is made or refused');
  const { school, uai, platform, questions, last_day: lastDay } = made;
  return { secret, school, uai, platform, questions, lastDay };
}
