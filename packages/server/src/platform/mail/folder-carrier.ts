import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '../../kernel/clock.ts';
import { escapeHtml } from '../../kernel/html.ts';
import type { CarriedMessage, CarryMessage } from './carrier.ts';
import { mailParts } from './mail-parts.ts';

const NOBODY = 'Raccroche <ne-pas-repondre@raccroche.invalid>';

/**
 * Puts messages in a folder instead of sending them, one file each, readable by the account of the program alone: an e-mail as
 * `.eml`, an SMS as `.txt`, a letter as a page to print. The name begins with the day and holds the identifier: a message that is
 * carried again replaces itself. `from`: who writes an e-mail.
 */
export function openFolderCarrier(folder: string, clock: Clock, from = NOBODY): CarryMessage {
  return async (message) => {
    const now = clock.now();
    const [extension, content] = await contentOf(message, from, now);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${now.slice(0, 10)}-${message.messageId}.${extension}`);
    writeFileSync(`${path}.part`, content, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  };
}

async function contentOf(
  message: CarriedMessage,
  from: string,
  now: string,
): Promise<readonly [string, string | Buffer]> {
  switch (message.channel) {
    case 'email':
      return ['eml', await composeMail(message, from, now)];
    case 'sms':
      return ['sms.txt', `${message.address}\n\n${message.body}\n`];
    case 'letter':
      return ['lettre.html', letterPage(message)];
  }
}

async function composeMail(message: CarriedMessage, from: string, now: string): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message: composed } = await composer.sendMail(mailParts(message, from, now));
  if (!Buffer.isBuffer(composed)) throw new Error('the composer gives a buffer');
  return composed;
}

/** A letter as one prints it: the address stands where the window of an envelope shows it (NF Z 11-001). */
function letterPage({ address, subject, body }: CarriedMessage): string {
  return `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="robots" content="noindex"><title>${escapeHtml(subject)}</title>
<style>
@page { size: A4; margin: 20mm; }
body { font: 11pt/1.5 sans-serif; max-width: 170mm; }
address { font-style: normal; white-space: pre-line; margin: 25mm 0 25mm 90mm; }
div { white-space: pre-wrap; }
</style></head>
<body>
<address>${escapeHtml(address)}</address>
<p><strong>Objet : ${escapeHtml(subject)}</strong></p>
<div>${escapeHtml(body)}</div>
</body>
</html>
`;
}
