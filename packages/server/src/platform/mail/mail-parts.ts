import type { CarriedMessage } from './carrier.ts';

/**
 * An e-mail as nodemailer takes it: one recipient, plain text, no picture to load, a name that is the same at every try so that a
 * server that received it twice may know. `from`: who writes; `date`: ISO instant.
 */
export function mailParts(message: CarriedMessage, from: string, date: string) {
  const { messageId, address, subject, body, attachment } = message;
  return {
    from,
    // As an object: an address never becomes several.
    to: { name: '', address },
    subject,
    text: body,
    date: new Date(date),
    messageId: `<${messageId}@raccroche>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments:
      attachment === undefined
        ? []
        : [{ filename: attachment.name, contentType: attachment.type, content: attachment.text }],
    // What a message names is never fetched nor read from the disk.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
