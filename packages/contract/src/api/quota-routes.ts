import { z } from 'zod';
import { RAISE_PURPOSES, RAISED_QUOTAS } from '../quota-vocabulary.ts';
import { type RouteDefinition, route } from './route-definition.ts';

const REASON_MIN = 10;
const REASON_MAX = 500;

/** What somebody may do of a kind today. */
export const Allowance = z.object({
  kind: z.enum(RAISED_QUOTAS),
  /** What the day allows, with what was granted for today alone. */
  perDay: z.number().int(),
  /** Granted for today, of that. */
  more: z.number().int(),
  left: z.number().int(),
  /** A request of today waits for its answer. */
  asked: z.boolean(),
  /** Why the last request of today was refused; null: none was. */
  refusal: z.string().nullable(),
});
export type Allowance = z.infer<typeof Allowance>;

export const QuotaRequest = z.object({
  quotaRequestId: z.uuid(),
  person: z.object({ personId: z.uuid(), displayName: z.string() }),
  day: z.iso.date(),
  kind: z.enum(RAISED_QUOTAS),
  purpose: z.enum(RAISE_PURPOSES),
  askedAt: z.iso.datetime(),
  /** What a day allows, without what was granted. */
  perDay: z.number().int(),
  /** Done that day. */
  used: z.number().int(),
  /** Null: nobody has answered. */
  answer: z
    .object({
      /** 0: refused. */
      more: z.number().int(),
      reason: z.string(),
      by: z.string(),
      at: z.iso.datetime(),
    })
    .nullable(),
});
export type QuotaRequest = z.infer<typeof QuotaRequest>;

export const QuotaAnswer = z.object({
  /** Beside what the day allows, and at most as much again; 0: refused. It ends with the day. */
  more: z.number().int().min(0),
  /** Read by who asked and by data protection. */
  reason: z.string().trim().min(REASON_MIN).max(REASON_MAX),
});
export type QuotaAnswer = z.infer<typeof QuotaAnswer>;

/** More than a day allows, for one person and one day. */
export const QUOTA_ROUTES = {
  myAllowances: route({
    method: 'GET',
    path: '/api/quotas',
    summary: 'Ce qui me reste aujourd’hui : dossiers à ouvrir, noms à afficher, exports.',
    access: 'case.read',
    response: z.object({ allowances: z.array(Allowance) }),
  }),
  askMore: route({
    method: 'POST',
    path: '/api/quotas/requests',
    summary:
      'Demande plus que ce que la journée permet : aux co-responsables de ma plateforme et à la protection des données.',
    access: 'case.read',
    body: z.object({ kind: z.enum(RAISED_QUOTAS), purpose: z.enum(RAISE_PURPOSES) }),
    response: z.object({ asked: z.literal(true) }),
  }),
  quotaRequests: route({
    method: 'GET',
    path: '/api/quotas/requests',
    summary: 'Qui demande plus aujourd’hui, et ce qui a été répondu depuis un mois.',
    access: 'quota.raise',
    response: z.object({ requests: z.array(QuotaRequest) }),
  }),
  answerQuotaRequest: route({
    method: 'POST',
    path: '/api/quotas/requests/{quotaRequestId}/answer',
    summary:
      'Accorde plus, pour cette personne et ce jour seul, ou refuse ; avec une raison. Jamais à soi-même.',
    access: 'quota.raise',
    stepUp: true,
    params: z.object({ quotaRequestId: z.uuid() }),
    body: QuotaAnswer,
    response: z.object({ answered: z.literal(true) }),
    errors: ['not_found', 'not_possible', 'stronger_sign_in_needed'],
  }),
} as const satisfies Record<string, RouteDefinition>;
