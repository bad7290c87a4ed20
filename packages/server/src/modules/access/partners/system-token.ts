import { ACCESS_TOKEN_SECONDS } from '@raccroche/contract';
import type { Database } from '../../../platform/postgres/database.ts';
import { drawSecret } from '../../../platform/secrets/draw-secret.ts';
import { hashOf } from './manage-partners.ts';

/** What came of a request for a token: the token with its scopes, or why there is none, in the words of RFC 6749 §5.2. */
export type SystemToken =
  | { readonly token: string; readonly scopes: readonly string[] }
  | { readonly refused: 'invalid_client' | 'invalid_scope' };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Opens a token of ten minutes for a system that shows its secret. `wanted`: some of its scopes; none: all of them. An unknown
 * system, a wrong secret, a system that was cut off or whose time is over are refused alike.
 */
export async function openSystemToken(
  database: Database,
  shown: {
    readonly clientId: string;
    readonly secret: string;
    readonly wanted?: readonly string[] | undefined;
  },
): Promise<SystemToken> {
  if (!UUID.test(shown.clientId)) return { refused: 'invalid_client' };
  const token = drawSecret();
  const rows = await database.transaction({ role: 'raccroche_door' }, async (transaction) => {
    const result = await transaction.query<{ scopes: string[] | null }>(
      'SELECT scopes FROM access.open_system_session($1, $2, $3, $4, $5)',
      [
        shown.clientId,
        hashOf(shown.secret),
        hashOf(token),
        shown.wanted === undefined ? null : [...shown.wanted],
        ACCESS_TOKEN_SECONDS,
      ],
    );
    return result.rows;
  });
  const [row] = rows;
  if (!row) return { refused: 'invalid_client' };
  return row.scopes === null ? { refused: 'invalid_scope' } : { token, scopes: row.scopes };
}
