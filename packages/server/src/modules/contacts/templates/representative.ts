import type { MessageChannel } from '@raccroche/contract';
import type { Appointment } from './appointment.ts';
import { fullText, rightsOf, type Sender, shortText, signedShort, type Text } from './frame.ts';
import { momentWords } from './french-dates.ts';

const moment = ({ at, timeZone }: Appointment) => momentWords(at, timeZone);
const where = (one: Appointment) => `${moment(one)}, ${one.place}, avec ${one.host}`;
const GREETING = 'Bonjour,';
const unsuitable = ({ answerTo }: Sender) =>
  answerTo === undefined
    ? 'Si ce moment ne vous convient pas, dites-le-nous : nous en trouverons un autre.'
    : `Si ce moment ne vous convient pas, dites-le-nous (${answerTo}) : nous en trouverons un autre.`;

/** The same appointment, told to the legal representative of a minor: `firstName` is the minor's. Why they are asked to come: L.313-8. */
export function representativeInvitation(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  if (channel === 'sms')
    return shortText(
      signedShort([`Bonjour, rendez-vous avec ${one.firstName} et vous ${where(one)}.`], sender),
    );
  return {
    subject: `Rendez-vous avec ${one.firstName} le ${moment(one)}`,
    body: fullText(
      GREETING,
      [
        `Nous proposons à ${one.firstName} un entretien pour parler de la suite : une formation, un métier, ou simplement y voir plus clair. Il est gratuit et n’engage à rien.`,
        `Rendez-vous ${where(one)}. Comme ${one.firstName} est mineur ou mineure, votre présence est utile.`,
        unsuitable(sender),
      ],
      sender,
      rightsOf(one.firstName),
    ),
  };
}

export function representativeMoved(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  const news = `Le rendez-vous de ${one.firstName} a changé. C’est maintenant ${where(one)}.`;
  if (channel === 'sms')
    return shortText(signedShort([`Bonjour, ${news.charAt(0).toLowerCase()}${news.slice(1)}`], sender));
  return {
    subject: `Le rendez-vous de ${one.firstName} a changé : ${moment(one)}`,
    body: fullText(GREETING, [news, unsuitable(sender)], sender, rightsOf(one.firstName)),
  };
}

export function representativeCancelled(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  const news = `le rendez-vous de ${one.firstName} du ${moment(one)} n’aura pas lieu.`;
  if (channel === 'sms') return shortText(signedShort([`Bonjour, ${news}`], sender));
  return {
    subject: `Le rendez-vous de ${one.firstName} du ${moment(one)} n’aura pas lieu`,
    body: fullText(
      GREETING,
      [
        `${news.charAt(0).toUpperCase()}${news.slice(1)}`,
        'Un autre rendez-vous est possible quand vous le souhaitez.',
      ],
      sender,
      rightsOf(one.firstName),
    ),
  };
}

export function representativeReminder(one: Appointment, sender: Sender, channel: MessageChannel): Text {
  if (channel === 'sms')
    return shortText(
      signedShort(
        [
          `Bonjour, nous vous attendons avec ${one.firstName} ${where(one)}.`,
          'Un empêchement ? Dites-le-nous.',
        ],
        sender,
      ),
    );
  return {
    subject: `Rappel : rendez-vous avec ${one.firstName} ${moment(one)}`,
    body: fullText(
      GREETING,
      [`Nous vous attendons avec ${one.firstName} ${where(one)}.`, unsuitable(sender)],
      sender,
      rightsOf(one.firstName),
    ),
  };
}
