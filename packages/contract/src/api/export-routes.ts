import { z } from 'zod';
import { EXPORT_PURPOSES, LIST_COLUMNS } from '../list-columns.ts';
import { CASE_SORTS, CaseFilter, WorklistQuery } from './case-shapes.ts';
import { route } from './route-definition.ts';

/** Cases of one file at most: beyond, it is no longer a list that somebody works on. */
export const EXPORT_MAX = 20_000;
/** Cases that may be chosen one by one. */
export const EXPORT_CHOSEN_MAX = 1_000;
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;

export const NewExport = z.object({
  platform: z.uuid(),
  /** As in the query of the worklist: everything a text. */
  filter: CaseFilter,
  sort: z.enum(CASE_SORTS).default('name'),
  /** In the order in which they are shown; the name is always there. */
  columns: z.array(z.enum(LIST_COLUMNS)).min(1).max(LIST_COLUMNS.length),
  format: z.enum(EXPORT_FORMATS),
  purpose: z.enum(EXPORT_PURPOSES),
  /** These alone, of those that the filter finds. */
  cases: z.array(z.uuid()).min(1).max(EXPORT_CHOSEN_MAX).optional(),
});
export type NewExport = z.infer<typeof NewExport>;

/** A list in a file, as one sees it on the screen. */
export const EXPORT_ROUTES = {
  exportTerms: route({
    method: 'GET',
    path: '/api/cases/export',
    summary: 'Combien de personnes un export contiendrait, et combien d’exports restent aujourd’hui.',
    access: 'case.read',
    query: WorklistQuery.omit({ sort: true, limit: true, cursor: true }),
    response: z.object({
      count: z.number().int(),
      /** With what was granted for today. */
      perDay: z.number().int(),
      left: z.number().int(),
      /** More was asked today, and nobody has answered. */
      asked: z.boolean(),
      /** Why more was refused today. */
      refusal: z.string().nullable(),
    }),
  }),
  exportCases: route({
    method: 'POST',
    path: '/api/cases/export',
    summary:
      'La liste que l’on voit, dans un fichier : mêmes filtres, même ordre, mêmes colonnes. La raison est dite, l’export tracé et compté. Rien n’en est gardé : une demande répétée, même avec sa clé d’idempotence, le refait et le compte.',
    access: 'case.read',
    stepUp: true,
    makesDocument: true,
    body: NewExport,
    response: z.object({
      fileName: z.string(),
      mediaType: z.string(),
      /** Base 64. */
      content: z.string(),
      count: z.number().int(),
    }),
    errors: ['not_possible', 'quota_reached', 'stronger_sign_in_needed'],
  }),
} as const;
