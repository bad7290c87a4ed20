import { createHash } from 'node:crypto';
import type { OrganisationKind, Role, TerritoryKind } from '@raccroche/contract';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import { drawSecret } from '../../platform/secrets/draw-secret.ts';
import { INVITATION_DAYS } from './members.ts';

/**
 * What is made from the machine itself, before anybody can sign in. Everything here asks for the owner of the base, and is in the
 * trail as `program:installation`.
 */
export async function requireOwner(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.query<{ owns: boolean }>(
    "SELECT pg_has_role(current_user, relowner, 'USAGE') AS owns FROM pg_class WHERE oid = 'access.people'::REGCLASS",
  );
  if (!rows[0]?.owns)
    throw new RaccrocheError(
      'owner_needed',
      'Seul le compte qui possède la base peut faire cela. Donnez-le par DATABASE_URL.',
      EXIT_CODES.usage,
    );
}

const record = (transaction: Transaction, action: string, subject: string, details: object) =>
  transaction.query('SELECT access.record_installation($1, $2, $3)', [
    action,
    [subject],
    JSON.stringify(details),
  ]);

export interface InstalledOrganisation {
  readonly organisationId: string;
  /** False when it was there. */
  readonly made: boolean;
}

/** The organisation of this kind and name, made when there is none. */
export async function installOrganisation(
  transaction: Transaction,
  {
    kind,
    name,
    uai,
  }: { readonly kind: OrganisationKind; readonly name: string; readonly uai: string | null },
): Promise<InstalledOrganisation> {
  await requireOwner(transaction);
  const { rows: there } = await transaction.query<{ id: string }>(
    'SELECT organisation_id AS id FROM access.organisations WHERE kind = $1 AND lower(name) = lower($2) AND uai IS NOT DISTINCT FROM $3',
    [kind, name, uai],
  );
  const [found] = there;
  if (found) return { organisationId: found.id, made: false };
  const { rows } = await transaction.query<{ id: string }>(
    'INSERT INTO access.organisations (kind, name, uai) VALUES ($1, $2, $3) RETURNING organisation_id AS id',
    [kind, name, uai],
  );
  const organisationId = rows[0]?.id ?? '';
  await record(transaction, 'organisation.added', organisationId, { kind });
  return { organisationId, made: true };
}

/** A platform with its zone. */
export interface NewPlatform {
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly region: string;
  /** Codes of its communes, each once. */
  readonly communes: readonly string[];
  /** First day of the zone. */
  readonly since: string;
}

/** `other`: one of this code is there, and is not this one. `taken`: these communes belong to another platform on that day or later. */
export type InstalledPlatform =
  | { readonly outcome: 'made' | 'there' | 'other' }
  | {
      readonly outcome: 'taken';
      readonly communes: readonly { readonly commune: string; readonly by: string }[];
    };

/** Makes a platform unless it is there just so; changes none. */
export async function installPlatform(
  transaction: Transaction,
  given: NewPlatform,
): Promise<InstalledPlatform> {
  await requireOwner(transaction);
  const { rows } = await transaction.query<{ same: boolean }>(
    `SELECT (p.name, p.department, p.region) = ($2, $3, $4) AND ARRAY(
       SELECT z.commune FROM access.zones z WHERE z.platform_id = p.platform_id
         AND $6 BETWEEN z.valid_from AND coalesce(z.valid_to, 'infinity') ORDER BY z.commune COLLATE "C"
     ) = ARRAY(SELECT c FROM unnest($5::TEXT[]) AS c ORDER BY c COLLATE "C") AS same
     FROM access.platforms p WHERE p.code = $1`,
    [given.code, given.name, given.department, given.region, given.communes, given.since],
  );
  const [found] = rows;
  if (found) return { outcome: found.same ? 'there' : 'other' };
  const { rows: communes } = await transaction.query<{ commune: string; by: string }>(
    `SELECT DISTINCT z.commune, p.code AS by FROM access.zones z JOIN access.platforms p USING (platform_id)
     WHERE z.commune = ANY ($1) AND coalesce(z.valid_to, 'infinity') >= $2 ORDER BY z.commune`,
    [given.communes, given.since],
  );
  if (communes.length > 0) return { outcome: 'taken', communes };
  const { rows: made } = await transaction.query<{ id: string }>(
    'INSERT INTO access.platforms (code, name, department, region) VALUES ($1, $2, $3, $4) RETURNING platform_id AS id',
    [given.code, given.name, given.department, given.region],
  );
  const platformId = made[0]?.id ?? '';
  await transaction.query(
    'INSERT INTO access.zones (platform_id, commune, valid_from) SELECT $1, c, $3 FROM unnest($2::TEXT[]) AS c',
    [platformId, given.communes, given.since],
  );
  await record(transaction, 'platform.added', platformId, {
    code: given.code,
    since: given.since,
    communes: given.communes.length,
  });
  return { outcome: 'made' };
}

