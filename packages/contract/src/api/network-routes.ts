import { z } from 'zod';
import { ROLES, TERRITORY_KINDS } from '../access-vocabulary.ts';
import { type RouteDefinition, route } from './route-definition.ts';

/** A territory by its name: platform, school, département, région or the country. */
export const Territory = z.object({
  kind: z.enum(TERRITORY_KINDS),
  id: z.string(),
  name: z.string(),
  /** Codes of where it lies; null when it lies in none, or nobody says which. */
  region: z.string().nullable(),
  department: z.string().nullable(),
});
export type Territory = z.infer<typeof Territory>;

/** A right that the caller holds themselves. */
export const OwnRight = z.object({
  membershipId: z.uuid(),
  organisation: z.string(),
  role: z.enum(ROLES),
  territoryKind: z.enum(TERRITORY_KINDS),
  territoryId: z.string(),
  territoryName: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});
export type OwnRight = z.infer<typeof OwnRight>;

export const NetworkPlatform = z.object({
  platformId: z.uuid(),
  name: z.string(),
  department: z.string(),
  departmentName: z.string(),
  region: z.string(),
  regionName: z.string(),
  /** Communes that it has today. */
  communes: z.number().int(),
  /** People with a right over it today. */
  members: z.number().int(),
  /** Designations in force today, the first to end first. */
  designations: z.array(z.object({ organisation: z.string(), validTo: z.iso.date().nullable() })),
});
export type NetworkPlatform = z.infer<typeof NetworkPlatform>;

/** A commune and whose it is, today and later. */
export const CommuneHeld = z.object({
  commune: z.string(),
  name: z.string(),
  holders: z.array(
    z.object({ platformId: z.uuid(), validFrom: z.iso.date(), validTo: z.iso.date().nullable() }),
  ),
});
export type CommuneHeld = z.infer<typeof CommuneHeld>;

/** What the screens of the network read beside members, designations and zones. */
export const NETWORK_ROUTES = {
  territories: route({
    method: 'GET',
    path: '/api/territories',
    summary: 'Les territoires dont je peux voir les membres, par leur nom.',
    access: 'member.read',
    response: z.object({ territories: z.array(Territory) }),
  }),
  myRights: route({
    method: 'GET',
    path: '/api/members/mine',
    summary: 'Les droits que je tiens moi-même, dans lesquels on peut me remplacer.',
    access: 'replacement.make',
    response: z.object({ rights: z.array(OwnRight) }),
  }),
  substitutes: route({
    method: 'GET',
    path: '/api/substitutes',
    summary: 'Qui peut remplacer le titulaire d’un droit : le mien, ou un que je donne.',
    access: 'replacement.make',
    query: z.object({ membership: z.uuid() }),
    response: z.object({
      people: z.array(z.object({ personId: z.uuid(), displayName: z.string(), organisation: z.string() })),
    }),
    errors: ['not_found'],
  }),
  network: route({
    method: 'GET',
    path: '/api/network',
    summary: 'Les plateformes de mon territoire : communes, membres, désignations en vigueur.',
    access: 'designation.read',
    response: z.object({ platforms: z.array(NetworkPlatform) }),
  }),
  departmentCommunes: route({
    method: 'GET',
    path: '/api/departments/{department}/communes',
    summary: 'Les communes d’un département, avec la plateforme qui les a et celle qui les aura.',
    access: 'zone.read',
    params: z.object({ department: z.string().regex(/^(\d{2}|2[AB]|9\d{2})$/) }),
    response: z.object({
      department: z.string(),
      platforms: z.array(z.object({ platformId: z.uuid(), name: z.string() })),
      communes: z.array(CommuneHeld),
    }),
    errors: ['not_found'],
  }),
} as const satisfies Record<string, RouteDefinition>;
