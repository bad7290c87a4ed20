import { setTimeout as wait } from 'node:timers/promises';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import type { IdentityProvider } from './provider.ts';
import { type KeptTokens, openTokens, sealTokens } from './sealed-tokens.ts';

/** What somebody removed at the provider can still do here, at most. */
export const RENEWABLE_HOURS = 2;
/** As long as ProConnect's own session. */
const DAY_HOURS = 12;
/** Longer than the provider may take to answer, keys included: then whoever took the turn is gone. */
const TURN_S = 30;
const LOOK_MS = 200;

interface Turn {
  readonly kept: Uint8Array | null;
  readonly expires_at: string;
  /** False: somebody else has it, or has renewed the session. */
  readonly taken: boolean;
}

/**
 * Asks the provider whether the person is still known. Gives the new end of the session; ends it and throws `not_signed_in`
 * when they are not; throws `not_possible` for a session that cannot be renewed, `not_ready` when the provider does not answer.
 * Of several at once, one asks; the others wait and get the session as that one renewed it.
 */
export async function renewSession(
  database: Database,
  provider: IdentityProvider | undefined,
  token: string,
): Promise<string> {
  let known: Uint8Array | null = null;
  for (;;) {
    const turn: Turn | undefined = await takeTurn(database, token, known);
    if (turn === undefined) throw signedOut();
    if (turn.kept === null) throw notRenewable();
    if (turn.taken) return renew(database, provider, token, openTokens(token, turn.kept));
    known ??= turn.kept;
    if (!Buffer.from(known).equals(turn.kept)) return turn.expires_at;
    await wait(LOOK_MS);
  }
}

async function takeTurn(database: Database, token: string, known: Uint8Array | null) {
  const { rows } = await database.transaction({ role: 'raccroche_door' }, (transaction) =>
    transaction.query<Turn>('SELECT * FROM access.take_renewal($1, $2, $3)', [token, known, TURN_S]),
  );
  return rows[0];
}

/** With the turn in hand. */
async function renew(
  database: Database,
  provider: IdentityProvider | undefined,
  token: string,
  kept: KeptTokens,
): Promise<string> {
  const renewed = await ask(provider, kept).catch(async (error: unknown) => {
    await asDoor(database, 'SELECT access.leave_renewal($1)', [token]);
    throw error;
  });
  if (renewed === undefined) {
    await asDoor(database, 'SELECT access.end_session($1)', [token]);
    throw signedOut();
  }
  const [row] = await asDoor<{ expires_at: string | null }>(
    database,
    'SELECT access.renew_session($1, $2, $3, $4) AS expires_at',
    [token, sealTokens(token, renewed), RENEWABLE_HOURS, DAY_HOURS],
  );
  if (row?.expires_at == null) throw signedOut();
  return row.expires_at;
}

async function ask(
  provider: IdentityProvider | undefined,
  kept: KeptTokens,
): Promise<KeptTokens | undefined> {
  if (kept.refreshToken === undefined || provider === undefined) throw notRenewable();
  return provider.refresh(kept);
}

const asDoor = async <R extends object>(
  database: Database,
  sql: string,
  parameters: readonly unknown[],
): Promise<R[]> =>
  (
    await database.transaction({ role: 'raccroche_door' }, (transaction) =>
      transaction.query<R>(sql, parameters),
    )
  ).rows;

const signedOut = () => new RaccrocheError('not_signed_in', 'Votre session est finie : connectez-vous.');
const notRenewable = () =>
  new RaccrocheError('not_possible', 'Cette session ne se prolonge pas : reconnectez-vous à sa fin.');
