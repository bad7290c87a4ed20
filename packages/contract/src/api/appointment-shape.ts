import { z } from 'zod';
import { INTERVIEW_MODES } from '../act-vocabulary.ts';
import { INVITED } from '../agenda-vocabulary.ts';

/** How an interview that is set takes place; its hour stands beside it. */
export const Appointment = z.object({
  minutes: z.number().int(),
  mode: z.enum(INTERVIEW_MODES).nullable(),
  place: z.string().nullable(),
  receivedBy: z.uuid().nullable(),
  invited: z.array(z.enum(INVITED)),
  state: z.enum(['planned', 'confirmed']),
});
