import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';

/** What a calendar is told of an appointment that somebody is invited to. */
export interface InvitedAppointment {
  /** Stays the same when the appointment moves or is called off (RFC 5545, UID). */
  readonly uid: string;
  /** Grows with every change (RFC 5545, SEQUENCE). */
  readonly sequence: number;
  /** ISO instant at which the file is made. */
  readonly madeAt: string;
  readonly at: string;
  readonly minutes: number;
  readonly place: string;
  readonly platform: string;
  /** E-mail address of whoever is invited. */
  readonly attendee: string;
  /** Telephone by which to answer. */
  readonly answerTo?: string | undefined;
  readonly cancelled: boolean;
}

/** Nobody reads it: an organiser needs an address, and the message says how to answer. Source: RFC 2606, `.invalid`. */
const NO_ADDRESS = 'rendez-vous@raccroche.invalid';
const PROGRAM = { company: 'Raccroche', product: 'rendez-vous', language: 'FR' };

/**
 * The invitation of RFC 5546: METHOD:REQUEST, again with a higher sequence when the appointment moves, METHOD:CANCEL when it is
 * called off. It says a « rendez-vous » with the platform: nothing that another reader of the calendar should not learn.
 */
export function invitationFile(one: InvitedAppointment): string {
  const calendar = ical({
    prodId: PROGRAM,
    method: one.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: one.uid,
    sequence: one.sequence,
    stamp: new Date(one.madeAt),
    start: new Date(one.at),
    end: new Date(Date.parse(one.at) + one.minutes * 60_000),
    summary: `Rendez-vous, ${one.platform}`,
    location: one.place,
    description: one.answerTo === undefined ? null : `Pour changer : ${one.answerTo}`,
    organizer: { name: one.platform, email: NO_ADDRESS },
    attendees: [
      {
        email: one.attendee,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: false,
      },
    ],
    status: one.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
