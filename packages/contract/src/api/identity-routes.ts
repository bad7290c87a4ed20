import { z } from 'zod';
import { DECISION_VERDICTS, LITIGE_KINDS } from '../decision-vocabulary.ts';
import { CaseRow } from './case-shapes.ts';
import { CaseParams, route } from './route-definition.ts';

const SIDE_MAX = 24;
const Side = z.string().trim().min(1).max(SIDE_MAX);

/** One line of a file about one of the two, as it is laid beside the others. */
const LitigeRecord = z.object({
  /** Who sent it: a source of the vocabulary. */
  source: z.string(),
  extractedOn: z.iso.date().nullable(),
  familyName: z.string().nullable(),
  usageName: z.string().nullable(),
  firstNames: z.array(z.string()),
  sex: z.enum(['M', 'F']).nullable(),
  birthDate: z.iso.date(),
  birthPlace: z.string().nullable(),
  commune: z.string().nullable(),
  /** Kinds of national identifiers with their last four signs: enough to see that two differ. */
  identifiers: z.array(z.string()),
  /** Where they were last, and until when. */
  school: z.string().nullable(),
  lastDay: z.iso.date().nullable(),
  /** Of the file of deaths alone. */
  diedOn: z.iso.date().nullable(),
});
export type LitigeRecord = z.infer<typeof LitigeRecord>;

/** What the campaign knew of one of the two. */
const LitigeSide = z.object({
  /** SIEI number, or the code of a death. */
  number: z.string(),
  /** On a list; null: a death. */
  listed: z.boolean().nullable(),
  records: z.array(LitigeRecord),
});

/** What adds up to the weight, in bits: above zero what pushes together, below what pulls apart. */
const LitigeEvidence = z.object({ comparison: z.string(), level: z.string(), weight: z.number() });
export type LitigeEvidence = z.infer<typeof LitigeEvidence>;

/**
 * Of whom the answer is waited for. `second_opinion`: somebody did not know; `waiting`: the caller did not, somebody else is to
 * say; `set_aside`: two people did not know.
 */
export const LITIGE_STATES = ['to_decide', 'second_opinion', 'waiting', 'set_aside', 'decided'] as const;
export type LitigeState = (typeof LITIGE_STATES)[number];

const Litige = z.object({
  siei1: z.string(),
  /** The other number, the same when the doubt is within one person, or the code of a death. */
  siei2: z.string(),
  kind: z.enum(LITIGE_KINDS),
  state: z.enum(LITIGE_STATES),
  reasons: z.array(z.object({ reason: z.string(), sentence: z.string() })),
  /** Match weight, in bits, when a model weighed the pair. */
  weight: z.number().nullable(),
  /** Null: the publication did not tell it, or no model weighed the pair. */
  evidence: z.array(LitigeEvidence).nullable(),
  /** Null: the publication did not tell them. */
  sides: z.array(LitigeSide).nullable(),
  /** What each answer would change, in French sentences. */
  consequences: z.object({
    same: z.array(z.string()),
    different: z.array(z.string()),
    unknown: z.array(z.string()),
  }),
  /** Cases that the caller may open, of the two sides. */
  cases: z.array(CaseRow),
  /** Answers that stand, the last one first. */
  decisions: z.array(
    z.object({
      decisionId: z.number().int(),
      verdict: z.enum(DECISION_VERDICTS),
      decidedOn: z.iso.date(),
      decidedBy: z.uuid(),
      /** Null: no colleague of today. */
      decidedByName: z.string().nullable(),
      role: z.string(),
      reason: z.string(),
    }),
  ),
});
export type Litige = z.infer<typeof Litige>;

export const LITIGES_SHOWN = ['all', 'todo', 'answered'] as const;
export const LitigeQuery = z.object({
  platform: z.uuid(),
  /** 0: the counts alone. */
  limit: z.coerce.number().int().min(0).max(50).default(20),
  /** `todo`: those that wait for the caller; `answered`: those that somebody answered, the latest first. */
  show: z.enum(LITIGES_SHOWN).default('all'),
});
export type LitigeQuery = z.infer<typeof LitigeQuery>;

export const NewLitigeDecision = z.object({
  siei1: Side,
  siei2: Side,
  verdict: z.enum(DECISION_VERDICTS),
  /** Why, without anything personal. */
  reason: z.string().trim().max(200).default(''),
  /** The last answer that was on screen, 0 when there was none: refused when somebody answered since. */
  seen: z.number().int().nonnegative().optional(),
});
export type NewLitigeDecision = z.infer<typeof NewLitigeDecision>;

export const Merge = z.object({
  version: z.number().int().positive(),
  /** The case that goes on. */
  into: z.uuid(),
  intoVersion: z.number().int().positive(),
});
export type Merge = z.infer<typeof Merge>;

/** Who is one person, and who are two. */
export const IDENTITY_ROUTES = {
  litiges: route({
    method: 'GET',
    path: '/api/litiges',
    summary: 'Les identités à trancher de la plateforme : celles que personne n’a tranchées d’abord.',
    access: 'case.read',
    query: LitigeQuery,
    response: z.object({
      litiges: z.array(Litige),
      /** Those that nobody answered. */
      undecided: z.number().int(),
      /** By state, for the caller. */
      counts: z.record(z.enum(LITIGE_STATES), z.number().int()),
    }),
  }),
  decideLitige: route({
    method: 'POST',
    path: '/api/litiges/decision',
    summary: 'Dit si deux numéros sont une seule personne. La campagne suivante le lira.',
    access: 'case.act',
    body: NewLitigeDecision,
    response: z.object({ decided: z.literal(true), decisionId: z.number().int() }),
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  withdrawLitigeDecision: route({
    method: 'POST',
    path: '/api/litiges/decision/withdrawal',
    summary: 'Reprend sa propre réponse sur une identité : la question est de nouveau posée.',
    access: 'case.act',
    body: z.object({ decisionId: z.number().int().positive() }),
    response: z.object({ withdrawn: z.literal(true) }),
    errors: ['not_found', 'not_possible'],
  }),
  mergeCases: route({
    method: 'POST',
    path: '/api/cases/{caseId}/merge',
    summary: 'Réunit ce dossier, en double, avec celui qui continue. Peut être défait.',
    access: 'case.act',
    params: CaseParams,
    body: Merge,
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  partCases: route({
    method: 'POST',
    path: '/api/cases/{caseId}/part',
    summary: 'Sépare à nouveau un dossier qui avait été réuni avec un autre.',
    access: 'case.act',
    params: CaseParams,
    body: z.object({ version: z.number().int().positive() }),
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
} as const;
