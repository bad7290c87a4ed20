import { z } from 'zod';
import { type RouteDefinition, route } from './route-definition.ts';

/** Where a commune lies, in degrees (WGS 84). */
export const CommuneCentre = z.object({
  commune: z.string(),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** Not its own place: the middle of the towns that have its postal code. */
  isNear: z.boolean(),
});
export type CommuneCentre = z.infer<typeof CommuneCentre>;

export const MAP_ROUTES = {
  communeCentres: route({
    method: 'GET',
    path: '/api/communes/centres',
    summary: 'Où se trouvent les communes des jeunes d’une plateforme. Position : GeoNames (CC BY 4.0).',
    access: 'case.read',
    query: z.object({ platform: z.uuid() }),
    response: z.object({
      /** Without those whose place is not known. */
      centres: z.array(CommuneCentre),
    }),
  }),
} as const satisfies Record<string, RouteDefinition>;
