import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';
import { detectEncoding, UnknownEncodingError } from './detect-encoding.ts';

function open(bytes: Uint8Array, size = 7): () => AsyncIterable<Uint8Array> {
  return async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
}

async function read(bytes: Uint8Array, size?: number): Promise<{ how: string; text: string }> {
  const { encoding, bomBytes, corrected } = await detectEncoding(open(bytes, size));
  let text = '';
  for await (const chunk of decodeText(open(bytes, size)(), encoding, bomBytes)) text += chunk;
  return { how: corrected ? `${encoding} corrected` : encoding, text };
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const xml = (encoding: string, body: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?><a>${body}</a>`;

describe('encoding, told from all the bytes', () => {
  const cases: [string, Buffer, string, string][] = [
    ['plain ASCII', utf8('nom;prenom\n'), 'utf-8', 'nom;prenom\n'],
    ['UTF-8 with a mark', utf8('\ufeffnom;é'), 'utf-8', 'nom;é'],
    ['UTF-8 without', utf8('nom;Zoé œ €'), 'utf-8', 'nom;Zoé œ €'],
    ['UTF-16 LE with a mark', Buffer.from('\ufeffnom;é', 'utf16le'), 'utf-16le', 'nom;é'],
    ['UTF-16 BE with a mark', utf16be('\ufeffnom;é'), 'utf-16be', 'nom;é'],
    ['UTF-16 LE without', Buffer.from('nom;prénom;ville', 'utf16le'), 'utf-16le', 'nom;prénom;ville'],
    ['UTF-16 BE without', utf16be('nom;prénom;ville'), 'utf-16be', 'nom;prénom;ville'],
    ['CSV in Latin', latin('nom;Zo\xe9'), 'windows-1252', 'nom;Zoé'],
    ['CSV in Windows-1252', latin('nom;C\x9cur \x80'), 'windows-1252', 'nom;Cœur €'],
    ['CSV in ISO-8859-15', latin('nom;C\xbdur'), 'iso-8859-15', 'nom;Cœur'],
    ['acute accent for an apostrophe', latin('D\xb4Art\xe9'), 'windows-1252', 'D´Arté'],
    ['declared ISO-8859-15', latin(xml('ISO-8859-15', '\xbd\xe9')), 'iso-8859-15', xml('ISO-8859-15', 'œé')],
    [
      'declared ISO-8859-15 with Windows letters',
      latin(xml('iso-8859-15', '\x9c')),
      'iso-8859-15',
      xml('iso-8859-15', 'œ'),
    ],
    ['declared Windows-1252', latin(xml('windows-1252', '\x9c')), 'windows-1252', xml('windows-1252', 'œ')],
    ['declared UTF-8 but Latin', latin(xml('UTF-8', '\xe9')), 'windows-1252 corrected', xml('UTF-8', 'é')],
    ['XML without declaration, Latin', latin('<a>\xe9</a>'), 'windows-1252 corrected', '<a>é</a>'],
    [
      'declared ISO-8859-15 but UTF-8',
      utf8(xml('ISO-8859-15', 'é')),
      'utf-8 corrected',
      xml('ISO-8859-15', 'é'),
    ],
    ['declared ISO-8859-15, all ASCII', utf8(xml('ISO-8859-15', 'e')), 'utf-8', xml('ISO-8859-15', 'e')],
    ['JSON in Latin', latin('["\xe9"]'), 'windows-1252 corrected', '["é"]'],
    ['one Latin letter at the very end', latin('nom;Zo\xe9'), 'windows-1252', 'nom;Zoé'],
    ['UTF-8 cut inside its last letter', utf8('é;é').subarray(0, 4), 'utf-8', 'é;\ufffd'],
  ];
  it.each(cases)('%s', async (_name, bytes, how, text) => {
    expect(await read(bytes)).toEqual({ how, text });
  });

  it('finds an invalid byte that comes late', async () => {
    const bytes = Buffer.concat([
      utf8(`<?xml version="1.0" encoding="UTF-8"?><a>${'x'.repeat(300_000)}`),
      latin('\xe9</a>'),
    ]);
    const { how, text } = await read(bytes, 65_536);
    expect(how).toBe('windows-1252 corrected');
    expect(text.endsWith('xé</a>')).toBe(true);
  });

  it('refuses bytes in an encoding that nobody here can read', async () => {
    await expect(detectEncoding(open(latin(xml('koi8-r', '\xc1'))))).rejects.toThrow(UnknownEncodingError);
  });

  it('reads the same text whatever the chunks', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((t) => !/[\0\ufeff]/.test(t));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (wanted, size) => {
        const bytes = utf8(`é${wanted}`);
        expect((await read(bytes, size)).text).toBe(bytes.toString('utf8'));
        expect((await read(Buffer.from(`\ufeff${wanted}`, 'utf16le'), size)).text).toBe(wanted);
        expect((await read(utf16be(`\ufeff${wanted}`), size)).text).toBe(wanted);
      }),
      { seed: 20261124, numRuns: 200 },
    );
  });
});
