import type { MessageChannel } from '@raccroche/contract';
import { fullText, type Sender, shortText, signedShort, type Text } from './frame.ts';
import { momentWords } from './french-dates.ts';

/** An appointment, as the person is told it. */
export interface Appointment {
  /** First name of whom it is for. */
  readonly firstName: string;
  /** ISO instant. */
  readonly at: string;
  /** IANA name of the zone in which the hour is told: that of Paris when absent. */
  readonly timeZone?: string | undefined;
  /** Where, or how: `12 rue des Mines, Lens`, `par téléphone`. */
  readonly place: string;
  /** With whom. */
  readonly host: string;
  /** What to bring; none: nothing. */
  readonly bring?: string | undefined;
  /** Under 18: the legal representative is asked to come. */
  readonly withRepresentative: boolean;
  /** None when it cannot be answered by a link. */
  readonly link?: string | undefined;
}

/** What the person does when the moment does not suit; never what happens if they do not come. */
const unsuitable = ({ answerTo }: Sender) =>
  answerTo === undefined
    ? 'Si ce moment ne vous convient pas, dites-le-nous : nous en trouverons un autre.'
    : `Si ce moment ne vous convient pas, dites-le-nous (${answerTo.replaceAll('\n', ', ')}) : nous en trouverons un autre.`;

function practical({ bring, withRepresentative, link }: Appointment): string[] {
  return [
    ...(bring === undefined || bring === '' ? [] : [`À apporter : ${bring}.`]),
    ...(withRepresentative
      ? ['Venez si possible avec votre père, votre mère ou la personne responsable de vous.']
      : []),
    ...(link === undefined ? [] : [`Pour confirmer ou demander un autre moment : ${link}`]),
  ];
}

const moment = ({ at, timeZone }: Appointment) => momentWords(at, timeZone);
const where = (one: Appointment) => `${moment(one)}, ${one.place}, avec ${one.host}`;
/** A first appointment. An SMS says when, where, with whom and how to answer; the others say why and with which rights. */
export function appointmentInvitation(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  if (channel === 'sms')
    return shortText(
      signedShort(
        [`Bonjour ${one.firstName}, rendez-vous ${where(one)}.`, ...practical(one).slice(-1)],
        sender,
      ),
    );
  return {
    subject: `Votre rendez-vous du ${moment(one)}`,
    body: fullText(
      `Bonjour ${one.firstName},`,
      [
        'Nous vous proposons un entretien pour parler de ce que vous aimeriez faire : une formation, un métier, ou simplement y voir plus clair. Il est gratuit et ne vous engage à rien.',
        `Rendez-vous ${where(one)}.`,
        ...practical(one),
        unsuitable(sender),
      ],
      sender,
    ),
  };
}

/** The same appointment at another moment or place. */
export function appointmentMoved(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  if (channel === 'sms')
    return shortText(
      signedShort([`Bonjour ${one.firstName}, votre rendez-vous a changé : ${where(one)}.`], sender),
    );
  return {
    subject: `Votre rendez-vous a changé : ${moment(one)}`,
    body: fullText(
      `Bonjour ${one.firstName},`,
      [`Votre rendez-vous a changé. C’est maintenant ${where(one)}.`, ...practical(one), unsuitable(sender)],
      sender,
    ),
  };
}

/** The appointment does not take place. */
export function appointmentCancelled(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  if (channel === 'sms')
    return shortText(
      signedShort([`Bonjour ${one.firstName}, le rendez-vous du ${moment(one)} n’aura pas lieu.`], sender),
    );
  return {
    subject: `Votre rendez-vous du ${moment(one)} n’aura pas lieu`,
    body: fullText(
      `Bonjour ${one.firstName},`,
      [
        `Le rendez-vous du ${moment(one)} n’aura pas lieu.`,
        'Nous restons à votre disposition : un autre rendez-vous est possible quand vous le souhaitez.',
      ],
      sender,
    ),
  };
}

/** Shortly before: when, where, with whom. */
export function appointmentReminder(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  if (channel === 'sms')
    return shortText(
      signedShort(
        [
          `Bonjour ${one.firstName}, nous vous attendons ${where(one)}.`,
          one.link === undefined ? 'Un empêchement ? Dites-le-nous.' : `Un empêchement ? ${one.link}`,
        ],
        sender,
      ),
    );
  return {
    subject: `Rappel : rendez-vous ${moment(one)}`,
    body: fullText(
      `Bonjour ${one.firstName},`,
      [`Nous vous attendons ${where(one)}.`, ...practical(one), unsuitable(sender)],
      sender,
    ),
  };
}
