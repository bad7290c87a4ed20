import { createHash } from 'node:crypto';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';

/** Hours for which the answer to a key is kept. */
const ANSWER_HOURS = 24;

/**
 * Does `work` once for a key of the caller: the same request again gets the same answer, nothing is done twice. The answer is kept in
 * the transaction of the work itself. Throws `bad_request` when the key was used for another request.
 */
export async function answerOnce(
  { transaction, personId }: Caller,
  key: string,
  request: unknown,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const sha256 = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  // Two that arrive together wait for one another.
  await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7271639))', [
    `${personId} ${key}`,
  ]);
  await transaction.query(
    `DELETE FROM cases.answers WHERE person_id = $1 AND at < now() - make_interval(hours => ${ANSWER_HOURS})`,
    [personId],
  );
  const { rows } = await transaction.query<{ request_sha256: string; answer: unknown }>(
    'SELECT request_sha256, answer FROM cases.answers WHERE person_id = $1 AND key = $2',
    [personId, key],
  );
  const [before] = rows;
  if (before && before.request_sha256 !== sha256)
    throw new RaccrocheError('bad_request', 'Cette clé d’idempotence a servi à une autre demande.');
  if (before) return before.answer;
  const answer = await work();
  await transaction.query(
    'INSERT INTO cases.answers (person_id, key, request_sha256, answer) VALUES ($1, $2, $3, $4)',
    [personId, key, sha256, JSON.stringify(answer)],
  );
  return answer;
}
