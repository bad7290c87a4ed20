import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CarriedMessage, MessageRefused } from './carrier.ts';
import { openFolderCarrier } from './folder-carrier.ts';
import { openSmtpCarrier } from './smtp-carrier.ts';

const clock = { now: () => '2026-11-26T18:00:00.000Z', elapsedMs: () => 0 };
const FROM = 'Raccroche <raccroche@exemple.test>';
const MESSAGE: CarriedMessage = {
  messageId: '785845ca-c6e3-4821-9250-6a281bc726a7',
  channel: 'email',
  address: 'lycee@exemple.test',
  subject: 'Trois questions',
  body: 'Bonjour,\n\nÀ bientôt.',
  attachment: { name: 'rendez-vous.ics', type: 'text/calendar; method=REQUEST', text: 'BEGIN:VCALENDAR\r\n' },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-mail-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder takes one file a message, for the account of the program alone; the same message again replaces it', async () => {
  const place = join(folder, 'messages');
  const carry = openFolderCarrier(place, clock);
  await carry(MESSAGE);
  await carry(MESSAGE);
  await carry({ ...MESSAGE, messageId: 'b', channel: 'sms', address: '0600000000', attachment: undefined });
  await carry({
    ...MESSAGE,
    messageId: 'c',
    channel: 'letter',
    address: 'Awa <N>\n1 rue & ruelle',
    attachment: undefined,
  });
  const names = readdirSync(place).sort();
  expect(names).toEqual([
    '2026-11-26-785845ca-c6e3-4821-9250-6a281bc726a7.eml',
    '2026-11-26-b.sms.txt',
    '2026-11-26-c.lettre.html',
  ]);
  expect(names.map((name) => statSync(join(place, name)).mode & 0o077)).toEqual([0, 0, 0]);
  const [mail = '', sms = '', letter = ''] = names.map((name) => readFileSync(join(place, name), 'utf8'));
  expect(mail).toMatch(/^To: lycee@exemple\.test$/m);
  expect(mail).toMatch(/^Message-ID: <785845ca-c6e3-4821-9250-6a281bc726a7@raccroche>$/m);
  expect(mail).toMatch(/^Date: Thu, 26 Nov 2026 18:00:00 \+0000$/m);
  expect(mail).toContain('text/calendar; method=REQUEST');
  expect(sms).toBe('0600000000\n\nBonjour,\n\nÀ bientôt.\n');
  expect(letter).toContain('Awa &lt;N&gt;\n1 rue &amp; ruelle');
});

test('an address or a subject never becomes another header, nor another recipient', async () => {
  const place = join(folder, 'injected');
  await openFolderCarrier(
    place,
    clock,
  )({
    ...MESSAGE,
    address: 'a@exemple.test, b@exemple.test',
    subject: 'x\r\nBcc: c@exemple.test',
  });
  const [name = ''] = readdirSync(place);
  const mail = readFileSync(join(place, name), 'utf8');
  expect(mail).not.toMatch(/^Bcc:/m);
  // One recipient, whose account is odd: no server has it.
  expect(mail).toMatch(/^To: <"a@exemple\.test, b"@exemple\.test>$/m);
});

/** A server of e-mail that answers `answer` to the recipient, and keeps what it is given. */
async function serveMail(answer: string): Promise<{ url: string; given: () => string; close: () => void }> {
  let given = '';
  const talk = (socket: Socket) => {
    let isData = false;
    socket.write('220 x\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      given += chunk.toString();
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        if (isData) {
          if (line === '.') {
            isData = false;
            socket.write('250 ok\r\n');
          }
        } else if (line.startsWith('RCPT')) socket.write(`${answer}\r\n`);
        else if (line === 'DATA') {
          isData = true;
          socket.write('354 go\r\n');
        } else socket.write('250 ok\r\n');
      }
    });
  };
  const server: Server = createServer(talk);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    given: () => given,
    close: () => {
      server.close();
    },
  };
}

test('a server takes an e-mail', async () => {
  const server = await serveMail('250 ok');
  await openSmtpCarrier(server.url, FROM, clock)(MESSAGE);
  server.close();
  expect(server.given()).toContain('MAIL FROM:<raccroche@exemple.test>');
  expect(server.given()).toContain('RCPT TO:<lycee@exemple.test>');
});

test.each([
  ['550 no such user', true],
  ['451 try again', false],
])('a server that answers « %s »', async (answer, isForGood) => {
  const server = await serveMail(answer);
  const refusal = await openSmtpCarrier(server.url, FROM, clock)(MESSAGE).catch((error: unknown) => error);
  server.close();
  expect(refusal instanceof MessageRefused).toBe(isForGood);
  expect(refusal).toBeInstanceOf(Error);
});

test('a machine that does not answer may be tried again', async () => {
  const server = await serveMail('250 ok');
  server.close();
  const refusal = await openSmtpCarrier(server.url, FROM, clock)(MESSAGE).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Error);
  expect(refusal).not.toBeInstanceOf(MessageRefused);
});
