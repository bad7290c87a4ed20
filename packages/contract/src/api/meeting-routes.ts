import { z } from 'zod';
import { NOTE_MAX } from '../act-vocabulary.ts';
import { CLOSING_OUTCOMES } from '../case-axes.ts';
import { CaseRow } from './case-shapes.ts';
import { route } from './route-definition.ts';

/** Why a case is on the agenda: the first of these that holds, so that each is told once. */
export const MEETING_TOPICS = [
  'postponed',
  'minor_deadline',
  'to_transfer',
  'refused',
  'expired',
  'unassigned',
  'stuck',
] as const;
export type MeetingTopic = (typeof MEETING_TOPICS)[number];

export const MeetingTopicLabels = {
  postponed: 'Reportés de la dernière réunion',
  minor_deadline: 'Mineurs près de l’échéance',
  to_transfer: 'À transférer',
  refused: 'Propositions sans suite',
  expired: 'Situations à confirmer',
  unassigned: 'Nouveaux, sans référent',
  stuck: 'Rien depuis trente jours',
} as const satisfies Record<MeetingTopic, string>;

export const MEETING_DECISIONS = ['assign', 'call_back', 'hand_over', 'close', 'postpone', 'note'] as const;
export type MeetingDecisionKind = (typeof MEETING_DECISIONS)[number];

export const MeetingDecisionLabels = {
  assign: 'confié',
  call_back: 'à recontacter',
  hand_over: 'transféré',
  close: 'clos',
  postpone: 'reporté à la prochaine réunion',
  note: 'décision écrite',
} as const satisfies Record<MeetingDecisionKind, string>;

const Meeting = z.object({
  meetingId: z.uuid(),
  platformId: z.uuid(),
  heldOn: z.iso.date(),
  attendees: z.array(z.uuid()),
  /** Null: it goes on, perhaps after an interruption. */
  closedAt: z.iso.datetime().nullable(),
  version: z.number().int(),
  /** Decisions that stand. */
  decided: z.number().int(),
});
export type Meeting = z.infer<typeof Meeting>;

const MeetingDecision = z.object({
  decisionId: z.number().int(),
  caseId: z.uuid(),
  /** Who it is about, as the case told it that day. */
  subject: z.string(),
  topic: z.enum(MEETING_TOPICS),
  decision: z.enum(MEETING_DECISIONS),
  /** To whom, where, with which outcome, until when: in words, for people. */
  words: z.string(),
  text: z.string().nullable(),
  decidedBy: z.uuid(),
  decidedByName: z.string().nullable(),
  decidedAt: z.iso.datetime(),
});
export type MeetingDecision = z.infer<typeof MeetingDecision>;

const AgendaTopic = z.object({
  topic: z.enum(MEETING_TOPICS),
  /** All of them, also those beyond the first that are told. */
  count: z.number().int(),
  cases: z.array(z.object({ case: CaseRow, lastActOn: z.iso.date().nullable() })),
});

const Person = z.object({ personId: z.uuid(), displayName: z.string() });
const Agenda = z.object({
  meeting: Meeting,
  topics: z.array(AgendaTopic),
  decisions: z.array(MeetingDecision),
  colleagues: z.array(Person),
});
export type Agenda = z.infer<typeof Agenda>;

export const MeetingChange = z.object({
  version: z.number().int().positive(),
  heldOn: z.iso.date(),
  attendees: z.array(z.uuid()).max(100),
  /** True ends it; false goes on with one that was ended. */
  closed: z.boolean(),
});
export type MeetingChange = z.infer<typeof MeetingChange>;

const asked = { caseId: z.uuid(), version: z.number().int().positive(), topic: z.enum(MEETING_TOPICS) };
const written = {
  /** What was decided, in a sentence: a note, with the same warnings. */
  text: z.string().trim().max(NOTE_MAX).default(''),
  acknowledged: z.boolean().default(false),
};
export const NewMeetingDecision = z
  .object({
    ...asked,
    ...written,
    decision: z.enum(MEETING_DECISIONS),
    /** With `assign`. */
    referent: z.uuid().optional(),
    /** With `call_back`. */
    at: z.iso.datetime().optional(),
    /** With `hand_over`. */
    platform: z.uuid().optional(),
    /** With `close`. */
    outcome: z.enum(CLOSING_OUTCOMES).optional(),
  })
  .refine(
    ({ decision, referent, at, platform, outcome, text }) =>
      (decision === 'assign') === (referent !== undefined) &&
      (decision === 'call_back') === (at !== undefined) &&
      (decision === 'hand_over') === (platform !== undefined) &&
      (decision === 'close') === (outcome !== undefined) &&
      // A note stays with the case, which is no longer there to take it.
      !(decision === 'hand_over' && text !== '') &&
      !(decision === 'note' && text === ''),
    { path: ['decision'] },
  );
export type NewMeetingDecision = z.infer<typeof NewMeetingDecision>;

const Params = z.object({ meetingId: z.uuid() });

/** The monthly meeting of those who lead a platform. */
export const MEETING_ROUTES = {
  meetings: route({
    method: 'GET',
    path: '/api/meetings',
    summary: 'Les réunions de la plateforme, la dernière d’abord, et combien de dossiers attendent.',
    access: 'meeting.hold',
    query: z.object({ platform: z.uuid() }),
    response: z.object({
      meetings: z.array(Meeting),
      waiting: z.array(z.object({ topic: z.enum(MEETING_TOPICS), count: z.number().int() })),
    }),
  }),
  openMeeting: route({
    method: 'POST',
    path: '/api/meetings',
    summary: 'Commence la réunion de la plateforme, ou reprend celle qui n’est pas finie.',
    access: 'meeting.hold',
    body: z.object({ platform: z.uuid(), heldOn: z.iso.date() }),
    response: Meeting,
    errors: ['not_found'],
  }),
  meeting: route({
    method: 'GET',
    path: '/api/meetings/{meetingId}',
    summary: 'L’ordre du jour d’une réunion, et ce qui y est décidé.',
    access: 'meeting.hold',
    params: Params,
    response: Agenda,
    errors: ['not_found'],
  }),
  changeMeeting: route({
    method: 'POST',
    path: '/api/meetings/{meetingId}',
    summary: 'Note le jour et les présents, finit la réunion ou la reprend.',
    access: 'meeting.hold',
    params: Params,
    body: MeetingChange,
    response: Meeting,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  decideInMeeting: route({
    method: 'POST',
    path: '/api/meetings/{meetingId}/decisions',
    summary: 'Décide d’un dossier : le dossier change, et la réunion s’en souvient.',
    access: 'meeting.hold',
    params: Params,
    body: NewMeetingDecision,
    response: z.object({ decisionId: z.number().int() }),
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  undoMeetingDecision: route({
    method: 'POST',
    path: '/api/meetings/{meetingId}/decisions/undo',
    summary: 'Annule sa propre décision, si rien n’a suivi sur le dossier.',
    access: 'meeting.hold',
    params: Params,
    body: z.object({ decisionId: z.number().int().positive() }),
    response: z.object({ undone: z.literal(true) }),
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  meetingMinutes: route({
    method: 'GET',
    path: '/api/meetings/{meetingId}/minutes',
    summary: 'Le compte rendu, en une page à imprimer : nominatif, donc tracé et compté.',
    access: 'meeting.hold',
    stepUp: true,
    params: Params,
    response: z.object({ fileName: z.string(), html: z.string() }),
    errors: ['not_found'],
  }),
} as const;
