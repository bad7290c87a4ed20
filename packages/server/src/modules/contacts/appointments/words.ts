import type { MessageChannel } from '@raccroche/contract';
import { type InterviewMode, InterviewModeLabels } from '@raccroche/contract';
import { timeZoneOf } from '../../../kernel/local-time.ts';
import type { Attachment } from '../../../platform/mail/carrier.ts';
import type { StoredCase } from '../../cases/index.ts';
import {
  type Appointment,
  appointmentCancelled,
  appointmentInvitation,
  appointmentMoved,
  appointmentReminder,
} from '../templates/appointment.ts';
import type { Sender, Text } from '../templates/frame.ts';
import {
  representativeCancelled,
  representativeInvitation,
  representativeMoved,
  representativeReminder,
} from '../templates/representative.ts';
import { invitationFile } from './invitation-file.ts';

export type News = 'invitation' | 'moved' | 'cancelled' | 'reminder';

/** Who writes, and who receives. */
export interface Writing {
  readonly platform: string;
  readonly host: string;
  /** Telephone by which an appointment is changed. */
  readonly phone: string | null;
}

const TEMPLATES = {
  person: {
    invitation: appointmentInvitation,
    moved: appointmentMoved,
    cancelled: appointmentCancelled,
    reminder: appointmentReminder,
  },
  representative: {
    invitation: representativeInvitation,
    moved: representativeMoved,
    cancelled: representativeCancelled,
    reminder: representativeReminder,
  },
} as const;

const BRING = 'une pièce d’identité, et si vous en avez vos bulletins ou votre CV';
const USUAL_MINUTES = 45;

/** Where one goes, or how it is done. */
function placeOf(mode: InterviewMode | null, place: string | null, platform: string): string {
  if (mode === null || mode === 'on_site') return place ?? platform;
  return mode === 'visit' ? 'chez vous' : InterviewModeLabels[mode];
}

/** The text of a message about an appointment, and its file for a calendar when it goes by e-mail. */
export function wordsOf(
  news: News,
  { platform, host, phone }: Writing,
  to: {
    readonly who: 'person' | 'representative';
    readonly channel: MessageChannel;
    readonly address: string;
    readonly about: StoredCase;
    readonly uid: string;
    readonly sequence: number;
    readonly now: string;
  },
): { readonly text: Text; readonly attachment?: Attachment } {
  const { about, channel, who } = to;
  const at = about.interview_at ?? to.now;
  const place = placeOf(about.interview_mode, about.interview_place, platform);
  const one: Appointment = {
    firstName: about.first_names[0] ?? '',
    at,
    timeZone: timeZoneOf(about.department),
    place,
    host,
    bring: about.interview_mode === 'on_site' ? BRING : undefined,
    withRepresentative: about.interview_invited?.includes('representative') ?? false,
  };
  const sender: Sender = { platform, person: host, answerTo: phone ?? undefined };
  const text = TEMPLATES[who][news](one, sender, channel);
  if (channel !== 'email' || news === 'reminder') return { text };
  const isCancelled = news === 'cancelled';
  const file = invitationFile({
    uid: to.uid,
    sequence: to.sequence,
    madeAt: to.now,
    at,
    minutes: about.interview_minutes ?? USUAL_MINUTES,
    place,
    platform,
    attendee: to.address,
    answerTo: phone ?? undefined,
    cancelled: isCancelled,
  });
  const type = `text/calendar; charset=utf-8; method=${isCancelled ? 'CANCEL' : 'REQUEST'}`;
  return { text, attachment: { name: 'rendez-vous.ics', type, text: file } };
}
