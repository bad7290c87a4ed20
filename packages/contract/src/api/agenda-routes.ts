import { z } from 'zod';
import { INTERVIEW_MODES } from '../act-vocabulary.ts';
import {
  APPOINTMENT_CONFLICTS,
  APPOINTMENT_MINUTES,
  APPOINTMENT_STATES,
  INVITED,
} from '../agenda-vocabulary.ts';
import { CaseRow } from './case-shapes.ts';
import { route } from './route-definition.ts';

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
/** When somebody receives on a day of the week (1: Monday), at the place of the platform. */
const ReceptionHours = z
  .object({
    weekday: z.number().int().min(1).max(7),
    from: z.string().regex(HOUR),
    to: z.string().regex(HOUR),
  })
  .refine(({ from, to }) => from < to, { path: ['to'] });
export type ReceptionHours = z.infer<typeof ReceptionHours>;

/** How somebody receives: when, where, and the telephone by which an appointment is changed. */
export const Reception = z.object({
  hours: z.array(ReceptionHours).max(28),
  place: z.string().trim().max(120).nullable(),
  phone: z.string().trim().max(20).nullable(),
});
export type Reception = z.infer<typeof Reception>;

export const AgendaEntry = z.object({
  at: z.iso.datetime(),
  minutes: z.number().int(),
  mode: z.enum(INTERVIEW_MODES).nullable(),
  place: z.string().nullable(),
  receivedBy: z.uuid().nullable(),
  invited: z.array(z.enum(INVITED)),
  state: z.enum(APPOINTMENT_STATES),
  /** Another one of whoever receives stands at the same time. */
  overlaps: z.boolean(),
  case: CaseRow,
});
export type AgendaEntry = z.infer<typeof AgendaEntry>;

const minutes = z.coerce
  .number()
  .int()
  .min(APPOINTMENT_MINUTES.shortest)
  .max(APPOINTMENT_MINUTES.longest)
  .default(APPOINTMENT_MINUTES.usual);
/** First and last day, both included, at the place of the platform. */
const Stretch = z.object({ platform: z.uuid(), from: z.iso.date(), to: z.iso.date() });

export const AGENDA_ROUTES = {
  agenda: route({
    method: 'GET',
    path: '/api/agenda',
    summary: 'Les rendez-vous d’une plateforme, ou d’une personne, entre deux jours.',
    access: 'case.read',
    query: Stretch.extend({ person: z.uuid().optional() }),
    response: z.object({
      /** IANA name of the zone in which days and hours are meant. */
      timeZone: z.string(),
      days: z.array(z.object({ date: z.iso.date(), holiday: z.string().nullable() })),
      appointments: z.array(AgendaEntry),
    }),
    errors: ['not_possible'],
  }),
  freeSlots: route({
    method: 'GET',
    path: '/api/agenda/free',
    summary: 'Les heures libres de quelqu’un, d’après ses heures de réception et ses rendez-vous.',
    access: 'case.read',
    query: Stretch.extend({ person: z.uuid(), minutes }),
    response: z.object({ timeZone: z.string(), slots: z.array(z.iso.datetime()) }),
    errors: ['not_possible'],
  }),
  appointmentConflicts: route({
    method: 'GET',
    path: '/api/agenda/conflicts',
    summary: 'Ce qui gênerait un rendez-vous : déjà pris, week-end, jour férié, hors des heures.',
    access: 'case.read',
    query: z.object({
      platform: z.uuid(),
      person: z.uuid(),
      at: z.iso.datetime(),
      minutes,
      /** The case whose appointment is moved: it is not in its own way. */
      case: z.uuid().optional(),
    }),
    response: z.object({
      conflicts: z.array(z.enum(APPOINTMENT_CONFLICTS)),
      /** Name of the public holiday. */
      holiday: z.string().nullable(),
    }),
  }),
  reception: route({
    method: 'GET',
    path: '/api/agenda/reception',
    summary: 'Mes heures de réception, mon lieu, mon téléphone de rendez-vous.',
    access: 'case.act',
    response: Reception,
  }),
  calendarFeed: route({
    method: 'GET',
    path: '/api/agenda/calendar',
    summary: 'Si mon agenda lit mes rendez-vous à une adresse secrète, depuis quand.',
    access: 'case.act',
    response: z.object({ since: z.iso.datetime().nullable(), readOn: z.iso.date().nullable() }),
  }),
  openCalendarFeed: route({
    method: 'POST',
    path: '/api/agenda/calendar',
    summary: 'Donne une nouvelle adresse secrète pour mon agenda ; la précédente ne vaut plus rien.',
    access: 'case.act',
    /** Told once. */
    response: z.object({ path: z.string() }),
  }),
  endCalendarFeed: route({
    method: 'POST',
    path: '/api/agenda/calendar/end',
    summary: 'Retire l’adresse secrète de mon agenda.',
    access: 'case.act',
    response: z.object({ ended: z.boolean() }),
  }),
  setReception: route({
    method: 'POST',
    path: '/api/agenda/reception',
    summary: 'Change mes heures de réception, mon lieu, mon téléphone de rendez-vous.',
    access: 'case.act',
    body: Reception,
    response: Reception,
  }),
} as const;

/** What a calendar asks, without a session: the secret in the address is all that it shows. */
export const CALENDAR_ROUTES = {
  calendar: route({
    method: 'GET',
    path: '/api/calendars/{token}',
    summary:
      'Les rendez-vous d’une personne pour son agenda (iCalendar), par son adresse secrète : des initiales, aucun nom.',
    access: 'public',
    text: 'text/calendar; charset=utf-8',
    params: z.object({ token: z.string().regex(/^[0-9a-f]{64}\.ics$/) }),
    response: z.object({ text: z.string() }),
    errors: ['not_found'],
  }),
} as const;
