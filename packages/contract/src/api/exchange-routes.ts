import { z } from 'zod';
import { REFUTATION_REASONS } from '../case-axes.ts';
import { CaseRow } from './case-shapes.ts';
import { OVERLOAD_REASONS } from './caseload-routes.ts';
import { API_ERRORS, type ApiErrorCode } from './errors.ts';
import { CaseParams, route } from './route-definition.ts';

export const BULK_MAX = 200;
export const SIGNAL_ORIGINS = ['school', 'partner', 'walk_in'] as const;
export const CASE_NOTICE_KINDS = [
  'found',
  'access_asked',
  'transfer_asked',
  'signalled',
  'handed_over',
  'situation_reported',
] as const;

const Name = z.string().trim().min(1).max(100);
const Commune = z.string().regex(/^[0-9AB]{5}$/);

export const Finding = z.object({ familyName: Name, firstName: Name, birthDate: z.iso.date() });
export type Finding = z.infer<typeof Finding>;

/** Who follows somebody, or did: the platform, none where no zone has their commune; and the case only when the caller may open it. */
const Followed = z.object({
  platformName: z.string().nullable(),
  department: z.string(),
  caseId: z.uuid().nullable(),
  /** Nobody follows them there any more. */
  closed: z.boolean(),
});
export type Followed = z.infer<typeof Followed>;

export const NewSignal = z.object({
  origin: z.enum(SIGNAL_ORIGINS),
  familyName: Name,
  usageName: Name.optional(),
  firstNames: z.array(Name).min(1).max(5),
  birthDate: z.iso.date(),
  /** INSEE code of the commune of residence: gives the platform of who is told by a school. */
  commune: Commune.optional(),
  phone: z.string().trim().min(6).max(30).optional(),
  leftOn: z.iso.date().optional(),
  /** A platform of the caller's; none: the caller's school tells it. */
  platform: z.uuid().optional(),
  /** UAI number of which of the caller's schools tells it; the only one when absent. */
  uai: z
    .string()
    .regex(/^\d{7}[A-Z]$/)
    .optional(),
  /** Somebody of the same name and birth date is followed, and this is another person. */
  anotherPerson: z.boolean().default(false),
});
export type NewSignal = z.infer<typeof NewSignal>;

const Chosen = z.object({
  cases: z
    .array(z.object({ caseId: z.uuid(), version: z.number().int().positive() }))
    .min(1)
    .max(BULK_MAX),
});
export const BulkAssignment = Chosen.extend({
  referent: z.uuid().nullable(),
  beyond: z.enum(OVERLOAD_REASONS).optional(),
});
export type BulkAssignment = z.infer<typeof BulkAssignment>;
export const BulkVerification = Chosen.extend({
  decision: z.enum(['confirm', 'refute']),
  reason: z.enum(REFUTATION_REASONS).optional(),
}).refine(({ decision, reason }) => (decision === 'refute') === (reason !== undefined), { path: ['reason'] });
export type BulkVerification = z.infer<typeof BulkVerification>;

/** What was done, and who was left out and why: nothing is half done on one case. */
export const BulkResult = z.object({
  done: z.array(CaseRow),
  left: z.array(
    z.object({
      caseId: z.uuid(),
      code: z.enum(Object.keys(API_ERRORS) as [ApiErrorCode, ...ApiErrorCode[]]),
      why: z.string(),
    }),
  ),
});
export type BulkResult = z.infer<typeof BulkResult>;

/** `platform`: the one that goes on. */
export const HandOver = z.object({ version: z.number().int().positive(), platform: z.uuid() });
export type HandOver = z.infer<typeof HandOver>;

