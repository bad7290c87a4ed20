/** Encodings that the senders' files are read in. `windows-1252` also stands for ISO-8859-1, as browsers do. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** Bytes 0x80–0x9F of Windows-1252; the five that it leaves free keep their control character. Source: WHATWG Encoding. */
export const WINDOWS_1252_UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The eight bytes where ISO-8859-15 parts from ISO-8859-1. Source: ISO/IEC 8859-15:1999. */
export const LATIN_9_LETTERS: ReadonlyMap<number, string> = new Map([
  [0xa4, '€'],
  [0xa6, 'Š'],
  [0xa8, 'š'],
  [0xb4, 'Ž'],
  [0xb8, 'ž'],
  [0xbc, 'Œ'],
  [0xbd, 'œ'],
  [0xbe, 'Ÿ'],
]);

const LABELS: Readonly<Record<string, TextEncoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'iso8859-15': 'iso-8859-15',
  'latin-9': 'iso-8859-15',
};

/** What the XML prologue announces: an encoding known here, `unknown`, or undefined when it announces none. */
export function announcedXmlEncoding(prologue: string): TextEncoding | 'utf-16' | 'unknown' | undefined {
  const declaration = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/i.exec(prologue);
  if (!declaration) return undefined;
  return LABELS[(declaration[1] ?? '').trim().toLowerCase()] ?? 'unknown';
}
