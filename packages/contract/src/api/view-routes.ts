import { z } from 'zod';
import { WorklistQuery } from './case-shapes.ts';
import { type RouteDefinition, route } from './route-definition.ts';

/** Views that one person may keep on a platform. */
export const OWN_VIEWS_MAX = 20;
export const VIEW_NAME_MAX = 40;
/** By what the cases of a worklist may be counted. */
export const CASE_GROUPINGS = [
  'verification',
  'contact',
  'pathway',
  'commune',
  'school',
  'training',
] as const;
export type CaseGrouping = (typeof CASE_GROUPINGS)[number];

/** A filter of the worklist under a name of one's own: as the address of the screen tells it, in codes. */
const OwnView = z.object({ viewId: z.uuid(), name: z.string(), search: z.string() });
export type OwnView = z.infer<typeof OwnView>;

export const NewView = z.object({
  platform: z.uuid(),
  name: z.string().trim().min(1).max(VIEW_NAME_MAX),
  /** Names and codes of filters: no text that somebody typed. */
  search: z
    .string()
    .max(500)
    .regex(/^[\w=&-]*$/),
});
export type NewView = z.infer<typeof NewView>;

/** Other ways to look at a worklist: in groups, and by filters of one's own. */
export const VIEW_ROUTES = {
  caseGroups: route({
    method: 'GET',
    path: '/api/cases/groups',
    summary:
      'Combien de dossiers de la liste filtrée par étape, par commune, par établissement ou par dernière formation.',
    access: 'case.read',
    query: WorklistQuery.omit({ sort: true, limit: true, cursor: true }).extend({
      by: z.enum(CASE_GROUPINGS),
    }),
    response: z.object({
      groups: z.array(
        z.object({
          /** Code; null when it is not known. */
          value: z.string().nullable(),
          /** Name of the commune. */
          name: z.string().nullable(),
          count: z.number().int(),
        }),
      ),
    }),
  }),
  ownViews: route({
    method: 'GET',
    path: '/api/views',
    summary: 'Les vues que j’ai enregistrées sur une plateforme.',
    access: 'case.read',
    query: z.object({ platform: z.uuid() }),
    response: z.object({ views: z.array(OwnView) }),
  }),
  keepView: route({
    method: 'POST',
    path: '/api/views',
    summary: 'Enregistre une vue de la liste, pour moi ; du même nom, elle remplace l’ancienne.',
    access: 'case.read',
    body: NewView,
    response: OwnView,
    errors: ['not_found', 'not_possible'],
  }),
  dropView: route({
    method: 'POST',
    path: '/api/views/{viewId}/removal',
    summary: 'Retire une de mes vues.',
    access: 'case.read',
    params: z.object({ viewId: z.uuid() }),
    response: z.object({ removed: z.literal(true) }),
    errors: ['not_found'],
  }),
} as const satisfies Record<string, RouteDefinition>;
