import { z } from 'zod';

/** `trail_unsealed`: the last seal of the trail is two days old, or there never was one. */
export const READY_WARNINGS = ['trail_unsealed'] as const;
export type ReadyWarning = (typeof READY_WARNINGS)[number];

/** Routes for whoever keeps the service running. */
export const OPERATIONS_ROUTES = {
  health: {
    method: 'GET',
    path: '/api/health',
    summary: 'Dit que le programme est en vie, sans rien demander à sa base.',
    access: 'public',
    response: z.object({ status: z.literal('ok'), engine: z.enum(['pglite', 'postgresql']) }),
  },
  ready: {
    method: 'GET',
    path: '/api/ready',
    summary:
      'Dit si le service peut travailler : la base répond, elle est à jour, la trace s’écrit ; et ce qu’il faut réparer sans qu’il s’arrête.',
    access: 'public',
    response: z.object({ status: z.literal('ready'), warnings: z.array(z.enum(READY_WARNINGS)) }),
    errors: ['not_ready'],
  },
} as const;
