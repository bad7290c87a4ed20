import { ACCESS_TOKEN_SECONDS, type TokenAnswer, type TokenRequest } from '@raccroche/contract';
import { ZodError, type z } from 'zod';
import { openSystemToken } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';

/** Codes of RFC 6749 §5.2, with what is told of each. */
const OAUTH_ERRORS = {
  invalid_request: { status: 400, told: 'La demande est mal écrite.' },
  invalid_client: { status: 401, told: 'Système inconnu, secret faux, ou qui ne vaut plus.' },
  invalid_scope: { status: 400, told: 'Ce système n’a pas tous ces droits.' },
  unsupported_grant_type: { status: 400, told: 'Seul « client_credentials » est accepté.' },
} as const;
type OAuthCode = keyof typeof OAUTH_ERRORS;

/** A request for a token that is refused. */
export class OAuthRefusal extends Error {
  readonly code: OAuthCode;
  readonly status: number;

  constructor(code: OAuthCode) {
    super(OAUTH_ERRORS[code].told);
    this.code = code;
    this.status = OAUTH_ERRORS[code].status;
  }

  /** As RFC 6749 §5.2 wants it told; descriptions are ASCII there. */
  body(): Record<string, string> {
    const plain = this.message
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('’', "'")
      .replace(/[«»] ?/g, "'");
    return { error: this.code, error_description: plain.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '') };
  }
}

/** What the token's route answers to an error of whoever asks, in the words of RFC 6749; undefined for any other. */
export function oauthProblem(error: unknown): OAuthRefusal | undefined {
  if (error instanceof OAuthRefusal) return error;
  const isMisWritten =
    error instanceof ZodError ||
    (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500);
  return isMisWritten ? new OAuthRefusal('invalid_request') : undefined;
}

interface Client {
  readonly clientId: string;
  readonly secret: string;
}

/**
 * Who asks, by client_secret_basic or client_secret_post, and never by both (RFC 6749 §2.3). Throws OAuthRefusal.
 */
export function clientOf(request: TokenRequest, authorization: string | undefined): Client {
  const { client_id: clientId, client_secret: secret } = request;
  if (authorization === undefined) {
    if (!clientId || !secret) throw new OAuthRefusal('invalid_client');
    return { clientId, secret };
  }
  if (secret !== undefined) throw new OAuthRefusal('invalid_request');
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  const [, name, word] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  if (!name || !word) throw new OAuthRefusal('invalid_client');
  const client = { clientId: formDecoded(name), secret: formDecoded(word) };
  if (clientId !== undefined && clientId !== client.clientId) throw new OAuthRefusal('invalid_request');
  return client;
}

/** Both are form-encoded before they are joined: RFC 6749 §2.3.1. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new OAuthRefusal('invalid_client');
  }
}

/** A token of ten minutes. Throws OAuthRefusal. */
export async function giveToken(
  database: Database,
  request: TokenRequest,
  client: Client,
): Promise<z.infer<typeof TokenAnswer>> {
  if (request.grant_type === undefined) throw new OAuthRefusal('invalid_request');
  if (request.grant_type !== 'client_credentials') throw new OAuthRefusal('unsupported_grant_type');
  const wanted = request.scope?.split(' ').filter((scope) => scope !== '');
  const opened = await openSystemToken(database, {
    ...client,
    wanted: wanted === undefined || wanted.length === 0 ? undefined : [...new Set(wanted)],
  });
  if ('refused' in opened) throw new OAuthRefusal(opened.refused);
  return {
    access_token: opened.token,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: opened.scopes.join(' '),
  };
}
