import { z } from 'zod';
import { ORGANISATION_KINDS, ROLES, TERRITORY_KINDS } from '../access-vocabulary.ts';

const NAME_MAX = 200;
const COMMUNES_MAX = 2_000;

export const TerritoryQuery = z.object({ kind: z.enum(TERRITORY_KINDS), id: z.string().min(1).max(40) });

/** A right that somebody holds over a territory. */
export const Member = z.object({
  membershipId: z.uuid(),
  personId: z.uuid(),
  displayName: z.string(),
  email: z.string(),
  /** Their employer's establishment, as the identity provider says. */
  siret: z.string().nullable(),
  organisation: z.string(),
  role: z.enum(ROLES),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  confirmedOn: z.iso.date().nullable(),
  /** False when it has not begun, or when the organisation is not designated today. */
  inForce: z.boolean(),
});
export type Member = z.infer<typeof Member>;

export const PendingInvitation = z.object({
  invitationId: z.uuid(),
  email: z.string(),
  organisation: z.string(),
  role: z.enum(ROLES),
  validTo: z.iso.date().nullable(),
  invitedBy: z.string(),
  expiresAt: z.iso.datetime(),
});
export type PendingInvitation = z.infer<typeof PendingInvitation>;

export const NewInvitation = z.object({
  email: z.email().max(NAME_MAX),
  organisationId: z.uuid(),
  role: z.enum(ROLES),
  territory: TerritoryQuery,
  /** Last day of the right; until further notice when absent. */
  validTo: z.iso.date().optional(),
});
export type NewInvitation = z.infer<typeof NewInvitation>;

export const SentInvitation = z.object({
  invitationId: z.uuid(),
  expiresAt: z.iso.datetime(),
  /** To hand over to the person, who opens it: told once, kept nowhere. */
  address: z.string(),
});
export type SentInvitation = z.infer<typeof SentInvitation>;

/** Null: until further notice. */
export const NewTerm = z.object({ validTo: z.iso.date().nullable() });

export const RightToConfirm = Member.pick({
  membershipId: true,
  displayName: true,
  organisation: true,
  role: true,
  validFrom: true,
  validTo: true,
  confirmedOn: true,
}).extend({
  territoryKind: z.enum(TERRITORY_KINDS),
  territoryId: z.string(),
  /** Last day before it is suspended; null: the holder was not warned yet. */
  confirmBy: z.iso.date().nullable(),
  /** Since when it opens nothing; confirming it gives it back. */
  suspendedOn: z.iso.date().nullable(),
});
export type RightToConfirm = z.infer<typeof RightToConfirm>;

export const NewReplacement = z.object({
  membershipId: z.uuid(),
  substitute: z.uuid(),
  validFrom: z.iso.date(),
  /** Last day, included; six months at most. */
  validTo: z.iso.date(),
});
export type NewReplacement = z.infer<typeof NewReplacement>;

export const Replacement = NewReplacement.omit({ membershipId: true, substitute: true }).extend({
  replacementId: z.uuid(),
  replaced: z.object({ personId: z.uuid(), displayName: z.string() }),
  substitute: z.object({ personId: z.uuid(), displayName: z.string() }),
  role: z.enum(ROLES),
  territoryKind: z.enum(TERRITORY_KINDS),
  territoryId: z.string(),
});
export type Replacement = z.infer<typeof Replacement>;

export const NewOrganisation = z.object({
  kind: z.enum(ORGANISATION_KINDS),
  name: z.string().trim().min(2).max(NAME_MAX),
  uai: z
    .string()
    .regex(/^\d{7}[A-Z]$/)
    .nullable()
    .default(null),
});
export type NewOrganisation = z.infer<typeof NewOrganisation>;
export const Organisation = z.object({
  organisationId: z.uuid(),
  kind: z.string(),
  name: z.string(),
  uai: z.string().nullable(),
});
export type Organisation = z.infer<typeof Organisation>;

export const NewDesignation = z.object({
  platformId: z.uuid(),
  organisationId: z.uuid(),
  actReference: z.string().trim().min(2).max(NAME_MAX),
  signedOn: z.iso.date(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable().default(null),
});
export type NewDesignation = z.infer<typeof NewDesignation>;
export const Designation = z.object({
  designationId: z.uuid(),
  organisationId: z.uuid(),
  organisation: z.string(),
  authority: z.enum(['prefet', 'region']),
  actReference: z.string(),
  signedOn: z.iso.date(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});
export type Designation = z.infer<typeof Designation>;

/** Code of a commune (COG): 62498, 2A004, 97105. */
const Commune = z.string().regex(/^(\d{5}|2[AB]\d{3})$/);
export const ZoneCommune = z.object({
  commune: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});
export type ZoneCommune = z.infer<typeof ZoneCommune>;
export const ZoneChange = z.object({
  /** First day of the new zone, today at the earliest; lists follow it from the next publication on. */
  since: z.iso.date(),
  coming: z.array(Commune).max(COMMUNES_MAX).default([]),
  leaving: z.array(Commune).max(COMMUNES_MAX).default([]),
});
export type ZoneChange = z.infer<typeof ZoneChange>;
