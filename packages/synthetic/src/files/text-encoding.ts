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
/** Code units below this one have a place in the tables; no charset here knows any above. */
const TABLE_SIZE = 0x2200;
const TABLES = {
  'ISO-8859-15': tableOf('ISO-8859-15', LATIN9),
  'windows-1252': tableOf('windows-1252', CP1252),
};

/**
 * `text` in the bytes of `charset`. What the charset lacks becomes `'` (for ’) or `?`: what real exports do to it.
 */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'UTF-8') return Buffer.from(text, 'utf8');
  const table = TABLES[charset];
  const bytes = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index += 1)
    bytes[index] = table[text.charCodeAt(index)] ?? QUESTION_MARK;
  return bytes;
}

/** The byte of each code unit. */
function tableOf(charset: Charset, own: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(TABLE_SIZE).fill(QUESTION_MARK);
  const taken = new Set(charset === 'ISO-8859-15' ? Object.values(LATIN9) : []);
  for (let code = 0; code <= 0xff; code += 1) {
    const control = charset === 'windows-1252' && code >= 0x80 && code < 0xa0;
    if (!control && !taken.has(code)) table[code] = code;
  }
  table['’'.charCodeAt(0)] = APOSTROPHE;
  for (const [character, byte] of Object.entries(own)) table[character.charCodeAt(0)] = byte;
  return table;
}
