import { z } from 'zod';
import { LEGAL_CLOCKS } from '../legal-clocks.ts';
import { STRUCTURE_ANSWERS } from '../referral-vocabulary.ts';
import { CaseRow } from './case-shapes.ts';
import { CaseParams, route } from './route-definition.ts';

export const DAY_ITEMS = [...LEGAL_CLOCKS, 'call_back', 'appointment', 'referral', 'situation'] as const;
export type DayItem = (typeof DAY_ITEMS)[number];
/** Longest for which something of the day may be put off. */
export const LATER_DAYS_MAX = 31;

/** Something to do about a case, and by when. */
const Duty = z.object({
  item: z.enum(DAY_ITEMS),
  dueOn: z.iso.date(),
  /** Days left; negative once the day is over. */
  daysLeft: z.number().int(),
  /** For an appointment or a call: when. */
  at: z.iso.datetime().nullable(),
  /** For a legal clock: the day from which it was counted. */
  countedFrom: z.iso.date().nullable(),
  /** For a proposal: to whom it was made, and what they answered. */
  referral: z.object({ structure: z.string(), answer: z.enum(STRUCTURE_ANSWERS).nullable() }).nullable(),
  case: CaseRow,
});
export type Duty = z.infer<typeof Duty>;

export const DAY_ROUTES = {
  myDay: route({
    method: 'GET',
    path: '/api/my-day',
    summary: 'Ma journée : échéances légales, rappels, rendez-vous, situations à reconfirmer.',
    access: 'case.read',
    query: z.object({
      platform: z.uuid(),
      /** `mine`: my cases and nobody's; `platform`: everybody's. */
      whose: z.enum(['mine', 'platform']).default('mine'),
    }),
    response: z.object({
      deadlines: z.array(Duty),
      callBacks: z.array(Duty),
      appointments: z.array(Duty),
      /** Structures that have not answered for a week, that have, or that are to be asked again. */
      referrals: z.array(Duty),
      situations: z.array(Duty),
      /** Cases that nobody has verified yet. */
      toVerify: z.number().int(),
      /** Whom I replace or shall replace, and who replaces me. */
      replacements: z.array(
        z.object({
          /** `substitute`: I stand in for them; `replaced`: they stand in for me. */
          mine: z.enum(['substitute', 'replaced']),
          displayName: z.string(),
          validFrom: z.iso.date(),
          validTo: z.iso.date(),
        }),
      ),
      /** Cases of the platform that I changed today, and did not change back. */
      done: z.number().int(),
      /** Put off by me to another day. */
      later: z.number().int(),
    }),
  }),
  postpone: route({
    method: 'POST',
    path: '/api/cases/{caseId}/later',
    summary: 'Remet à plus tard, pour moi seulement.',
    access: 'case.act',
    params: CaseParams,
    body: z.object({
      item: z.enum(DAY_ITEMS),
      /** Shown again on that day; null: at once. */
      until: z.iso.date().nullable(),
    }),
    response: z.object({ until: z.iso.date().nullable() }),
    errors: ['not_found', 'not_possible'],
  }),
} as const;
