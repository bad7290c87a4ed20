import { z } from 'zod';
import { DECISION_VERDICTS } from '../decision-vocabulary.ts';
import { CaseRow } from './case-shapes.ts';
import { CaseParams, route } from './route-definition.ts';

const SIDE_MAX = 24;
const Side = z.string().trim().min(1).max(SIDE_MAX);

const Litige = z.object({
  siei1: z.string(),
  /** The other number, the same when the doubt is within one person, or the code of a death. */
  siei2: z.string(),
  reasons: z.array(z.object({ reason: z.string(), sentence: z.string() })),
  /** Match weight, in bits, when a model weighed the pair. */
  weight: z.number().nullable(),
  /** Cases that the caller may open, of the two sides. */
  cases: z.array(CaseRow),
  /** Answers given, the last one first. */
  decisions: z.array(
    z.object({
      verdict: z.enum(DECISION_VERDICTS),
      decidedOn: z.iso.date(),
      decidedBy: z.uuid(),
      role: z.string(),
    }),
  ),
});
export type Litige = z.infer<typeof Litige>;

export const NewLitigeDecision = z.object({
  siei1: Side,
  siei2: Side,
  verdict: z.enum(DECISION_VERDICTS),
  /** Why, without anything personal. */
  reason: z.string().trim().max(200).default(''),
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
    query: z.object({ platform: z.uuid(), limit: z.coerce.number().int().min(1).max(50).default(20) }),
    response: z.object({ litiges: z.array(Litige), undecided: z.number().int() }),
  }),
  decideLitige: route({
    method: 'POST',
    path: '/api/litiges/decision',
    summary: 'Dit si deux numéros sont une seule personne. La campagne suivante le lira.',
    access: 'case.act',
    body: NewLitigeDecision,
    response: z.object({ decided: z.literal(true) }),
    errors: ['not_found'],
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
