import { z } from 'zod';
import { NOTICE_KINDS, OPENING_GROUNDS, OPENING_REASONS } from '../notice-vocabulary.ts';
import { NextPage, PageQuery } from './pages.ts';
import { type RouteDefinition, route } from './route-definition.ts';

const STATEMENT_MIN = 10;
const STATEMENT_MAX = 500;
const DAYS_MAX = 90;
/** The last place of a look-up, which finds ten at most. */
const FOUND_MAX = 9;
export const NOTICES_PAGE = 100;

const OpeningWords = z.object({
  reason: z.enum(OPENING_REASONS),
  /** What justifies it, in a sentence; read by those who answer for the case and by data protection. */
  statement: z.string().trim().min(STATEMENT_MIN).max(STATEMENT_MAX),
});
/** Of which case: by its number, or one of those whom a look-up of the caller's of the day found. */
export const NewOpening = OpeningWords.extend({
  siei: z
    .string()
    .regex(/^[0-9A-Z]{12}$/)
    .optional(),
  findingId: z.number().int().positive().optional(),
  /** Which of those found, from 0, in the order in which they were told. */
  place: z.number().int().min(0).max(FOUND_MAX).default(0),
}).refine(({ siei, findingId }) => (siei === undefined) !== (findingId === undefined), {
  path: ['findingId'],
});
export type NewOpening = z.infer<typeof NewOpening>;

export const Opening = OpeningWords.extend({
  openingId: z.uuid(),
  siei: z.string(),
  reason: z.enum(OPENING_GROUNDS),
  person: z.object({ personId: z.uuid(), displayName: z.string() }),
  platformId: z.uuid().nullable(),
  openedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Opening = z.infer<typeof Opening>;

export const Notice = z.object({
  noticeId: z.number().int(),
  at: z.iso.datetime(),
  to: z.enum(['me', 'platform', 'control']),
  platformId: z.uuid().nullable(),
  kind: z.enum(NOTICE_KINDS),
  /** What it is about: an opening, a replacement, a right, a person. */
  about: z.uuid(),
  details: z.record(z.string(), z.unknown()),
  /** Professional or professionals whom it is about; null: nobody in particular. */
  who: z.string().nullable(),
  /** The caller has seen it, or a later one. */
  seen: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

export const UnusualReading = z.object({
  personId: z.uuid(),
  displayName: z.string(),
  day: z.iso.date(),
  /** Cases opened that day. */
  opened: z.number().int(),
  /** Median of their own days of the month before, or of the others of their role; null: neither is known yet. */
  usual: z.number().nullable(),
  /** They have no habit of their own yet: fewer than five days of the month before. */
  ofRole: z.boolean(),
});
export type UnusualReading = z.infer<typeof UnusualReading>;

export const Reader = z.object({
  day: z.iso.date(),
  /** A person, or `program:…`. */
  actor: z.string(),
  displayName: z.string().nullable(),
  purpose: z.string(),
  action: z.string(),
  times: z.number().int(),
});
export type Reader = z.infer<typeof Reader>;

/** Cases opened outside of one's zone, what is told to whom, and who read what. */
export const WATCH_ROUTES = {
  openElsewhere: route({
    method: 'POST',
    path: '/api/openings',
    summary:
      'Ouvre pour trois heures, en lecture, un dossier d’un autre territoire, pour une raison dite ; qui en répond et la protection des données sont avertis.',
    access: 'case.open_elsewhere',
    stepUp: true,
    body: NewOpening,
    response: z.object({ caseId: z.uuid(), expiresAt: z.iso.datetime() }),
    errors: ['not_found', 'not_possible', 'quota_reached'],
  }),
  openings: route({
    method: 'GET',
    path: '/api/openings',
    summary: 'Ces ouvertures : les miennes, celles de mes dossiers, toutes pour la protection des données.',
    access: 'profile.read',
    query: PageQuery,
    response: z.object({ openings: z.array(Opening), next: NextPage }),
  }),
  notices: route({
    method: 'GET',
    path: '/api/notices',
    summary: 'Ce dont je suis averti : moi, mes plateformes, ou la protection des données.',
    access: 'profile.read',
    query: z.object({
      /** From the last of the page before. */
      before: z.coerce.number().int().positive().optional(),
    }),
    response: z.object({ notices: z.array(Notice) }),
  }),
  unseenNotices: route({
    method: 'GET',
    path: '/api/notices/unseen',
    summary: 'Combien d’avertissements du dernier mois je n’ai pas encore vus, jusqu’à cent.',
    access: 'profile.read',
    response: z.object({ count: z.number().int() }),
  }),
  seeNotices: route({
    method: 'POST',
    path: '/api/notices/seen',
    summary: 'Dit jusqu’où j’ai lu mes avertissements.',
    access: 'profile.read',
    body: z.object({ upTo: z.number().int().positive() }),
    response: z.object({ seen: z.literal(true) }),
  }),
  unusualReading: route({
    method: 'GET',
    path: '/api/audit/unusual',
    summary:
      'Les jours où quelqu’un a ouvert bien plus de dossiers qu’à son habitude, ou qu’à celle de son rôle s’il n’en a pas encore.',
    access: 'audit.read',
    query: z.object({ days: z.coerce.number().int().min(1).max(DAYS_MAX).default(30) }),
    response: z.object({ days: z.array(UnusualReading) }),
  }),
  caseReaders: route({
    method: 'GET',
    path: '/api/cases/{caseId}/readers',
    summary: 'Qui a vu ce dossier, quel jour, pour quoi : ce qu’on répond à la personne qui le demande.',
    access: 'audit.read',
    params: z.object({ caseId: z.uuid() }),
    response: z.object({ readers: z.array(Reader) }),
  }),
} as const satisfies Record<string, RouteDefinition>;
