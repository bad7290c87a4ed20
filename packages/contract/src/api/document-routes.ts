import { z } from 'zod';
import { DIAGNOSED_SITUATIONS, INTERVIEW_MODES, OBSTACLES, WISHES } from '../act-vocabulary.ts';
import { DOCUMENT_KINDS } from '../document-vocabulary.ts';
import { API_ERRORS, type ApiErrorCode } from './errors.ts';
import { BULK_MAX } from './exchange-routes.ts';
import { CaseParams, route } from './route-definition.ts';

/** What a paper says: the screen lays it out on a page. Nothing of it is kept but the event that it was made. */
export const Letter = z.object({
  caseId: z.uuid(),
  kind: z.enum(DOCUMENT_KINDS),
  madeOn: z.iso.date(),
  platformName: z.string(),
  /** Who makes it. */
  author: z.string(),
  /** First name and family name, as written. */
  youngName: z.string(),
  firstName: z.string(),
  birthDate: z.iso.date(),
  minor: z.boolean(),
  /** Legal representatives to whom it is addressed as well: of a minor, those who did not refuse. */
  representatives: z.array(z.string()),
  /** Lines of the postal address; none: to be handed over. */
  address: z.array(z.string()),
  /** The interview that is set. */
  interviewAt: z.iso.datetime().nullable(),
  interviewMode: z.enum(INTERVIEW_MODES).nullable(),
  followedSince: z.iso.date(),
  interviewHeldAt: z.iso.datetime().nullable(),
  /** Of the last interview, in codes. */
  diagnosis: z
    .object({
      situation: z.enum(DIAGNOSED_SITUATIONS),
      wishes: z.array(z.enum(WISHES)),
      obstacles: z.array(z.enum(OBSTACLES)),
    })
    .nullable(),
  callBackAt: z.iso.datetime().nullable(),
});
export type Letter = z.infer<typeof Letter>;

export const NewDocument = z.object({
  version: z.number().int().positive(),
  kind: z.enum(DOCUMENT_KINDS),
});
export type NewDocument = z.infer<typeof NewDocument>;

export const ManySummons = z.object({
  cases: z
    .array(z.object({ caseId: z.uuid(), version: z.number().int().positive() }))
    .min(1)
    .max(BULK_MAX),
});
export type ManySummons = z.infer<typeof ManySummons>;

export const Consultation = z.object({
  day: z.iso.date(),
  displayName: z.string(),
  /** What they did of it that day: read, changed, took away in a file, opened from another territory. */
  deed: z.enum(['read', 'changed', 'exported', 'opened_elsewhere']),
  times: z.number().int(),
});
export type Consultation = z.infer<typeof Consultation>;

export const DOCUMENT_ROUTES = {
  makeDocument: route({
    method: 'POST',
    path: '/api/cases/{caseId}/documents',
    summary:
      'Établit un document à imprimer, et le note dans l’historique. Rien n’en est gardé : une demande répétée, même avec sa clé d’idempotence, le refait.',
    access: 'case.act',
    makesDocument: true,
    params: CaseParams,
    body: NewDocument,
    response: Letter,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  makeManySummons: route({
    method: 'POST',
    path: '/api/cases/bulk/summons',
    summary:
      'Établit d’un coup les invitations aux entretiens fixés ; dit pour qui ce n’est pas possible, et pourquoi. Compté comme un export. Rien n’en est gardé : une demande répétée, même avec sa clé d’idempotence, les refait.',
    access: 'case.act',
    makesDocument: true,
    stepUp: true,
    body: ManySummons,
    response: z.object({
      letters: z.array(Letter),
      left: z.array(
        z.object({
          caseId: z.uuid(),
          code: z.enum(Object.keys(API_ERRORS) as [ApiErrorCode, ...ApiErrorCode[]]),
          why: z.string(),
        }),
      ),
    }),
    errors: ['quota_reached', 'stronger_sign_in_needed'],
  }),
  caseConsultations: route({
    method: 'GET',
    path: '/api/cases/{caseId}/consultations',
    summary: 'Qui a consulté un dossier de ma plateforme, jour par jour.',
    access: 'case.read',
    params: CaseParams,
    response: z.object({ consultations: z.array(Consultation) }),
    errors: ['not_found'],
  }),
} as const;
