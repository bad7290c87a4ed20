import { z } from 'zod';
import { MESSAGE_CHANNELS, MESSAGE_KINDS, MESSAGE_STATES } from '../message-vocabulary.ts';
import { CaseParams, route } from './route-definition.ts';

const CaseMessage = z.object({
  messageId: z.uuid(),
  kind: z.enum(MESSAGE_KINDS),
  channel: z.enum(MESSAGE_CHANNELS),
  /** Empty once the time of the text is over; of an SMS always. */
  subject: z.string(),
  body: z.string(),
  state: z.enum(MESSAGE_STATES),
  askedAt: z.iso.datetime(),
  /** When it is to leave; null once it has ended. */
  leavesAt: z.iso.datetime().nullable(),
  /** When it left, failed or was withdrawn. */
  endedAt: z.iso.datetime().nullable(),
  /** Null: the program. */
  askedBy: z.uuid().nullable(),
});
export type CaseMessage = z.infer<typeof CaseMessage>;

/** What was written to people. */
export const MESSAGE_ROUTES = {
  caseMessages: route({
    method: 'GET',
    path: '/api/cases/{caseId}/messages',
    summary: 'Ce qui a été écrit à la personne ou à son sujet, parti ou non.',
    access: 'case.read',
    params: CaseParams,
    response: z.object({ messages: z.array(CaseMessage) }),
    errors: ['not_found'],
  }),
} as const;
