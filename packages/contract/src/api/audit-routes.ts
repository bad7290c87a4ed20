import { z } from 'zod';
import { type RouteDefinition, route } from './route-definition.ts';

export const TRAIL_PAGE = 50;

/** One line of the trail: who did what, when, for what; of whom, by ids. */
export const TrailEntry = z.object({
  /** `chain position`: its place in the trail. */
  entryId: z.string(),
  at: z.iso.datetime(),
  /** A person, or `program:…`. */
  actor: z.string(),
  displayName: z.string().nullable(),
  purpose: z.string(),
  action: z.string(),
  subjects: z.array(z.string()),
  /** Codes and counts, never a name. */
  details: z.record(z.string(), z.unknown()),
});
export type TrailEntry = z.infer<typeof TrailEntry>;

/** `chain position` of the last line of a page. */
const Cursor = z.string().regex(/^\d{1,2} \d{1,15}$/);

/** Data protection looks into the trail; what it looks for is in the trail too. */
export const AUDIT_ROUTES = {
  auditPeople: route({
    method: 'GET',
    path: '/api/audit/people',
    summary: 'Retrouve un professionnel par son nom ou son adresse, pour chercher ce qu’il a vu.',
    access: 'audit.read',
    query: z.object({ q: z.string().trim().min(2).max(100) }),
    response: z.object({
      people: z.array(
        z.object({ personId: z.uuid(), displayName: z.string(), organisations: z.string().nullable() }),
      ),
    }),
  }),
  auditSearch: route({
    method: 'GET',
    path: '/api/audit/entries',
    summary: 'Cherche dans la trace : qui a vu quoi, par personne, dossier, jour ou genre d’acte.',
    access: 'audit.read',
    query: z.object({
      /** Id of a case, a right, a campaign…: what was read or changed. */
      subject: z.string().min(1).max(64).optional(),
      /** Id of a professional, or `program:…`. */
      actor: z.string().min(1).max(64).optional(),
      /** An action, or a family of actions that ends in a dot: `case.`. */
      action: z
        .string()
        .regex(/^[a-z_]+(\.[a-z_]*)?$/)
        .max(60)
        .optional(),
      purpose: z
        .string()
        .regex(/^[a-z_]+$/)
        .max(40)
        .optional(),
      since: z.iso.date().optional(),
      until: z.iso.date().optional(),
      /** From the page before. */
      after: Cursor.optional(),
    }),
    response: z.object({ entries: z.array(TrailEntry), next: Cursor.nullable() }),
  }),
  trailState: route({
    method: 'GET',
    path: '/api/audit/state',
    summary: 'Où en est la trace : ses lignes, son dernier sceau, sa dernière vérification.',
    access: 'audit.read',
    response: z.object({
      entries: z.number().int(),
      lastAt: z.iso.datetime().nullable(),
      seals: z.number().int(),
      /** The last seal: its day, and the beginning of the SHA-256 of the key that made it. */
      sealed: z.object({ day: z.iso.date(), at: z.iso.datetime(), keyId: z.string() }).nullable(),
      /** The last time that the worker recomputed every hash; null: never yet. */
      verified: z
        .object({ at: z.iso.datetime(), sound: z.boolean(), code: z.string().nullable() })
        .nullable(),
    }),
  }),
  retentionTerms: route({
    method: 'GET',
    path: '/api/privacy/retention',
    summary: 'Combien de temps vit chaque sorte de données ici, et ce qui y met fin.',
    access: 'privacy.handle',
    response: z.object({
      classes: z.array(
        z.object({
          code: z.string(),
          label: z.string(),
          /** « 3 ans »; null: no date decides. */
          term: z.string().nullable(),
          from: z.string(),
          ending: z.string(),
          basis: z.string(),
          adjustable: z.boolean(),
        }),
      ),
    }),
  }),
  processingPages: route({
    method: 'GET',
    path: '/api/privacy/register',
    summary: 'Le registre du traitement et l’analyse d’impact, avec les durées d’ici, en Markdown.',
    access: 'privacy.handle',
    response: z.object({ register: z.string(), impact: z.string() }),
  }),
} as const satisfies Record<string, RouteDefinition>;
