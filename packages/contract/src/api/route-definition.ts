import { z } from 'zod';
import type { Permission } from '../access-vocabulary.ts';
import type { ApiErrorCode } from './errors.ts';

/** Who may call: anybody; anybody, in the demonstration alone; or who holds the permission. */
export type RouteAccess = 'public' | 'demo' | Permission;

export interface RouteDefinition {
  readonly method: 'GET' | 'POST';
  /** With `{name}` for a parameter. */
  readonly path: `/api/${string}`;
  /** In French, for the documentation. */
  readonly summary: string;
  readonly access: RouteAccess;
  /** Called by the system of a partner, with its access token; nobody's session opens it. */
  readonly system?: true;
  /** The answer has a `secret` that is shown once: empty when the request comes again under its idempotency key. */
  readonly showsSecret?: true;
  /** The answer is a document about people, kept nowhere: a request that comes again under its idempotency key makes it anew. */
  readonly makesDocument?: true;
  /** Answers and errors are those of RFC 6749. */
  readonly oauth?: true;
  /** The body is a file as it is, of so many bytes at most. */
  readonly uploadMax?: number;
  /** An attempt to enter: each address has few of them a minute. */
  readonly signIn?: true;
  /** Asks for a second factor that was given not long ago (`access.has_fresh_second_factor`). */
  readonly stepUp?: true;
  /** Answers 302 to the `location` of the response, for a browser; an error is told as a page when it asks for one. */
  readonly redirects?: true;
  /** Answers the `text` of the response alone, as this media type. */
  readonly text?: string;
  /** A page that the identity provider puts in a frame of its own; no other is ever framed. */
  readonly framed?: true;
  /** The body is a form, as another program posts it; nothing else may post one. */
  readonly form?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly response: z.ZodType;
  /** What may go wrong besides what may on every route. */
  readonly errors?: readonly ApiErrorCode[];
}

export const route = <const R extends RouteDefinition>(definition: R): R => definition;

export const CaseParams = z.object({ caseId: z.uuid() });
