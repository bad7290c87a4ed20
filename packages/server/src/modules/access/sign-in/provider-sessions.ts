import { createHash } from 'node:crypto';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import { drawSecret } from '../../../platform/secrets/draw-secret.ts';
import type { LogoutNotice } from './logout-token.ts';
import type { Identity, IdentityProvider } from './provider.ts';
import { RENEWABLE_HOURS } from './renew-session.ts';
import { openTokens, sealTokens } from './sealed-tokens.ts';

/** When nothing can tell that the person is still known to the provider. */
const SESSION_HOURS = 10;

const hashOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** What comes along with an identity: a token of an invitation, and the session of this browser that the new one follows. */
export interface Arrival {
  readonly invitation?: string | undefined;
  /** SHA-256 of that session's token, hexadecimal. */
  readonly replaces?: string | undefined;
}

/**
 * Opens a session for whom the provider vouches for, taking up what invites them. Gives the token, which is kept nowhere.
 * Throws a RaccrocheError `not_invited` when no right is in force for them; nothing is kept of somebody unknown.
 */
export async function openProviderSession(
  database: Database,
  identity: Identity,
  { invitation, replaces }: Arrival,
): Promise<string> {
  const token = drawSecret();
  const isOpen = await database.transaction({ role: 'raccroche_door' }, async (transaction) => {
    const { issuer, subject, email, displayName, siret } = identity;
    const { rows } = await transaction.query<{ person: string | null }>(
      'SELECT access.admit($1, $2, $3, $4, $5, $6) AS person',
      [issuer, subject, email, displayName, siret, invitation === undefined ? null : hashOf(invitation)],
    );
    const person = rows[0]?.person ?? null;
    if (person === null) return false;
    const { sid, acr, authTime, strong, tokens, idp } = identity;
    await transaction.query('SELECT access.open_provider_session($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      hashOf(token),
      person,
      tokens.refreshToken === undefined ? SESSION_HOURS : RENEWABLE_HOURS,
      sid,
      acr,
      authTime,
      strong,
      sealTokens(token, tokens),
      idp,
      replaces === undefined ? null : Buffer.from(replaces, 'hex'),
    ]);
    return true;
  });
  // The transaction is over: what invited somebody whose organisation is not designated yet has been taken up all the same.
  if (!isOpen)
    throw new RaccrocheError(
      'not_invited',
      'Vous êtes bien reconnu, mais aucun droit n’est en vigueur pour vous aujourd’hui. Demandez à la co-responsable ou au co-responsable de votre plateforme de vous inviter, à l’adresse que vous utilisez ici.',
    );
  return token;
}

/** What `openProviderSession` takes to follow the session of `token`. */
export const replacementOf = (token: string): string => hashOf(token).toString('hex');

/** What is kept of the provider for this session; undefined when it has none, or holds no more. */
async function readKept(database: Database, token: string) {
  const { rows } = await database.transaction({ role: 'raccroche_door' }, (transaction) =>
    transaction.query<{ kept: Uint8Array | null }>('SELECT access.kept_tokens($1) AS kept', [token]),
  );
  const kept = rows[0]?.kept ?? undefined;
  return kept === undefined ? undefined : openTokens(token, kept);
}

/** The address that also closes the provider's session, for a session that has not ended yet; null when there is none. */
export async function endSessionAddress(
  database: Database,
  provider: IdentityProvider | undefined,
  token: string,
  state: string,
): Promise<string | null> {
  const kept = await readKept(database, token);
  return (kept && provider?.endSession(kept.idToken, state)) ?? null;
}

/** Ends what a provider says is over. Gives how many sessions. */
export async function endSessionsOf(
  database: Database,
  issuer: string,
  { subject, sid, issuedAt }: LogoutNotice,
): Promise<number> {
  const { rows } = await database.transaction({ role: 'raccroche_door' }, (transaction) =>
    transaction.query<{ ended: number }>('SELECT access.end_sessions($1, $2, $3, $4) AS ended', [
      issuer,
      subject ?? null,
      sid ?? null,
      // A second is the grain of the token: sessions opened in that very second are meant too.
      new Date((issuedAt + 1) * 1000).toISOString(),
    ]),
  );
  return rows[0]?.ended ?? 0;
}
