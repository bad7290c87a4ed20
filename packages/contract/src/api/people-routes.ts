import { z } from 'zod';
import { route } from './route-definition.ts';

/** Who works on a platform. */
export const PEOPLE_ROUTES = {
  colleagues: route({
    method: 'GET',
    path: '/api/colleagues',
    summary: 'Qui peut suivre un dossier de la plateforme.',
    access: 'case.read',
    query: z.object({ platform: z.uuid() }),
    response: z.object({
      colleagues: z.array(z.object({ personId: z.uuid(), displayName: z.string() })),
    }),
  }),
} as const;
