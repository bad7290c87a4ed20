import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { lookAtFile, takeChunks } from './opening/file-chunks.ts';
import { type PlainText, PlainTextSurvey } from './plain-text-survey.ts';
import { FileRejection } from './reader.ts';

/** What one pass over the bytes of a delivered file tells. */
export interface FileSurvey {
  readonly sha256: string;
  readonly bytes: number;
  /** Undefined for anything but a plain text; 'quoted' when quotes stand in it, which makes it another question. */
  readonly text: PlainText | 'quoted' | undefined;
}

const QUOTE = 0x22;

/** The hash alone, for a file that may turn out to be known. Throws as `surveyFile`. */
export async function hashDelivered(path: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  try {
    await takeChunks(path, size, (chunk) => hash.update(chunk));
  } catch (cause) {
    throw new FileRejection('fichier_illisible', undefined, { cause });
  }
  return hash.digest('hex');
}

/** Size of a file before anything of it is read; undefined for what is none, or cannot be looked at. */
export function sizeOfFile(path: string): number | undefined {
  try {
    const facts = statSync(path);
    return facts.isFile() ? facts.size : undefined;
  } catch {
    return undefined;
  }
}

/** Hashes the file and looks whether it is plain. Throws FileRejection: fichier_illisible. */
export async function surveyFile(path: string): Promise<FileSurvey> {
  const hash = createHash('sha256');
  const text = new PlainTextSurvey();
  let quoted = false;
  let bytes = 0;
  try {
    const seen = lookAtFile(path, 0);
    if (seen === undefined) throw new FileRejection('fichier_illisible');
    await takeChunks(path, seen.size, (chunk) => {
      hash.update(chunk);
      // Once there are quotes only the hash matters: most such files are XML or JSON.
      quoted ||= chunk.includes(QUOTE);
      if (!quoted) text.add(chunk);
      bytes += chunk.length;
    });
  } catch (cause) {
    throw cause instanceof FileRejection
      ? cause
      : new FileRejection('fichier_illisible', undefined, { cause });
  }
  return { sha256: hash.digest('hex'), bytes, text: quoted ? 'quoted' : text.found };
}
