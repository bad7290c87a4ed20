import { z } from 'zod';
import { PURPOSES, ROLES, TERRITORY_KINDS } from '../access-vocabulary.ts';
import { ACCESS_ROUTES } from './access-routes.ts';
import { ACT_ROUTES } from './act-routes.ts';
import { AGENDA_ROUTES, CALENDAR_ROUTES } from './agenda-routes.ts';
import { AUDIT_ROUTES } from './audit-routes.ts';
import { CAMPAIGN_ROUTES } from './campaign-routes.ts';
import {
  CaseDetail,
  CaseRow,
  FormerPupil,
  NewAttempt,
  Undo,
  WorklistPage,
  WorklistQuery,
} from './case-shapes.ts';
import { CASELOAD_ROUTES, NewAssignment } from './caseload-routes.ts';
import { DAY_ROUTES } from './day-routes.ts';
import { DOCUMENT_ROUTES } from './document-routes.ts';
import { EXCHANGE_ROUTES } from './exchange-routes.ts';
import { EXPORT_ROUTES } from './export-routes.ts';
import { IDENTITY_ROUTES } from './identity-routes.ts';
import { INDICATOR_ROUTES } from './indicator-routes.ts';
import { JOBS_ROUTES } from './jobs-routes.ts';
import { MAP_ROUTES } from './map-routes.ts';
import { MEETING_ROUTES } from './meeting-routes.ts';
import { MESSAGE_ROUTES } from './message-routes.ts';
import { NETWORK_ROUTES } from './network-routes.ts';
import { OPERATIONS_ROUTES } from './operations-routes.ts';
import { PARTNER_ROUTES } from './partner-routes.ts';
import { PEOPLE_ROUTES } from './people-routes.ts';
import { PRIVACY_ROUTES } from './privacy-routes.ts';
import { QUOTA_ROUTES } from './quota-routes.ts';
import { REFERRAL_ROUTES } from './referral-routes.ts';
import { REQUEST_ROUTES } from './request-routes.ts';
import { CaseParams, type RouteDefinition, route } from './route-definition.ts';
import { SCHOOL_ROUTES } from './school-routes.ts';
import { SEARCH_ROUTES } from './search-routes.ts';
import { SESSION_ROUTES } from './session-routes.ts';
import { VERIFICATION_ROUTES } from './verification-routes.ts';
import { VIEW_ROUTES } from './view-routes.ts';
import { WATCH_ROUTES } from './watch-routes.ts';

const Me = z.object({
  personId: z.uuid(),
  displayName: z.string(),
  /** To send in `x-csrf-token` with every request that changes something. */
  csrfToken: z.string(),
  rights: z.array(
    z.object({
      role: z.enum(ROLES),
      territoryKind: z.enum(TERRITORY_KINDS),
      territoryId: z.string(),
      purpose: z.enum(PURPOSES),
      permission: z.string(),
    }),
  ),
  platforms: z.array(z.object({ platformId: z.uuid(), name: z.string(), department: z.string() })),
  /** How the session was opened. Of the demonstration: a click, which counts as a second factor there and nowhere else. */
  signIn: z.object({
    kind: z.enum(['demo', 'provider']),
    /** A second factor was given not long ago: what asks for one is done at once. */
    secondFactor: z.boolean(),
    expiresAt: z.iso.datetime(),
  }),
});

