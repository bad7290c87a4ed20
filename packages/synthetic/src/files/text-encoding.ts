export type Charset = 'UTF-8' | 'ISO-8859-15' | 'windows-1252';

/** Where the two differ from ISO-8859-1. Source: ISO/IEC 8859-15; WHATWG Encoding, windows-1252. */
const LATIN9: Readonly<Record<string, number>> = {
  '€': 0xa4,
  Š: 0xa6,
  š: 0xa8,
  Ž: 0xb4,
  ž: 0xb8,
  Œ: 0xbc,
  œ: 0xbd,
  Ÿ: 0xbe,
};
const CP1252: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  '—': 0x97,
  Š: 0x8a,
  š: 0x9a,
  Ž: 0x8e,
  ž: 0x9e,
  Œ: 0x8c,
  œ: 0x9c,
  Ÿ: 0x9f,
};
const QUESTION_MARK = 0x3f;
const APOSTROPHE = 0x27;

/**
 * `text` in the bytes of `charset`. What the charset lacks becomes `'` (for ’) or `?`: what real exports do to it.
 */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'UTF-8') return Buffer.from(text, 'utf8');
  const own = charset === 'ISO-8859-15' ? LATIN9 : CP1252;
  const bytes = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = byteOf(text.charAt(index), own, charset);
  }
  return bytes;
}

function byteOf(character: string, own: Readonly<Record<string, number>>, charset: Charset): number {
  const special = own[character];
  if (special !== undefined) return special;
  const code = character.charCodeAt(0);
  const taken =
    charset === 'ISO-8859-15' ? Object.values(LATIN9).includes(code) : code >= 0x80 && code < 0xa0;
  if (code <= 0xff && !taken) return code;
  return character === '’' ? APOSTROPHE : QUESTION_MARK;
}