/** People beyond the list and beyond the zone, and several cases at once. */
export const EXCHANGE_ROUTES = {
  findElsewhere: route({
    method: 'POST',
    path: '/api/findings',
    summary:
      'Dit quelle plateforme suit ou a suivi une personne, d’après ses nom, prénom et date de naissance exacts, sans rien montrer du dossier. Compté, tracé, et dit à qui la suit.',
    access: 'case.signal',
    body: Finding,
    response: z.object({ findingId: z.number().int().nullable(), followed: z.array(Followed) }),
    errors: ['bad_request', 'too_many_requests'],
  }),
  askOwner: route({
    method: 'POST',
    path: '/api/findings/request',
    summary:
      'Demande l’accès au dossier, ou son transfert, à la plateforme qui suit la personne ; à la coordination du département, quand sa commune n’est dans aucune zone.',
    access: 'case.signal',
    body: z.object({
      findingId: z.number().int().positive(),
      wanted: z.enum(['access', 'transfer']),
      /** For which platform; the caller's only one when absent. */
      platform: z.uuid().optional(),
    }),
    response: z.object({
      asked: z.number().int(),
      /** Those whose coordination was asked, for want of a platform. */
      departments: z.array(z.string()),
    }),
    errors: ['not_possible'],
  }),
  signal: route({
    method: 'POST',
    path: '/api/signals',
    summary: 'Signale une personne qui n’est sur aucune liste, après avoir cherché si elle est déjà suivie.',
    access: 'case.signal',
    body: NewSignal,
    response: z.object({
      /** Null when somebody of the same name and birth date is followed already, and nothing was made. */
      caseId: z.uuid().nullable(),
      findingId: z.number().int().nullable(),
      followed: z.array(Followed),
    }),
    errors: ['not_allowed', 'not_possible', 'too_many_requests'],
  }),
  caseNotices: route({
    method: 'GET',
    path: '/api/case-notices',
    summary:
      'Ce que la plateforme doit savoir : recherches, demandes, signalements. Les plus récents d’abord.',
    access: 'case.read',
    query: z.object({
      platform: z.uuid(),
      unseen: z.stringbool().default(true),
      /** `next` of the page before. */
      after: z.coerce.number().int().positive().optional(),
    }),
    response: z.object({
      notices: z.array(
        z.object({
          noticeId: z.number().int(),
          kind: z.enum(CASE_NOTICE_KINDS),
          caseId: z.uuid(),
          familyName: z.string(),
          firstNames: z.array(z.string()),
          at: z.iso.datetime(),
          askedBy: z.uuid(),
          seenAt: z.iso.datetime().nullable(),
        }),
      ),
      next: z.number().int().nullable(),
    }),
  }),
  seeCaseNotice: route({
    method: 'POST',
    path: '/api/case-notices/seen',
    summary: 'Marque un avis comme vu.',
    access: 'case.act',
    body: z.object({ noticeId: z.number().int().positive() }),
    response: z.object({ seen: z.boolean() }),
  }),
  platforms: route({
    method: 'GET',
    path: '/api/platforms',
    summary: 'Les plateformes du pays, à qui un dossier peut être transféré.',
    access: 'case.read',
    response: z.object({
      platforms: z.array(
        z.object({
          platformId: z.uuid(),
          name: z.string(),
          department: z.string(),
          /** An organisation is designated for it today; to another, no case is handed over: nobody would follow it. */
          designated: z.boolean(),
        }),
      ),
    }),
  }),
  handOver: route({
    method: 'POST',
    path: '/api/cases/{caseId}/hand-over',
    summary: 'Transfère le dossier à une autre plateforme, qui en est avertie ; il n’est plus visible ici.',
    access: 'case.act',
    params: CaseParams,
    body: HandOver,
    response: z.object({ handedOver: z.literal(true) }),
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  bulkAssign: route({
    method: 'POST',
    path: '/api/cases/bulk/assignment',
    summary: 'Confie plusieurs dossiers à quelqu’un ; dit lesquels n’ont pas pu l’être, et pourquoi.',
    access: 'case.assign',
    body: BulkAssignment,
    response: BulkResult,
  }),
  bulkVerify: route({
    method: 'POST',
    path: '/api/cases/bulk/verification',
    summary: 'Vérifie plusieurs dossiers d’un coup ; dit lesquels n’ont pas pu l’être, et pourquoi.',
    access: 'case.act',
    body: BulkVerification,
    response: BulkResult,
  }),
} as const;
