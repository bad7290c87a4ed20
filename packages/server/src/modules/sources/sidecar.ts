import { existsSync, readFileSync } from 'node:fs';
import { SOURCE_FAMILIES, type SourceFamily } from '@raccroche/contract';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import { FileRejection, type Sidecar } from './reader.ts';

/** `FILE.EXT.meta.json` beside `FILE.EXT`. Source: formats §7. */
export const SIDECAR_SUFFIX = '.meta.json';

/** What stands beside a file, and what it is hashed with. */
export interface FoundSidecar extends Sidecar {
  /** Says which family of sources the file stands for, when its content cannot: a key of our own. */
  readonly family?: SourceFamily | undefined;
  /** Text of the sidecar, '' when there is none. */
  readonly text: string;
}

/**
 * Reads the sidecar of the file at `path`. Throws FileRejection('compagnon_illisible', key) when it is malformed:
 * a file must not be read under a wrong school or date.
 */
export function readSidecar(path: string): FoundSidecar {
  const sidecarPath = `${path}${SIDECAR_SUFFIX}`;
  if (!existsSync(sidecarPath)) return { text: '' };
  const text = readText(sidecarPath);
  const facts = parseObject(text);
  const year = textAt(facts, 'annee_scolaire');
  const [, started, ended] = /^(\d{4})(?:-(\d{4}))?$/.exec(year ?? '') ?? [];
  const follows = ended === undefined || Number(ended) === Number(started) + 1;
  if (year !== undefined && (started === undefined || !follows))
    throw new FileRejection('compagnon_illisible', 'annee_scolaire');
  const date = textAt(facts, 'date_extraction');
  const extractedOn = parseCivilDate(date?.slice(0, 10));
  if (date !== undefined && extractedOn === undefined)
    throw new FileRejection('compagnon_illisible', 'date_extraction');
  const told = textAt(facts, 'source');
  const family = SOURCE_FAMILIES.find((known) => known === told);
  if (told !== undefined && family === undefined) throw new FileRejection('compagnon_illisible', 'source');
  return {
    text,
    sender: textAt(facts, 'emetteur'),
    uai: textAt(facts, 'uai')?.toUpperCase(),
    schoolYear: started === undefined ? undefined : Number(started),
    extractedOn,
    family,
  };
}

/** A folder of that name, or a file that may not be read, is a malformed sidecar too. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FileRejection('compagnon_illisible', 'le fichier', { cause });
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below, like any other malformed sidecar.
  }
  throw new FileRejection('compagnon_illisible', 'le fichier');
}

function textAt(facts: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = facts[key];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new FileRejection('compagnon_illisible', key);
  return String(value).trim();
}
