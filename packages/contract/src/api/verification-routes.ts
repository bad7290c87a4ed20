import { z } from 'zod';
import { REFUTATION_REASONS } from '../case-axes.ts';
import { CaseRow } from './case-shapes.ts';
import { CaseParams, route } from './route-definition.ts';
import { SAVED_VIEWS, type SavedView } from './saved-views.ts';

export const VERIFICATION_DECISIONS = ['confirm', 'refute', 'later'] as const;
export const SERIES_MAX = 50;

export const NewVerification = z
  .object({
    version: z.number().int().positive(),
    decision: z.enum(VERIFICATION_DECISIONS),
    /** Why not to follow: with `refute`, and only then. */
    reason: z.enum(REFUTATION_REASONS).optional(),
    /** UAI where the person is enrolled, when known. */
    establishment: z
      .string()
      .regex(/^\d{7}[A-Z]$/)
      .optional(),
    /** INSEE code of the commune to which the person moved, when known. */
    commune: z
      .string()
      .regex(/^[0-9AB]{5}$/)
      .optional(),
    /** With `later`: not to be asked before that day; in a week when absent. */
    until: z.iso.date().optional(),
  })
  .refine(({ decision, reason }) => (decision === 'refute') === (reason !== undefined), { path: ['reason'] });
export type NewVerification = z.infer<typeof NewVerification>;

const ViewCounts = z.record(
  z.enum(Object.keys(SAVED_VIEWS) as [SavedView, ...SavedView[]]),
  z.number().int(),
);

/** Verifying a new list in series, and how many each view of the worklist holds. */
export const VERIFICATION_ROUTES = {
  worklistCounts: route({
    method: 'GET',
    path: '/api/cases/counts',
    summary: 'Combien de dossiers tient chaque vue de la liste.',
    access: 'case.read',
    query: z.object({ platform: z.uuid() }),
    response: z.object({ counts: ViewCounts }),
  }),
  nextToVerify: route({
    method: 'GET',
    path: '/api/cases/to-verify',
    summary: 'Les prochains dossiers à vérifier, et où l’on en est.',
    access: 'case.read',
    query: z.object({
      platform: z.uuid(),
      limit: z.coerce.number().int().min(1).max(SERIES_MAX).default(20),
    }),
    response: z.object({
      /** In the order in which to take them: those under 18 when listed, then school by school. */
      caseIds: z.array(z.uuid()),
      /** Of those listed: how many are verified, how many wait, how many were put off to a later day. */
      done: z.number().int(),
      remaining: z.number().int(),
      deferred: z.number().int(),
    }),
  }),
  verify: route({
    method: 'POST',
    path: '/api/cases/{caseId}/verification',
    summary: 'Dit si la personne est bien sans solution, ou pourquoi elle n’est pas à suivre.',
    access: 'case.act',
    params: CaseParams,
    body: NewVerification,
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
} as const;