/** The roles that nobody within the application can give first. */
export const FIRST_ROLES = [
  'national_administration',
  'regional_steering',
] as const satisfies readonly Role[];
export type FirstRole = (typeof FIRST_ROLES)[number];

export interface FirstInvitation {
  readonly email: string;
  readonly role: FirstRole;
  readonly organisationId: string;
  readonly territory: { readonly kind: TerritoryKind; readonly id: string };
  /** Even though somebody holds this very right. */
  readonly anyway: boolean;
}

/**
 * Invites the first person of a role, by their address; data protection is told. Gives the path to hand over, told once and kept
 * nowhere. Throws a RaccrocheError `held_already` when somebody holds this right and could invite within the application.
 */
export async function inviteFirst(
  transaction: Transaction,
  { email, role, organisationId, territory, anyway }: FirstInvitation,
): Promise<{ path: string; expiresAt: string }> {
  await requireOwner(transaction);
  const { rows: holders } = await transaction.query(
    `SELECT FROM access.people p CROSS JOIN LATERAL access.held_by(p.person_id) m
     WHERE m.role = $1 AND m.territory_kind = $2 AND m.territory_id = $3 LIMIT 1`,
    [role, territory.kind, territory.id],
  );
  if (holders.length > 0 && !anyway)
    throw new RaccrocheError(
      'held_already',
      'Quelqu’un tient déjà ce droit : c’est dans l’application qu’on en invite d’autres. Si cette personne n’est plus joignable, ajoutez --anyway ; la trace le dira.',
      EXIT_CODES.usage,
    );
  const token = drawSecret();
  await transaction.query(
    `UPDATE access.invitations SET revoked_at = now() WHERE email = lower($1) AND role = $2 AND territory_kind = $3
       AND territory_id = $4 AND accepted_at IS NULL AND revoked_at IS NULL`,
    [email, role, territory.kind, territory.id],
  );
  const { rows } = await transaction.query<{ id: string; expires_at: string }>(
    `INSERT INTO access.invitations (token_hash, email, organisation_id, role, territory_kind, territory_id, expires_at)
     VALUES ($1, lower($2), $3, $4, $5, $6, now() + make_interval(days => $7))
     RETURNING invitation_id AS id, expires_at`,
    [
      createHash('sha256').update(token, 'utf8').digest(),
      email,
      organisationId,
      role,
      territory.kind,
      territory.id,
      INVITATION_DAYS,
    ],
  );
  const [made] = rows;
  if (!made) throw new Error('no invitation was written');
  const details = { role, territory: territory.id, anyway };
  await record(transaction, 'invitation.sent', made.id, details);
  await transaction.query(
    "INSERT INTO access.notices (to_control, kind, about, details) VALUES (true, 'invited_from_machine', $1, $2)",
    [made.id, JSON.stringify({ role, territory: territory.id })],
  );
  return { path: `/api/sign-in?invitation=${token}`, expiresAt: made.expires_at };
}
