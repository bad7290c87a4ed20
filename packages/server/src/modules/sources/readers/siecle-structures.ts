import type { TextEncoding } from '../../../platform/text/encodings.ts';
import { XmlError, type XmlHandlers, XmlPushParser } from '../../../platform/xml/parse-xml.ts';
import type { OpenedText } from '../opening/open-text.ts';
import { SiecleClassIndex } from './siecle-class-index.ts';

/** A pupil's structures come after all pupils: this tag begins the first of them. */
const FIRST_STRUCTURE = '<STRUCTURES_ELEVE';
/** What stands around the section, so that its text parses by itself to its end. */
const AROUND_SECTION = '<BEE_ELEVES><DONNEES><STRUCTURES>';

/**
 * Classes of all pupils of a SIECLE file, read before the pupils themselves, in flat memory. The end of the pupils' section
 * is only searched for, in the bytes (some twenty times faster than parsing); decoding and parsing begin there.
 * Should that place prove wrong (the tag stood in a comment), the whole text is parsed. Throws XmlError then.
 */
export async function indexSiecleClasses(
  bytes: () => AsyncIterable<Uint8Array>,
  opened: OpenedText,
): Promise<SiecleClassIndex> {
  const section = opened.decode(bytesFrom(bytes(), encoded(FIRST_STRUCTURE, opened.encoding)));
  return (await indexFromSection(section)) ?? (await indexWholly(opened.text()));
}

/** ASCII text in the bytes of an encoding. */
function encoded(text: string, encoding: TextEncoding): Buffer {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return Buffer.from(text, 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

/** The rest of a stream from the first place where `pattern` stands; nothing when it stands nowhere. */
async function* bytesFrom(chunks: AsyncIterable<Uint8Array>, pattern: Buffer): AsyncGenerator<Uint8Array> {
  let found = false;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (found) {
      yield chunk;
      continue;
    }
    // The pattern may begin in one chunk and end in the next.
    const seam = Buffer.concat([tail, chunk.subarray(0, pattern.length - 1)]);
    const inSeam = seam.indexOf(pattern);
    const whole = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const start = inSeam >= 0 ? inSeam - tail.length : whole.indexOf(pattern);
    if (inSeam >= 0 || start >= 0) {
      found = true;
      if (start < 0) yield tail.subarray(inSeam);
      yield whole.subarray(Math.max(start, 0));
    } else {
      const kept = pattern.length - 1;
      tail = Buffer.concat([tail, whole.subarray(-kept)]).subarray(-kept);
    }
  }
}

/** Undefined when what was found is not the section. */
async function indexFromSection(section: AsyncIterable<string>): Promise<SiecleClassIndex | undefined> {
  const classes = new SiecleClassIndex();
  const parser = new XmlPushParser(structureHandlers(classes));
  let found = false;
  try {
    for await (const chunk of section) {
      if (!found) parser.write(AROUND_SECTION);
      found = true;
      parser.write(chunk);
    }
    if (found) parser.end();
    return classes;
  } catch (cause) {
    if (cause instanceof XmlError) return undefined;
    throw cause;
  }
}

async function indexWholly(chunks: AsyncIterable<string>): Promise<SiecleClassIndex> {
  const classes = new SiecleClassIndex();
  const parser = new XmlPushParser(structureHandlers(classes));
  for await (const chunk of chunks) parser.write(chunk);
  parser.end();
  return classes;
}

function structureHandlers(classes: SiecleClassIndex): XmlHandlers {
  let pupilId: string | undefined;
  let code = '';
  let type = '';
  return {
    open(name, attributes) {
      if (name === 'STRUCTURES_ELEVE') pupilId = attributes.ELEVE_ID?.trim();
      return name === 'CODE_STRUCTURE' || name === 'TYPE_STRUCTURE';
    },
    close(name, text) {
      if (name === 'CODE_STRUCTURE') code = text.trim();
      else if (name === 'TYPE_STRUCTURE') type = text.trim();
      else if (name === 'STRUCTURE') {
        if (pupilId !== undefined && code !== '') classes.add(pupilId, code, type);
        code = '';
        type = '';
      } else if (name === 'STRUCTURES_ELEVE') pupilId = undefined;
    },
  };
}
