import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import type { CarryMessage } from '../../platform/mail/carrier.ts';
import { openFolderCarrier } from '../../platform/mail/folder-carrier.ts';
import { openSmtpCarrier } from '../../platform/mail/smtp-carrier.ts';
import type { Configuration } from './configuration.ts';

/** Where what is not sent by a server waits, from the folder in which the program works. */
export const MESSAGES_FOLDER = join('var', 'messages');

/**
 * How messages leave here: e-mails by the server that is configured, SMS and letters (and e-mails without a server) as files of
 * `folder`, for somebody to send or print.
 */
export function openCarrier(given: {
  readonly mail: Configuration['mail'];
  readonly folder: string;
  readonly clock: Clock;
}): CarryMessage {
  const { mail, folder, clock } = given;
  const byFolder = openFolderCarrier(folder, clock, mail?.from);
  if (mail === undefined) return byFolder;
  const bySmtp = openSmtpCarrier(mail.url, mail.from, clock);
  return (message) => (message.channel === 'email' ? bySmtp(message) : byFolder(message));
}

/** The same in a sentence, for whoever starts the program. */
export const tellCarrier = (mail: Configuration['mail'], folder: string): string =>
  mail === undefined
    ? `Aucun serveur de courriel n’est réglé : les messages sont écrits dans « ${folder} », rien n’est envoyé.`
    : `Les courriels partent ; les SMS et les lettres sont écrits dans « ${folder} ».`;
