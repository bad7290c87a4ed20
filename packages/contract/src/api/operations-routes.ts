import { z } from 'zod';

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
    summary: 'Dit si le service peut travailler : la base répond, elle est à jour, la trace s’écrit.',
    access: 'public',
    response: z.object({ status: z.literal('ready') }),
    errors: ['not_ready'],
  },
} as const;
