import { createHash } from 'node:crypto';
import type {
  Member,
  NewInvitation,
  PendingInvitation,
  RightToConfirm,
  Role,
  SentInvitation,
  TerritoryKind,
} from '@raccroche/contract';
import { drawSecret } from '../../platform/secrets/draw-secret.ts';
import type { Caller } from './caller.ts';

/** Days for which an invitation waits. */
export const INVITATION_DAYS = 14;

/** What the base gives of a right held by somebody. */
interface RightRow {
  readonly membership_id: string;
  readonly display_name: string;
  readonly organisation: string;
  readonly role: Role;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly confirmed_on: string | null;
}
const toRight = (row: RightRow) => ({
  membershipId: row.membership_id,
  displayName: row.display_name,
  organisation: row.organisation,
  role: row.role,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  confirmedOn: row.confirmed_on,
});

/** Who has rights over this very territory, and who is invited to. Throws `not_found` for one that is not the caller's to see. */
export async function listMembers(
  { transaction }: Caller,
  kind: TerritoryKind,
  id: string,
): Promise<{ members: Member[]; invitations: PendingInvitation[] }> {
  const members = await transaction.query<
    RightRow & { person_id: string; email: string; siret: string | null; in_force: boolean }
  >('SELECT * FROM access.members($1, $2)', [kind, id]);
  const invitations = await transaction.query<{
    invitation_id: string;
    email: string;
    organisation: string;
    role: Role;
    valid_to: string | null;
    invited_by: string;
    expires_at: string;
  }>('SELECT * FROM access.pending_invitations($1, $2)', [kind, id]);
  return {
    members: members.rows.map((row) => ({
      ...toRight(row),
      personId: row.person_id,
      email: row.email,
      siret: row.siret,
      inForce: row.in_force,
    })),
    invitations: invitations.rows.map((row) => ({
      invitationId: row.invitation_id,
      email: row.email,
      organisation: row.organisation,
      role: row.role,
      validTo: row.valid_to,
      invitedBy: row.invited_by,
      expiresAt: row.expires_at,
    })),
  };
}

/**
 * Invites somebody to a role over a territory, for two weeks; a newer invitation to the same replaces the older.
 * Throws `not_allowed` for a role that the caller does not give there, `not_possible` for what cannot be.
 */
export async function invite({ transaction }: Caller, given: NewInvitation): Promise<SentInvitation> {
  const token = drawSecret();
  const { rows } = await transaction.query<{ invitation_id: string; expires_at: string }>(
    'SELECT * FROM access.invite($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      createHash('sha256').update(token, 'utf8').digest(),
      given.email,
      given.organisationId,
      given.role,
      given.territory.kind,
      given.territory.id,
      given.validTo ?? null,
      INVITATION_DAYS,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('no invitation was written');
  return {
    invitationId: row.invitation_id,
    expiresAt: row.expires_at,
    address: `/api/sign-in?invitation=${token}`,
  };
}

/** Takes back an invitation that waits. Throws `not_found`. */
export async function revokeInvitation({ transaction }: Caller, invitationId: string): Promise<void> {
  await transaction.query('SELECT access.revoke_invitation($1)', [invitationId]);
}

/** Takes a right away, at once. Throws `not_found` for one that is not the caller's to give. */
export async function revokeMember({ transaction }: Caller, membershipId: string): Promise<void> {
  await transaction.query('SELECT access.revoke($1)', [membershipId]);
}

/** Sets the last day of a right; null: until further notice. Throws `not_found`, `not_possible`. */
export async function setMemberTerm(
  { transaction }: Caller,
  membershipId: string,
  validTo: string | null,
): Promise<void> {
  await transaction.query('SELECT access.set_term($1, $2)', [membershipId, validTo]);
}

/** Answers for a right once more, which gives it back when it was suspended. Throws `not_found`. */
export async function confirmMember({ transaction }: Caller, membershipId: string): Promise<void> {
  await transaction.query('SELECT access.confirm($1)', [membershipId]);
}

/** Rights that the caller gives and for which nobody has answered for six months, the oldest first. */
export async function listRightsToConfirm({ transaction }: Caller): Promise<RightToConfirm[]> {
  const { rows } = await transaction.query<
    RightRow & {
      territory_kind: TerritoryKind;
      territory_id: string;
      confirm_by: string | null;
      suspended_on: string | null;
    }
  >('SELECT * FROM access.rights_to_confirm()');
  return rows.map((row) => ({
    ...toRight(row),
    territoryKind: row.territory_kind,
    territoryId: row.territory_id,
    confirmBy: row.confirm_by,
    suspendedOn: row.suspended_on,
  }));
}