/** Every route of the API: the server, its documentation and the table of access all come from here. */
export const ROUTES = {
  ...OPERATIONS_ROUTES,
  openapi: route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'Cette description.',
    access: 'public',
    response: z.record(z.string(), z.unknown()),
  }),
  demoPeople: route({
    method: 'GET',
    path: '/api/demo/people',
    summary: 'Les personnes de la démonstration.',
    access: 'demo',
    response: z.object({
      people: z.array(
        z.object({
          personId: z.uuid(),
          displayName: z.string(),
          role: z.enum(ROLES),
          place: z.string(),
          /** Who they are and what they have to do, in one French sentence; null: somebody else's invention. */
          sentence: z.string().nullable(),
        }),
      ),
    }),
  }),
  demoSignIn: route({
    method: 'POST',
    path: '/api/demo/session',
    summary: 'Entre dans la démonstration comme l’une d’elles.',
    access: 'demo',
    signIn: true,
    body: z.object({ personId: z.uuid() }),
    response: z.object({ signedIn: z.literal(true) }),
    errors: ['not_found'],
  }),
  resetDemo: route({
    method: 'POST',
    path: '/api/demo/reset',
    summary: 'Remet la démonstration comme au premier jour. Sa base à elle, et aucune autre.',
    access: 'demo',
    response: z.object({ reset: z.literal(true) }),
    errors: ['not_possible'],
  }),
  ...SESSION_ROUTES,
  ...ACCESS_ROUTES,
  ...NETWORK_ROUTES,
  ...WATCH_ROUTES,
  ...QUOTA_ROUTES,
  me: route({
    method: 'GET',
    path: '/api/me',
    summary: 'Qui je suis et ce que je peux faire.',
    access: 'profile.read',
    response: Me,
  }),
  worklist: route({
    method: 'GET',
    path: '/api/cases',
    summary: 'Les dossiers d’une plateforme, page par page.',
    access: 'case.read',
    query: WorklistQuery,
    response: WorklistPage,
  }),
  caseDetail: route({
    method: 'GET',
    path: '/api/cases/{caseId}',
    summary: 'Un dossier et son histoire.',
    access: 'case.read',
    params: CaseParams,
    response: CaseDetail,
    errors: ['not_found'],
  }),
  recordAttempt: route({
    method: 'POST',
    path: '/api/cases/{caseId}/attempts',
    summary: 'Note une tentative de contact.',
    access: 'case.act',
    params: CaseParams,
    body: NewAttempt,
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  assign: route({
    method: 'POST',
    path: '/api/cases/{caseId}/assignment',
    summary: 'Confie le dossier à quelqu’un, ou à personne.',
    access: 'case.assign',
    params: CaseParams,
    body: NewAssignment,
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible', 'caseload_full'],
  }),
  undo: route({
    method: 'POST',
    path: '/api/cases/{caseId}/undo',
    summary: 'Annule ma dernière action sur ce dossier, si rien ne l’a suivie.',
    access: 'case.read',
    params: CaseParams,
    body: Undo,
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  ...VERIFICATION_ROUTES,
  ...PEOPLE_ROUTES,
  ...ACT_ROUTES,
  ...DAY_ROUTES,
  ...AGENDA_ROUTES,
  ...CALENDAR_ROUTES,
  ...REFERRAL_ROUTES,
  ...SEARCH_ROUTES,
  ...EXCHANGE_ROUTES,
  ...MESSAGE_ROUTES,
  ...SCHOOL_ROUTES,
  ...REQUEST_ROUTES,
  ...CASELOAD_ROUTES,
  ...INDICATOR_ROUTES,
  ...IDENTITY_ROUTES,
  ...MEETING_ROUTES,
  ...EXPORT_ROUTES,
  ...VIEW_ROUTES,
  ...MAP_ROUTES,
  ...DOCUMENT_ROUTES,
  formerPupils: route({
    method: 'GET',
    path: '/api/former-pupils',
    summary: 'Ce que sont devenus les anciens élèves de mon établissement.',
    access: 'pupil.read',
    response: z.object({ pupils: z.array(FormerPupil) }),
  }),
  ...JOBS_ROUTES,
  ...PRIVACY_ROUTES,
  ...PARTNER_ROUTES,
  ...AUDIT_ROUTES,
  ...CAMPAIGN_ROUTES,
} as const satisfies Record<string, RouteDefinition>;
export type RouteName = keyof typeof ROUTES;
