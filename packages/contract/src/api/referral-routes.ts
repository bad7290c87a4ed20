import { z } from 'zod';
import { SOLUTION_KINDS } from '../act-vocabulary.ts';
import { PERSON_ANSWERS, STRUCTURE_ANSWERS, STRUCTURE_REFUSALS } from '../referral-vocabulary.ts';
import { Versioned } from './act-shapes.ts';
import { CASE_ACT } from './case-act.ts';
import { CaseParams, route } from './route-definition.ts';

/** To a structure of the platform that answers here, or to any other by its name. */
export const NewReferral = Versioned.extend({
  solution: z.enum(SOLUTION_KINDS),
  organisation: z.uuid().optional(),
  structure: z.string().trim().min(2).max(120).optional(),
}).refine(({ organisation, structure }) => (organisation === undefined) !== (structure === undefined), {
  path: ['structure'],
});
export type NewReferral = z.infer<typeof NewReferral>;

const Answer = z.object({
  answer: z.enum(STRUCTURE_ANSWERS),
  /** With `refuses`, and only then. */
  reason: z.enum(STRUCTURE_REFUSALS).optional(),
  /** The day from which to ask again: with `call_again`, and only then. */
  againOn: z.iso.date().optional(),
});
type Answer = z.infer<typeof Answer>;
const isWhole = ({ answer, reason, againOn }: Answer) =>
  (answer === 'refuses') === (reason !== undefined) && (answer === 'call_again') === (againOn !== undefined);

export const StructureReply = Answer.refine(isWhole, { path: ['answer'] });
export type StructureReply = z.infer<typeof StructureReply>;
export const NotedReply = Answer.extend({
  version: z.number().int().positive(),
  referralId: z.uuid(),
}).refine(isWhole, { path: ['answer'] });
export type NotedReply = z.infer<typeof NotedReply>;
export const PersonReply = Versioned.extend({ referralId: z.uuid(), answer: z.enum(PERSON_ANSWERS) });
export type PersonReply = z.infer<typeof PersonReply>;

const Answered = z.object({
  answer: z.enum(STRUCTURE_ANSWERS).nullable(),
  reason: z.enum(STRUCTURE_REFUSALS).nullable(),
  againOn: z.iso.date().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  personAnswer: z.enum(PERSON_ANSWERS).nullable(),
});

export const CaseReferral = Answered.extend({
  referralId: z.uuid(),
  solution: z.enum(SOLUTION_KINDS),
  structure: z.string(),
  /** It answers here by itself. */
  answersHere: z.boolean(),
  proposedAt: z.iso.datetime(),
  proposedBy: z.uuid(),
});
export type CaseReferral = z.infer<typeof CaseReferral>;

/** What a structure sees of somebody who is proposed to it: enough to answer, and no more. */
export const ReceivedReferral = Answered.extend({
  referralId: z.uuid(),
  firstName: z.string(),
  /** The initial alone, until the structure takes the person or puts them on its waiting list. */
  familyName: z.string(),
  age: z.number().int(),
  minor: z.boolean(),
  communeName: z.string().nullable(),
  solution: z.enum(SOLUTION_KINDS),
  platform: z.string(),
  proposedAt: z.iso.datetime(),
  /** Whom to talk to. */
  proposedBy: z.string(),
  entered: z.boolean(),
});
export type ReceivedReferral = z.infer<typeof ReceivedReferral>;

/** Acts of a caseworker. */
export const REFERRAL_ACT_ROUTES = {
  propose: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/referrals',
    summary: 'Propose une solution à une structure.',
    body: NewReferral,
  }),
  noteStructureAnswer: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/referrals/structure',
    summary: 'Note ce que la structure a répondu.',
    body: NotedReply,
  }),
  notePersonAnswer: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/referrals/person',
    summary: 'Note ce que la personne répond à une proposition.',
    body: PersonReply,
  }),
} as const;

export const REFERRAL_ROUTES = {
  ...REFERRAL_ACT_ROUTES,
  referrals: route({
    method: 'GET',
    path: '/api/cases/{caseId}/referrals',
    summary: 'Les propositions faites à des structures, et les réponses.',
    access: 'case.read',
    params: CaseParams,
    response: z.object({ referrals: z.array(CaseReferral) }),
    errors: ['not_found'],
  }),
  structures: route({
    method: 'GET',
    path: '/api/structures',
    summary: 'Les structures d’une plateforme qui répondent ici.',
    access: 'case.read',
    query: z.object({ platform: z.uuid() }),
    response: z.object({ structures: z.array(z.object({ organisation: z.uuid(), name: z.string() })) }),
  }),
  receivedReferrals: route({
    method: 'GET',
    path: '/api/received-referrals',
    summary: 'Les jeunes que des plateformes proposent à ma structure.',
    access: 'referral.answer',
    response: z.object({ referrals: z.array(ReceivedReferral) }),
  }),
  answerReferral: route({
    method: 'POST',
    path: '/api/received-referrals/{referralId}/answer',
    summary: 'Répond à une proposition, ou change de réponse.',
    access: 'referral.answer',
    params: z.object({ referralId: z.uuid() }),
    body: StructureReply,
    response: z.object({ answered: z.literal(true) }),
    errors: ['not_found', 'not_possible'],
  }),
} as const;
