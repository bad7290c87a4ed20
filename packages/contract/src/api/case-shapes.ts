import { z } from 'zod';
import {
  ATTEMPT_CHANNELS,
  ATTEMPT_OUTCOMES,
  CASE_OUTCOMES,
  CONTACTS,
  OBLIGATIONS,
  PATHWAYS,
  REFUTATION_REASONS,
  VERIFICATIONS,
} from '../case-axes.ts';

/** Where a case stands on every axis. */
const CaseState = z.object({
  verification: z.enum(VERIFICATIONS),
  verificationReason: z.enum(REFUTATION_REASONS).nullable(),
  contact: z.enum(CONTACTS),
  pathway: z.enum(PATHWAYS),
  outcome: z.enum(CASE_OUTCOMES).nullable(),
  obligation: z.enum(OBLIGATIONS).nullable(),
});

/** A row of the worklist. */
export const CaseRow = CaseState.extend({
  caseId: z.uuid(),
  siei: z.string(),
  familyName: z.string(),
  usageName: z.string().nullable(),
  firstNames: z.array(z.string()),
  birthDate: z.iso.date(),
  listed: z.boolean(),
  delistedReason: z.string().nullable(),
  referent: z.uuid().nullable(),
  attempts: z.number().int(),
  lastAttemptAt: z.iso.datetime().nullable(),
  /** Sent back with every change: a change made in between is told, never overwritten. */
  version: z.number().int(),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const CASE_SORTS = ['name', 'last_attempt'] as const;
export const WORKLIST_PAGE_MAX = 200;

export const WorklistQuery = z.object({
  platform: z.uuid(),
  sort: z.enum(CASE_SORTS).default('name'),
  verification: z.enum(VERIFICATIONS).optional(),
  contact: z.enum(CONTACTS).optional(),
  pathway: z.enum(PATHWAYS).optional(),
  /** `me`, `nobody`, or a person. */
  referent: z.union([z.enum(['me', 'nobody']), z.uuid()]).optional(),
  minor: z.stringbool().optional(),
  /** Beginning of a name, accents and case aside. */
  name: z.string().trim().min(2).max(60).optional(),
  limit: z.coerce.number().int().min(1).max(WORKLIST_PAGE_MAX).default(50),
  /** From `next` of the page before. */
  cursor: z.string().max(400).optional(),
});
export type WorklistQuery = z.infer<typeof WorklistQuery>;

export const WorklistPage = z.object({
  cases: z.array(CaseRow),
  /** Cursor of the next page; null on the last. */
  next: z.string().nullable(),
});

export const TimelineEvent = z.object({
  eventId: z.number().int(),
  kind: z.string(),
  happenedAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  /** Null when the program did it, at a publication. */
  actor: z.uuid().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** True when a later event took it back. */
  undone: z.boolean(),
});

export const CaseDetail = CaseRow.extend({
  platformId: z.uuid().nullable(),
  department: z.string(),
  openedOn: z.iso.date(),
  /** The entry of the list in force, as liste-DD.json tells it; null for who is no longer listed. */
  entry: z.record(z.string(), z.unknown()).nullable(),
  timeline: z.array(TimelineEvent),
  colleagues: z.array(z.object({ personId: z.uuid(), displayName: z.string() })),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const NewAttempt = z.object({
  version: z.number().int().positive(),
  channel: z.enum(ATTEMPT_CHANNELS),
  outcome: z.enum(ATTEMPT_OUTCOMES),
  /** Now when absent; an attempt may be told afterwards, never in advance. */
  happenedAt: z.iso.datetime().optional(),
});
export type NewAttempt = z.infer<typeof NewAttempt>;

export const NewAssignment = z.object({
  version: z.number().int().positive(),
  /** Null: nobody. */
  referent: z.uuid().nullable(),
});
export type NewAssignment = z.infer<typeof NewAssignment>;

export const Undo = z.object({ version: z.number().int().positive() });

export const FormerPupil = z.object({
  caseId: z.uuid(),
  siei: z.string(),
  familyName: z.string(),
  firstNames: z.array(z.string()),
  birthDate: z.iso.date(),
  verification: z.enum(VERIFICATIONS),
  verificationReason: z.enum(REFUTATION_REASONS).nullable(),
  listed: z.boolean(),
});
export type FormerPupil = z.infer<typeof FormerPupil>;
