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
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly response: z.ZodType;
  /** What may go wrong besides what may on every route. */
  readonly errors?: readonly ApiErrorCode[];
}

export const route = <const R extends RouteDefinition>(definition: R): R => definition;

export const CaseParams = z.object({ caseId: z.uuid() });
