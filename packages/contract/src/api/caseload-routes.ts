import { z } from 'zod';
import { type RouteDefinition, route } from './route-definition.ts';

/**
 * Open cases of one person: what a platform without a setting of its own recommends, and the most that it lets be assigned without
 * a reason. [choice of the product: no text sets one]
 */
export const CASELOAD_DEFAULTS = { recommended: 40, maximum: 60 } as const;
const CASELOAD_MAX = 1000;

/** Why somebody is given more cases than the maximum. */
export const OVERLOAD_REASONS = ['absence', 'nobody_else', 'same_family', 'light_cases'] as const;
export type OverloadReason = (typeof OVERLOAD_REASONS)[number];
export const OverloadReasonLabels = {
  absence: 'remplace une absence',
  nobody_else: 'personne d’autre ne peut suivre ce jeune',
  same_family: 'suit déjà quelqu’un de la famille',
  light_cases: 'ses dossiers demandent peu en ce moment',
} as const satisfies Record<OverloadReason, string>;

export const NewAssignment = z.object({
  version: z.number().int().positive(),
  /** Null: nobody. */
  referent: z.uuid().nullable(),
  /** Beyond the maximum of the platform: why. */
  beyond: z.enum(OVERLOAD_REASONS).optional(),
});
export type NewAssignment = z.infer<typeof NewAssignment>;

export const CaseloadLimits = z.object({
  recommended: z.number().int().min(1).max(CASELOAD_MAX),
  maximum: z.number().int().min(1).max(CASELOAD_MAX),
});
export type CaseloadLimits = z.infer<typeof CaseloadLimits>;

export const Caseloads = CaseloadLimits.extend({
  /** True while the platform sets none of its own. */
  byDefault: z.boolean(),
  /** Everybody who may follow a case of the platform, or is the referent of one. */
  referents: z.array(
    z.object({
      personId: z.uuid(),
      /** Null: no longer of the platform. */
      displayName: z.string().nullable(),
      /** Open cases, to follow. */
      open: z.number().int(),
    }),
  ),
  /** Open cases without a referent. */
  unassigned: z.number().int(),
});
export type Caseloads = z.infer<typeof Caseloads>;

export const CASELOAD_ROUTES = {
  caseloads: route({
    method: 'GET',
    path: '/api/caseloads',
    summary: 'Combien de dossiers ouverts suit chacun, et ce que la plateforme recommande et permet.',
    access: 'case.assign',
    query: z.object({ platform: z.uuid() }),
    response: Caseloads,
    errors: ['not_found'],
  }),
  setCaseload: route({
    method: 'POST',
    path: '/api/caseloads/limits',
    summary: 'Fixe combien de dossiers sont recommandés et permis par personne.',
    access: 'case.assign',
    body: CaseloadLimits.extend({ platform: z.uuid() }).refine(
      ({ recommended, maximum }) => maximum >= recommended,
      { path: ['maximum'] },
    ),
    response: CaseloadLimits,
    errors: ['not_found'],
  }),
} as const satisfies Record<string, RouteDefinition>;
