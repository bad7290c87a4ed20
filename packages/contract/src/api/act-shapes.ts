import { z } from 'zod';
import {
  BREAK_REASONS,
  DIAGNOSED_SITUATIONS,
  INTERVIEW_MODES,
  NOTE_MAX,
  OBLIGATION_GROUNDS,
  OBSTACLES,
  SOLUTION_KINDS,
  WISHES,
} from '../act-vocabulary.ts';
import { APPOINTMENT_MINUTES, CANCELLED_BY, INVITED } from '../agenda-vocabulary.ts';
import { CLOSING_OUTCOMES } from '../case-axes.ts';
import { INFORMED_BY } from '../information-vocabulary.ts';
import { MESSAGE_CHANNELS } from '../message-vocabulary.ts';
import { CONTACT_KINDS } from './case-shapes.ts';

const version = z.number().int().positive();
/** Every change names the version that it read. */
export const Versioned = z.object({ version });
export type Versioned = z.infer<typeof Versioned>;

/** How the person was told what is kept of them and with which rights. */
export const Information = Versioned.extend({ by: z.enum(INFORMED_BY) });
export type Information = z.infer<typeof Information>;

export const NewInterview = Versioned.extend({
  at: z.iso.datetime(),
  mode: z.enum(INTERVIEW_MODES),
  minutes: z
    .number()
    .int()
    .min(APPOINTMENT_MINUTES.shortest)
    .max(APPOINTMENT_MINUTES.longest)
    .default(APPOINTMENT_MINUTES.usual),
  /** Where to come, in a few words. */
  place: z.string().trim().min(1).max(120).optional(),
  /** Somebody of the platform; whoever sets it when absent. */
  receivedBy: z.uuid().optional(),
  /** When absent: the person, and of a minor the legal representative too. */
  invited: z.array(z.enum(INVITED)).min(1).max(INVITED.length).optional(),
  /** By what the person is told; when absent, as before: nothing is written of a first appointment. */
  notify: z.enum([...MESSAGE_CHANNELS, 'none']).optional(),
});
export type NewInterview = z.infer<typeof NewInterview>;

export const InterviewCancellation = Versioned.extend({ by: z.enum(CANCELLED_BY) });
export type InterviewCancellation = z.infer<typeof InterviewCancellation>;

/** Codes alone. */
const Diagnosis = z.object({
  situation: z.enum(DIAGNOSED_SITUATIONS),
  wishes: z.array(z.enum(WISHES)).max(WISHES.length),
  obstacles: z.array(z.enum(OBSTACLES)).max(OBSTACLES.length),
});
export const InterviewReport = Versioned.extend({
  /** False: nobody came. */
  held: z.boolean(),
  /** The day set, or now when absent; never in advance. */
  heldAt: z.iso.datetime().optional(),
  mode: z.enum(INTERVIEW_MODES).optional(),
  representativePresent: z.boolean().default(false),
  diagnosis: Diagnosis.optional(),
}).refine(({ held, diagnosis }) => held || diagnosis === undefined, { path: ['diagnosis'] });
export type InterviewReport = z.infer<typeof InterviewReport>;

/** `at` null: nobody is to be called back any more. */
export const NewCallBack = Versioned.extend({ at: z.iso.datetime().nullable() });
export type NewCallBack = z.infer<typeof NewCallBack>;

export const PATHWAY_STEPS = ['diagnosis', 'proposed', 'accepted', 'entered', 'holding', 'broken'] as const;
export const PathwayStep = Versioned.extend({
  to: z.enum(PATHWAY_STEPS),
  /** Asked to propose and to enter, unless a proposal said it. */
  solution: z.enum(SOLUTION_KINDS).optional(),
  /** Day of the entry, of the confirmation or of the break; today when absent. */
  on: z.iso.date().optional(),
  breakReason: z.enum(BREAK_REASONS).optional(),
}).refine(({ to, breakReason }) => (to === 'broken') === (breakReason !== undefined), {
  path: ['breakReason'],
});
export type PathwayStep = z.infer<typeof PathwayStep>;

export const NewClosing = Versioned.extend({ outcome: z.enum(CLOSING_OUTCOMES) });
export type NewClosing = z.infer<typeof NewClosing>;

export const OBLIGATION_MOVES = ['not_met', 'met', 'exempt', 'summoned'] as const;
export const NewObligation = Versioned.extend({
  to: z.enum(OBLIGATION_MOVES),
  /** By what it is met: with `met`, and only then. */
  ground: z.enum(OBLIGATION_GROUNDS).optional(),
  /** Day of the summons; today when absent. */
  on: z.iso.date().optional(),
}).refine(({ to, ground }) => (to === 'met') === (ground !== undefined), { path: ['ground'] });
export type NewObligation = z.infer<typeof NewObligation>;

export const NewNote = Versioned.extend({
  text: z.string().trim().min(1).max(NOTE_MAX),
  /** The warning about what the note seems to speak of was read. */
  acknowledged: z.boolean().default(false),
});
export type NewNote = z.infer<typeof NewNote>;

export const CONTACT_MARKS = ['added', 'verified', 'wrong'] as const;
export type ContactMark = (typeof CONTACT_MARKS)[number];
export const NewContactMark = Versioned.extend({
  mark: z.enum(CONTACT_MARKS),
  kind: z.enum(CONTACT_KINDS),
  value: z.string().trim().min(3).max(200),
  /** Name of the legal representative whose it is; absent: the person's own. */
  holder: z.string().trim().min(2).max(100).optional(),
});
export type NewContactMark = z.infer<typeof NewContactMark>;

export const RepresentativeAnswer = Versioned.extend({
  name: z.string().trim().min(2).max(100),
  refuses: z.boolean(),
});
export type RepresentativeAnswer = z.infer<typeof RepresentativeAnswer>;

/** A request to return to training, made on that day. */
export const ReturnRequest = Versioned.extend({ on: z.iso.date() });
export type ReturnRequest = z.infer<typeof ReturnRequest>;
