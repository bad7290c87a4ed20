import { z } from 'zod';
import { type Permission, PURPOSES, ROLES, TERRITORY_KINDS } from '../access-vocabulary.ts';
import {
  CaseDetail,
  CaseRow,
  FormerPupil,
  NewAssignment,
  NewAttempt,
  Undo,
  WorklistPage,
  WorklistQuery,
} from './case-shapes.ts';
import type { ApiErrorCode } from './errors.ts';
import { JOBS_ROUTES } from './jobs-routes.ts';
import { OPERATIONS_ROUTES } from './operations-routes.ts';
import { PRIVACY_ROUTES } from './privacy-routes.ts';

/** Who may call: anybody; anybody, in the demonstration alone; or who holds the permission. */
export type RouteAccess = 'public' | 'demo' | Permission;

export interface RouteDefinition {
  readonly method: 'GET' | 'POST';
  /** With `{name}` for a parameter. */
  readonly path: `/api/${string}`;
  /** In French, for the documentation. */
  readonly summary: string;
  readonly access: RouteAccess;
  /** An attempt to enter: each address has few of them a minute. */
  readonly signIn?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly response: z.ZodType;
  /** What may go wrong besides what may on every route. */
  readonly errors?: readonly ApiErrorCode[];
}

const route = <const R extends RouteDefinition>(definition: R): R => definition;
const CaseParams = z.object({ caseId: z.uuid() });

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
        z.object({ personId: z.uuid(), displayName: z.string(), role: z.enum(ROLES), place: z.string() }),
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
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Ferme la session.',
    access: 'profile.read',
    response: z.object({ signedOut: z.literal(true) }),
  }),
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
    errors: ['not_found', 'conflict', 'not_possible'],
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
  formerPupils: route({
    method: 'GET',
    path: '/api/former-pupils',
    summary: 'Ce que sont devenus les anciens élèves de mon établissement.',
    access: 'pupil.read',
    response: z.object({ pupils: z.array(FormerPupil) }),
  }),
  ...JOBS_ROUTES,
  ...PRIVACY_ROUTES,
} as const satisfies Record<string, RouteDefinition>;
export type RouteName = keyof typeof ROUTES;
