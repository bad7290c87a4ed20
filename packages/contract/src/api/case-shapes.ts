import { z } from 'zod';
import { SOLUTION_KINDS } from '../act-vocabulary.ts';
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
import { LITIGE_KINDS } from '../decision-vocabulary.ts';
import { PARTNER_NEWS } from '../event-vocabulary.ts';
import { LEGAL_CLOCKS } from '../legal-clocks.ts';
import { MISSION_LOCALE_KNOWLEDGE } from '../person-vocabulary.ts';
import { PRIORITIES } from '../priority-vocabulary.ts';
import { TRAINING_LEVELS, TRAININGS } from '../training-vocabulary.ts';
import { Appointment } from './appointment-shape.ts';

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
  /** Full years today. */
  age: z.number().int(),
  minor: z.boolean(),
  /** INSEE code and name of the commune of residence, as the list told them. */
  commune: z.string().nullable(),
  communeName: z.string().nullable(),
  /** UAI of the last establishment. */
  lastSchool: z.string().nullable(),
  /** What the last training led to, in words. */
  lastTraining: z.string().nullable(),
  leftOn: z.iso.date().nullable(),
  /** Whether a mission locale knows them, as the last list that bore them told it. */
  missionLocale: z.enum(MISSION_LOCALE_KNOWLEDGE),
  /** Today; null for who is not to be followed. */
  priority: z.enum(PRIORITIES).nullable(),
  hasPhone: z.boolean(),
  attempts: z.number().int(),
  lastAttemptAt: z.iso.datetime().nullable(),
  /** Whole days since the last attempt; null when there was none. */
  daysSinceAttempt: z.number().int().nullable(),
  /** Not to be asked about before that day. */
  verifyAfter: z.iso.date().nullable(),
  interviewAt: z.iso.datetime().nullable(),
  /** The interview that is set, as an appointment. */
  appointment: Appointment.nullable(),
  interviewHeldAt: z.iso.datetime().nullable(),
  callBackAt: z.iso.datetime().nullable(),
  /** The last interview at which the legal representative was present. */
  jointInterviewAt: z.iso.datetime().nullable(),
  solution: z.enum(SOLUTION_KINDS).nullable(),
  enteredOn: z.iso.date().nullable(),
  returnAskedOn: z.iso.date().nullable(),
  summonedOn: z.iso.date().nullable(),
  /** Who asks that the case be closed for a report to the département: somebody else confirms. */
  closingAskedBy: z.uuid().nullable(),
  closedBy: z.uuid().nullable(),
  /** The case with which this one was joined. */
  mergedInto: z.uuid().nullable(),
  /** When somebody last made sure of what is known, and until when it holds; unknown after that. */
  confirmedOn: z.iso.date().nullable(),
  situation: z.enum(['known', 'unknown']),
  situationUntil: z.iso.date().nullable(),
  /** What comes next, when something is set. */
  nextStep: z.object({ kind: z.enum(['interview', 'call_back']), at: z.iso.datetime() }).nullable(),
  /** Sent back with every change: a change made in between is told, never overwritten. */
  version: z.number().int(),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const CASE_SORTS = ['name', 'last_attempt', 'priority'] as const;
export const WORKLIST_PAGE_MAX = 200;

