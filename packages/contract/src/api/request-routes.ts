import { z } from 'zod';
import { NextPage, PageQuery } from './pages.ts';
import { type RouteDefinition, route } from './route-definition.ts';

/** Why whoever follows somebody does not grant what is asked; read by who asked. */
export const DECLINE_REASONS = [
  'still_followed',
  'another_person',
  'person_declines',
  'not_justified',
  'call_us',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
export const DeclineReasonLabels = {
  still_followed: 'nous suivons toujours cette personne',
  another_person: 'ce n’est pas la même personne',
  person_declines: 'la personne ne le souhaite pas',
  not_justified: 'la demande n’est pas justifiée',
  call_us: 'appelez-nous, pour en parler',
} as const satisfies Record<DeclineReason, string>;

export const REQUESTED = ['access', 'transfer'] as const;
export const REQUEST_ANSWERS = ['granted', 'declined', 'expired'] as const;
/** Days for which a case that was granted may be read, and those that are proposed. [choice of the product] */
export const ACCESS_DAYS_MAX = 30;
export const ACCESS_DAYS = 15;

export const RequestToAnswer = z.object({
  requestId: z.uuid(),
  wanted: z.enum(REQUESTED),
  case: z.object({
    caseId: z.uuid(),
    version: z.number().int(),
    familyName: z.string(),
    firstNames: z.array(z.string()),
  }),
  askedOn: z.iso.date(),
  /** Last day on which it can be answered. */
  expiresOn: z.iso.date(),
  askedBy: z.string(),
  /** For which platform; null: who asks works on none. */
  forPlatform: z.string().nullable(),
});
export type RequestToAnswer = z.infer<typeof RequestToAnswer>;

export const OwnRequest = z.object({
  requestId: z.uuid(),
  wanted: z.enum(REQUESTED),
  /** Who follows the person today; null: no platform. */
  platform: z.string().nullable(),
  askedOn: z.iso.date(),
  expiresOn: z.iso.date(),
  answer: z.enum(REQUEST_ANSWERS).nullable(),
  reason: z.enum(DECLINE_REASONS).nullable(),
  answeredAt: z.iso.datetime().nullable(),
  /** Once it was granted. */
  caseId: z.uuid().nullable(),
});
export type OwnRequest = z.infer<typeof OwnRequest>;

/** Of the coordination of a département, which hands nothing over. */
export const DepartmentAnswer = z
  .object({
    answer: z.enum(['granted', 'declined']),
    reason: z.enum(DECLINE_REASONS).optional(),
    /** Of an access: for how many days. */
    days: z.number().int().min(1).max(ACCESS_DAYS_MAX).default(ACCESS_DAYS),
  })
  .refine(({ answer, reason }) => (answer === 'declined') === (reason !== undefined), { path: ['reason'] });
export type DepartmentAnswer = z.infer<typeof DepartmentAnswer>;

export const RequestAnswer = z
  .object({
    answer: z.enum(['granted', 'declined']),
    /** Of what is declined. */
    reason: z.enum(DECLINE_REASONS).optional(),
    /** Of an access: for how many days. */
    days: z.number().int().min(1).max(ACCESS_DAYS_MAX).default(ACCESS_DAYS),
    /** Version of the case that was read. */
    version: z.number().int().positive(),
  })
  .refine(({ answer, reason }) => (answer === 'declined') === (reason !== undefined), { path: ['reason'] });
export type RequestAnswer = z.infer<typeof RequestAnswer>;

/** Access to a case or its transfer, as another platform asks for it. */
export const REQUEST_ROUTES = {
  caseRequests: route({
    method: 'GET',
    path: '/api/case-requests',
    summary: 'Les demandes d’accès ou de transfert qui attendent une réponse de la plateforme.',
    access: 'case.act',
    query: PageQuery.extend({ platform: z.uuid() }),
    response: z.object({ requests: z.array(RequestToAnswer), next: NextPage }),
  }),
  answerRequest: route({
    method: 'POST',
    path: '/api/case-requests/{askedId}/answer',
    summary:
      'Accorde l’accès pour quelques jours, ou le transfert ; ou refuse, en disant pourquoi. Qui a demandé en est averti.',
    access: 'case.act',
    params: z.object({ askedId: z.uuid() }),
    body: RequestAnswer,
    response: z.object({ answered: z.literal(true) }),
    errors: ['not_found', 'not_possible'],
  }),
  departmentRequests: route({
    method: 'GET',
    path: '/api/department-requests',
    summary:
      'Les demandes qui attendent une réponse de la coordination du département : la commune de la personne n’est dans la zone d’aucune plateforme.',
    access: 'case.assign',
    query: PageQuery,
    response: z.object({ requests: z.array(RequestToAnswer), next: NextPage }),
  }),
  answerForDepartment: route({
    method: 'POST',
    path: '/api/department-requests/{askedId}/answer',
    summary:
      'Accorde l’accès pour quelques jours, ou refuse en disant pourquoi, quand aucune plateforme ne suit la personne. Qui a demandé en est averti.',
    access: 'case.assign',
    params: z.object({ askedId: z.uuid() }),
    body: DepartmentAnswer,
    response: z.object({ answered: z.literal(true) }),
    errors: ['not_found', 'not_possible'],
  }),
  myRequests: route({
    method: 'GET',
    path: '/api/my-requests',
    summary: 'Ce que j’ai demandé à d’autres plateformes, et ce qu’elles ont répondu.',
    access: 'case.signal',
    query: PageQuery,
    response: z.object({ requests: z.array(OwnRequest), next: NextPage }),
  }),
} as const satisfies Record<string, RouteDefinition>;
