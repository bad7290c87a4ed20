import { z } from 'zod';
import { type RouteDefinition, route } from './route-definition.ts';

/** Where a case stands, for those who count: each case is in one of them. */
export const INDICATOR_STATES = [
  'to_verify',
  'in_progress',
  'in_solution',
  'closed_in_solution',
  'closed_otherwise',
  'not_to_follow',
] as const;
export type IndicatorState = (typeof INDICATOR_STATES)[number];
export const IndicatorStateLabels = {
  to_verify: 'à vérifier',
  in_progress: 'suivi en cours',
  in_solution: 'dans une solution, suivi en cours',
  closed_in_solution: 'clos : en formation, en emploi ou en service civique',
  closed_otherwise: 'clos autrement',
  not_to_follow: 'vérifié : n’est pas à suivre',
} as const satisfies Record<IndicatorState, string>;

export const INDICATOR_LEVELS = ['platform', 'department', 'region'] as const;
export type IndicatorLevel = (typeof INDICATOR_LEVELS)[number];

/** Null: hidden, because it is small or would give back one that is. */
const Count = z.number().int().nullable();

export const IndicatorRow = z.object({
  /** Id of the platform, or code of the département or région; null: the cases of the département that are in no zone. */
  id: z.string().nullable(),
  /** Of a platform. */
  name: z.string().nullable(),
  department: z.string().nullable(),
  /** Null: no platform tells the région of this département. */
  region: z.string().nullable(),
  total: Count,
  counts: z.record(z.enum(INDICATOR_STATES), Count),
});
export type IndicatorRow = z.infer<typeof IndicatorRow>;

export const INDICATOR_ROUTES = {
  indicators: route({
    method: 'GET',
    path: '/api/indicators',
    summary:
      'Combien de dossiers en sont où, par plateforme, département ou région. De 1 à 4, un nombre est caché, et ce qui le redonnerait avec lui (docs/indicateurs.md).',
    access: 'indicators.read',
    query: z.object({ by: z.enum(INDICATOR_LEVELS).default('platform') }),
    response: z.object({ rows: z.array(IndicatorRow) }),
  }),
} as const satisfies Record<string, RouteDefinition>;
