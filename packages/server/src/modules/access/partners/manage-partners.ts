import { createHash } from 'node:crypto';
import type { NewPartner, NewSecret, Partner } from '@raccroche/contract';
import { drawSecret } from '../../../platform/secrets/draw-secret.ts';
import type { Caller } from '../caller.ts';

/** Written before the drawn characters, so that a secret that lies somewhere is known for what it is. */
const MARK = 'rcs_';
const SHOWN_LENGTH = MARK.length + 8;

/** What the base keeps of a secret or a token, of 256 bits drawn at random: its SHA-256. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

function draw(): { secret: string; prefix: string; hash: Buffer } {
  const secret = `${MARK}${drawSecret()}`;
  return { secret, prefix: secret.slice(0, SHOWN_LENGTH), hash: hashOf(secret) };
}

/** The systems that concern a territory of the caller's; those that were cut off come last. */
export async function listPartners({ transaction }: Caller): Promise<Partner[]> {
  const { rows } = await transaction.query<
    Pick<Partner, 'kind' | 'name' | 'contact' | 'organisation' | 'scopes' | 'territories' | 'secrets'> & {
      partner_id: string;
      valid_from: string;
      valid_to: string;
      made_by: string;
      made_at: string;
      revoked_at: string | null;
      in_force: boolean;
    }
  >('SELECT * FROM access.list_partners()');
  return rows.map((row) => ({
    partnerId: row.partner_id,
    kind: row.kind,
    name: row.name,
    contact: row.contact,
    organisation: row.organisation,
    scopes: row.scopes,
    territories: row.territories,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    madeBy: row.made_by,
    madeAt: row.made_at,
    revokedAt: row.revoked_at,
    inForce: row.in_force,
    secrets: row.secrets.map((one) => ({
      ...one,
      madeAt: toInstant(one.madeAt),
      expiresAt: one.expiresAt === null ? null : toInstant(one.expiresAt),
      lastUsedAt: one.lastUsedAt === null ? null : toInstant(one.lastUsedAt),
    })),
  }));
}

/** Within JSON the base writes instants in its own way. */
const toInstant = (text: string) => new Date(text).toISOString();

/**
 * Connects a system; its secret leaves with the answer and is kept nowhere. Throws `not_allowed` for a territory that is not
 * the caller's, `not_possible` for what its kind may not do, an organisation of another kind or not designated, dates that cannot be.
 */
export async function addPartner(
  { transaction }: Caller,
  given: NewPartner,
): Promise<NewSecret & { partnerId: string }> {
  const { secret, prefix, hash } = draw();
  const { rows } = await transaction.query<{ partner_id: string; secret_id: string }>(
    'SELECT * FROM access.add_partner($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    [
      given.kind,
      given.organisationId,
      given.name,
      given.contact,
      [...new Set(given.scopes)],
      given.territories.map(({ kind }) => kind),
      given.territories.map(({ id }) => id),
      given.validFrom,
      given.validTo,
      hash,
      prefix,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('no system was written');
  return { partnerId: row.partner_id, secretId: row.secret_id, secret, prefix };
}

/** A newer secret; the one before opens for `overlapDays` more. Throws `not_found`, `not_possible` when two open already. */
export async function addPartnerSecret(
  { transaction }: Caller,
  partnerId: string,
  overlapDays: number,
): Promise<NewSecret> {
  const { secret, prefix, hash } = draw();
  const { rows } = await transaction.query<{ id: string }>(
    'SELECT access.add_partner_secret($1, $2, $3, $4) AS id',
    [partnerId, hash, prefix, overlapDays],
  );
  return { secretId: rows[0]?.id ?? '', secret, prefix };
}

/** Takes a secret back, and every token that it opened. Throws `not_found`. */
export async function revokePartnerSecret(
  { transaction }: Caller,
  partnerId: string,
  secretId: string,
): Promise<void> {
  await transaction.query('SELECT access.revoke_partner_secret($1, $2)', [partnerId, secretId]);
}

/** Cuts a system off, at once. Throws `not_found`. */
export async function revokePartner({ transaction }: Caller, partnerId: string): Promise<void> {
  await transaction.query('SELECT access.revoke_partner($1)', [partnerId]);
}