/** What a worklist may be narrowed to. All given hold together. */
export const CaseFilter = z.object({
  verification: z.enum(VERIFICATIONS).optional(),
  contact: z.enum(CONTACTS).optional(),
  pathway: z.enum(PATHWAYS).optional(),
  obligation: z.enum(OBLIGATIONS).optional(),
  /** `me`, `nobody`, or a person. */
  referent: z.union([z.enum(['me', 'nobody']), z.uuid()]).optional(),
  minor: z.stringbool().optional(),
  /** True: not closed. */
  open: z.stringbool().optional(),
  listed: z.stringbool().optional(),
  /** True: told by a school, a partner or the person, by no list yet. */
  signalled: z.stringbool().optional(),
  hasPhone: z.stringbool().optional(),
  /** False: no interview was held yet. */
  interviewed: z.stringbool().optional(),
  /** INSEE code. */
  commune: z.string().max(5).optional(),
  /** UAI of the last establishment. */
  school: z.string().max(8).optional(),
  /** What the last training led to, and its level; `unknown`: no list told it. */
  training: z.enum(TRAININGS).optional(),
  trainingLevel: z.enum(TRAINING_LEVELS).optional(),
  missionLocale: z.enum(MISSION_LOCALE_KNOWLEDGE).optional(),
  /** Among those to follow. */
  priority: z.enum(PRIORITIES).optional(),
  /** No attempt for at least that many days, or never. */
  quietDays: z.coerce.number().int().min(0).max(3650).optional(),
  /** Entered a solution within that many days. */
  enteredWithin: z.coerce.number().int().min(0).max(3650).optional(),
  /** Beginning of a name, accents and case aside. */
  name: z.string().trim().min(2).max(60).optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

export const WorklistQuery = CaseFilter.extend({
  platform: z.uuid(),
  sort: z.enum(CASE_SORTS).default('name'),
  limit: z.coerce.number().int().min(1).max(WORKLIST_PAGE_MAX).default(50),
  /** From `next` of the page before. */
  cursor: z.string().max(400).optional(),
});
export type WorklistQuery = z.infer<typeof WorklistQuery>;

export const WorklistPage = z.object({
  cases: z.array(CaseRow),
  /** Of these cases, the last thing that a partner told since the caller last opened them, within `NEWS_DAYS`. */
  news: z.array(z.object({ caseId: z.uuid(), kind: z.enum(PARTNER_NEWS) })),
  /** Cursor of the next page; null on the last. */
  next: z.string().nullable(),
});

export const TimelineEvent = z.object({
  eventId: z.number().int(),
  /** The case itself, or one that was joined with it. */
  caseId: z.uuid(),
  kind: z.string(),
  happenedAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  /** Null when the program did it, at a publication. */
  actor: z.uuid().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** True when a later event took it back. */
  undone: z.boolean(),
});

/** Why somebody is on the list, from the entry in force. */
export const WhyListed = z.object({
  /** One sentence in French. */
  sentence: z.string(),
  campaign: z.string(),
  asOf: z.iso.date(),
  ruleSet: z.string(),
  checks: z.array(
    z.object({
      check: z.string(),
      label: z.string(),
      passed: z.boolean(),
      /** Records that prove it: where each was read. */
      evidence: z.array(
        z.object({ recordId: z.string(), source: z.string(), file: z.string(), position: z.string() }),
      ),
    }),
  ),
  /** What to know besides, with its French label. */
  flags: z.array(z.object({ flag: z.string(), label: z.string() })),
});
export type WhyListed = z.infer<typeof WhyListed>;

export const CONTACT_KINDS = ['phone', 'email', 'address'] as const;
/** A way to reach somebody, where it was read, and what is known of it. */
export const ContactPoint = z.object({
  kind: z.enum(CONTACT_KINDS),
  value: z.string(),
  /** `list`: told by the campaign; `platform`: told by a person of the platform. */
  source: z.enum(['list', 'platform']),
  /** Reference date of the list, or day on which it was told. */
  toldOn: z.iso.date(),
  /** What a person of the platform found of it last. */
  quality: z.enum(['untested', 'verified', 'wrong']),
  qualityOn: z.iso.date().nullable(),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

export const Representative = z.object({
  name: z.string(),
  relation: z.string().nullable(),
  /** Does not wish to be contacted: theirs alone, and over once the person is of age. */
  refuses: z.boolean(),
  contacts: z.array(ContactPoint),
});
export type Representative = z.infer<typeof Representative>;

const LookAlike = z.object({
  /** The other number, the same when the doubt is within the person, or the code of a death. */
  siei: z.string(),
  kind: z.enum(LITIGE_KINDS),
  /** In French. */
  reasons: z.array(z.string()),
  weight: z.number().nullable(),
  /** When the other has a case that the caller may open. */
  case: z
    .object({
      caseId: z.uuid(),
      familyName: z.string(),
      firstNames: z.array(z.string()),
      birthDate: z.iso.date(),
    })
    .nullable(),
});

export const CaseDetail = CaseRow.extend({
  platformId: z.uuid().nullable(),
  department: z.string(),
  openedOn: z.iso.date(),
  /** The entry of the list in force, as liste-DD.json tells it; null for who is no longer listed. */
  entry: z.record(z.string(), z.unknown()).nullable(),
  /** Null for who is no longer listed. */
  why: WhyListed.nullable(),
  contacts: z.array(ContactPoint),
  /** Of minors only; nobody's once the person is of age. */
  representatives: z.array(Representative),
  /** What the campaign asks about this person: who else they might be. */
  lookAlikes: z.array(LookAlike),
  /** Others whom one of the telephones reaches: siblings, most often. */
  samePhone: z.array(
    z.object({
      phone: z.string(),
      caseId: z.uuid(),
      familyName: z.string(),
      firstNames: z.array(z.string()),
    }),
  ),
  /** Legal clocks that run. */
  clocks: z.array(
    z.object({
      clock: z.enum(LEGAL_CLOCKS),
      countedFrom: z.iso.date(),
      dueOn: z.iso.date(),
      daysLeft: z.number().int(),
    }),
  ),
  notes: z.array(
    z.object({ text: z.string(), author: z.uuid(), writtenAt: z.iso.datetime(), eraseAfter: z.iso.date() }),
  ),
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

export const Undo = z.object({ version: z.number().int().positive() });

/** Outcomes that a school of origin is told: where a former pupil went, never why one could not be helped. */
export const DESTINATION_OUTCOMES = ['training', 'apprenticeship', 'employment', 'civic_service'] as const;

export const FormerPupil = z.object({
  caseId: z.uuid(),
  siei: z.string(),
  familyName: z.string(),
  firstNames: z.array(z.string()),
  birthDate: z.iso.date(),
  verification: z.enum(VERIFICATIONS),
  verificationReason: z.enum(REFUTATION_REASONS).nullable(),
  listed: z.boolean(),
  /** Where they went, once they entered a solution or their case was closed for one. */
  destination: z.union([z.enum(SOLUTION_KINDS), z.enum(DESTINATION_OUTCOMES)]).nullable(),
  destinationOn: z.iso.date().nullable(),
});
export type FormerPupil = z.infer<typeof FormerPupil>;
