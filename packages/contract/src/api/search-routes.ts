import { z } from 'zod';
import { CaseRow } from './case-shapes.ts';
import { route } from './route-definition.ts';

export const SEARCH_MAX = 20;

/** Finding somebody among those whom the caller may see. */
export const SEARCH_ROUTES = {
  search: route({
    method: 'GET',
    path: '/api/search',
    summary:
      'Cherche parmi les dossiers que je peux voir : noms sans accents, mal écrits ou dans le désordre, année ou date de naissance, téléphone, numéro SIEI.',
    access: 'case.read',
    query: z.object({ q: z.string().trim().min(2).max(100) }),
    response: z.object({
      /** The best first. */
      found: z.array(
        z.object({
          case: CaseRow,
          platformId: z.uuid().nullable(),
          /** True when every word is there as it was written. */
          exact: z.boolean(),
        }),
      ),
    }),
  }),
} as const;
