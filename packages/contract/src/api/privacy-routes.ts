import { z } from 'zod';

export const PRIVACY_REQUEST_KINDS = ['access', 'rectification', 'restriction', 'objection'] as const;
export const PrivacyRequestLabels = {
  access: 'accès à ses données',
  rectification: 'rectification',
  restriction: 'limitation',
  objection: 'opposition',
} as const satisfies Record<(typeof PRIVACY_REQUEST_KINDS)[number], string>;

export const PRIVACY_ANSWERS = ['granted', 'partly', 'refused'] as const;

/** A request of a person about their own data. */
export const PrivacyRequest = z.object({
  requestId: z.uuid(),
  kind: z.enum(PRIVACY_REQUEST_KINDS),
  caseId: z.uuid(),
  receivedOn: z.iso.date(),
  /** The last day to answer: GDPR art. 12.3. */
  dueOn: z.iso.date(),
  extendedOn: z.iso.date().nullable(),
  answeredOn: z.iso.date().nullable(),
  answer: z.enum(PRIVACY_ANSWERS).nullable(),
  endedOn: z.iso.date().nullable(),
  /** Not answered, and its last day has passed. */
  late: z.boolean(),
  /** A restriction or an objection in force: nobody acts on the case. */
  inForce: z.boolean(),
});
export type PrivacyRequest = z.infer<typeof PrivacyRequest>;

export const NewPrivacyRequest = z.object({
  kind: z.enum(PRIVACY_REQUEST_KINDS),
  caseId: z.uuid(),
  receivedOn: z.iso.date(),
  /** Who asks is who they say: nothing is opened for somebody else. */
  identityChecked: z.literal(true),
});
export type NewPrivacyRequest = z.infer<typeof NewPrivacyRequest>;

/** Everything that is held on a person: the rows of each table, and who read or changed them. */
export const PrivacyExtract = z.object({
  caseId: z.uuid(),
  madeAt: z.iso.datetime(),
  tables: z.array(
    z.object({
      table: z.string(),
      purpose: z.string(),
      source: z.string(),
      ends: z.array(z.string()),
      rows: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
  /** Without the name of the agent: their role and organisation. */
  seenBy: z.array(
    z.object({
      at: z.iso.datetime(),
      action: z.string(),
      purpose: z.string(),
      role: z.string().nullable(),
      organisation: z.string().nullable(),
    }),
  ),
});
export type PrivacyExtract = z.infer<typeof PrivacyExtract>;

const Params = z.object({ requestId: z.uuid() });
const errors = ['not_found', 'not_possible'] as const;

/** What the data-protection officer does for people who ask about their own data. */
export const PRIVACY_ROUTES = {
  findSubject: {
    method: 'POST',
    path: '/api/privacy/subjects',
    summary: 'Retrouve les dossiers de qui demande, par son nom, son prénom et sa date de naissance exacts.',
    access: 'privacy.handle',
    body: z.object({
      familyName: z.string().trim().min(1).max(100),
      firstName: z.string().trim().min(1).max(100),
      birthDate: z.iso.date(),
    }),
    response: z.object({
      subjects: z.array(z.object({ caseId: z.uuid(), siei: z.string(), department: z.string() })),
    }),
  },
  privacyRequests: {
    method: 'GET',
    path: '/api/privacy/requests',
    summary: 'Les demandes des personnes sur leurs données, la plus pressée d’abord.',
    access: 'privacy.handle',
    response: z.object({ requests: z.array(PrivacyRequest) }),
  },
  openPrivacyRequest: {
    method: 'POST',
    path: '/api/privacy/requests',
    summary: 'Enregistre une demande : un mois pour répondre à partir de sa réception.',
    access: 'privacy.handle',
    body: NewPrivacyRequest,
    response: PrivacyRequest,
    errors,
  },
  extendPrivacyRequest: {
    method: 'POST',
    path: '/api/privacy/requests/{requestId}/extension',
    summary: 'Prolonge de deux mois, la personne en ayant été informée dans le premier.',
    access: 'privacy.handle',
    params: Params,
    response: PrivacyRequest,
    errors,
  },
  answerPrivacyRequest: {
    method: 'POST',
    path: '/api/privacy/requests/{requestId}/answer',
    summary: 'Note la réponse donnée ; une limitation ou une opposition admise prend effet.',
    access: 'privacy.handle',
    params: Params,
    body: z.object({ answer: z.enum(PRIVACY_ANSWERS) }),
    response: PrivacyRequest,
    errors,
  },
  liftRestriction: {
    method: 'POST',
    path: '/api/privacy/requests/{requestId}/end',
    summary: 'Lève une limitation ou une opposition, la personne en ayant été informée.',
    access: 'privacy.handle',
    params: Params,
    response: PrivacyRequest,
    errors,
  },
  privacyExtract: {
    method: 'GET',
    path: '/api/privacy/requests/{requestId}/extract',
    summary: 'Tout ce qui est tenu sur la personne d’une demande d’accès, et qui l’a vu.',
    access: 'privacy.handle',
    stepUp: true,
    params: Params,
    response: PrivacyExtract,
    errors,
  },
} as const;
