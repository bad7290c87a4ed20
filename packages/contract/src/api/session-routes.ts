import { z } from 'zod';
import { type RouteDefinition, route } from './route-definition.ts';

const PARAMETER_MAX = 4096;
const LOGOUT_TOKEN_MAX = 16_384;
const parameter = z.string().max(PARAMETER_MAX).optional();
const Redirect = z.object({ location: z.string() });

/** An address of this application: a path, never another site. */
const LocalPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/);

/** Signing in and out with the identity provider. Source: OpenID Connect Core, RP-Initiated, Back-Channel and Front-Channel Logout 1.0. */
export const SESSION_ROUTES = {
  signIn: route({
    method: 'GET',
    path: '/api/sign-in',
    summary: 'Envoie le navigateur se connecter chez le fournisseur d’identité.',
    access: 'public',
    signIn: true,
    redirects: true,
    query: z.object({
      returnTo: LocalPath.default('/'),
      /** Asks for a second factor, again. */
      strong: z.stringbool().default(false),
      /** What the invitation says. */
      invitation: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
    response: Redirect,
    errors: ['not_ready'],
  }),
  signInCallback: route({
    method: 'GET',
    path: '/api/sign-in/callback',
    summary: 'Retour du fournisseur d’identité : ouvre la session.',
    access: 'public',
    signIn: true,
    redirects: true,
    query: z.object({
      code: parameter,
      state: parameter,
      iss: parameter,
      error: parameter,
      error_description: parameter,
    }),
    response: Redirect,
    errors: ['not_ready', 'sign_in_failed', 'not_invited', 'stronger_sign_in_needed'],
  }),
  backChannelLogout: route({
    method: 'POST',
    path: '/api/sign-out/back-channel',
    summary: 'Le fournisseur d’identité dit qu’une personne s’est déconnectée chez lui.',
    access: 'public',
    form: true,
    body: z.object({ logout_token: z.string().max(LOGOUT_TOKEN_MAX) }),
    response: z.object({ ended: z.number().int() }),
    errors: ['not_ready', 'sign_in_failed'],
  }),
  frontChannelLogout: route({
    method: 'GET',
    path: '/api/sign-out/front-channel',
    summary:
      'La page de déconnexion du fournisseur d’identité, par le navigateur, dit quelle session est finie chez lui.',
    access: 'public',
    text: 'text/html; charset=utf-8',
    framed: true,
    query: z.object({
      iss: z.string().min(1).max(PARAMETER_MAX),
      sid: z.string().min(1).max(PARAMETER_MAX),
    }),
    response: z.object({ text: z.string() }),
    errors: ['not_ready', 'sign_in_failed'],
  }),
  signedOut: route({
    method: 'GET',
    path: '/api/sign-out/done',
    summary: 'Retour du fournisseur d’identité après la déconnexion.',
    access: 'public',
    redirects: true,
    query: z.object({ state: parameter }),
    response: Redirect,
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Ferme la session, et dit où la fermer aussi chez le fournisseur d’identité.',
    access: 'profile.read',
    response: z.object({
      signedOut: z.literal(true),
      /** Where the browser goes next; null when there is nothing to close elsewhere. */
      location: z.string().nullable(),
    }),
  }),
  renewSession: route({
    method: 'POST',
    path: '/api/session/renewal',
    summary:
      'Prolonge la session si le fournisseur d’identité connaît toujours la personne ; sinon la ferme.',
    access: 'profile.read',
    response: z.object({ expiresAt: z.iso.datetime() }),
    errors: ['not_ready', 'not_possible'],
  }),
} as const satisfies Record<string, RouteDefinition>;
