import { createTransport } from 'nodemailer';
import type { Clock } from '../../kernel/clock.ts';
import { type CarryMessage, MessageRefused } from './carrier.ts';
import { mailParts } from './mail-parts.ts';

const TIMEOUT_MS = 20_000;
/** Replies of a server that are for good. Source: RFC 5321, 4.2.1. */
const FOR_GOOD = 500;

/**
 * Sends e-mails by the server at `url` (`smtps://account:password@machine`, or `smtp://` where STARTTLS is asked for unless the
 * server is on this machine). `from`: who writes.
 */
export function openSmtpCarrier(url: string, from: string, clock: Clock): CarryMessage {
  const server = new URL(url);
  const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname);
  const transport = createTransport({
    host: server.hostname.replace(/^\[|\]$/g, ''),
    ...(server.port === '' ? {} : { port: Number(server.port) }),
    secure: server.protocol === 'smtps:',
    requireTLS: server.protocol === 'smtp:' && !isNear,
    ...(server.username === ''
      ? {}
      : {
          auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) },
        }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (message) => {
    try {
      await transport.sendMail(mailParts(message, from, clock.now()));
    } catch (error) {
      if (isForGood(error)) throw new MessageRefused();
      throw error;
    }
  };
}

/** A refusal of the recipient or of the message; a refusal of our own account is mended by whoever runs the service. */
function isForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  return (
    (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') &&
    typeof error.responseCode === 'number' &&
    error.responseCode >= FOR_GOOD
  );
}
