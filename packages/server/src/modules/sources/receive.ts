import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FileKind, IntakeIssueCode } from '@raccroche/contract';
import { DELIVERY_ID_LENGTH } from './delivery-ids.ts';
import { type FileToHash, HashesAhead } from './hashes-ahead.ts';
import { type LogicalFile, openFile } from './opening/open-file.ts';
import { FileRejection } from './reader.ts';
import { recogniseFile } from './recognise.ts';
import { type FoundSidecar, readSidecar, SIDECAR_SUFFIX } from './sidecar.ts';
import { type FileSurvey, sizeOfFile, surveyFile } from './survey-file.ts';

/** A file to read, or the reason why it is not. */
export interface ReceivedFile {
  /** `deliveryId` as a number, hence the same whatever comes beside; below 0 for a copy of another file. Becomes `file_no`. */
  readonly fileKey: number;
  /** 12 hex digits: the same content and sidecar have the same id, whatever their name. */
  readonly deliveryId: string;
  readonly path: string;
  readonly absolutePath: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly sidecar: FoundSidecar;
  readonly kind: FileKind | undefined;
  /** Undefined when rejected. */
  readonly content: LogicalFile | undefined;
  readonly survey: FileSurvey | undefined;
  readonly rejection: { readonly code: IntakeIssueCode; readonly field: string | null } | undefined;
}

type Described = Omit<ReceivedFile, 'fileKey' | 'kind' | 'content' | 'rejection'>;
type Unnumbered = Omit<ReceivedFile, 'fileKey'>;

export interface ReceiveRequest {
  /** Folder of deliveries, or the files themselves. */
  readonly deliveries?: string;
  readonly files?: readonly string[];
  /** Told how many files have been looked at, of how many. */
  readonly onReceived?: ((done: number, total: number) => void) | undefined;
  /** Told of each file before the bytes of any are looked at: what is begun of one then has something to go on with. */
  readonly onFile?: (absolutePath: string) => void;
  /** Files that were received before: of one of them nothing but its hash is looked at. */
  readonly known?: KnownFiles | undefined;
}

/** What an earlier campaign knows of files. */
export interface KnownFiles {
  /** Whether a file of that size may be among them. */
  mayHold(bytes: number): boolean;
  /** What the file of that content and companion is. */
  kindOf(deliveryId: string, sha256: string): FileKind | undefined;
}

/** Paths to read, sorted; sidecars and hidden files are not files of their own. */
export function listDeliveries(request: ReceiveRequest): { absolutePath: string; path: string }[] {
  const folder = request.deliveries;
  const found =
    folder === undefined
      ? (request.files ?? []).map((file) => ({
          absolutePath: resolve(file),
          path: file,
        }))
      : readdirSync(folder, { recursive: true, withFileTypes: true })
          // A symbolic link, a socket or a device is looked at and refused, never silently left out.
          .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
          .map((entry) => {
            const absolutePath = join(entry.parentPath, entry.name);
            return { absolutePath, path: relative(folder, absolutePath).split(sep).join('/') };
          })
          .filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')));
  return found
    .filter(({ path }) => !path.endsWith(SIDECAR_SUFFIX))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Looks at every delivered file: hash, sidecar, archives, kind. Nothing is read for good yet.
 * Files come in the order of their delivery ids, so that their names and order change nothing.
 */
export async function receiveDeliveries(request: ReceiveRequest): Promise<ReceivedFile[]> {
  const received: Unnumbered[] = [];
  const listed = listDeliveries(request);
  const { known } = request;
  const hashes = new HashesAhead(known === undefined ? [] : likelyKnown(listed, known));
  try {
    for (const { absolutePath } of listed) {
      await setImmediate();
      request.onFile?.(absolutePath);
    }
    for (const [index, found] of listed.entries()) {
      // Small files are read without a pause: signals and progress get their turn between two.
      await setImmediate();
      const files = await receiveOne(found, known, hashes);
      received.push(...files);
      request.onReceived?.(index + 1, listed.length);
    }
  } finally {
    await hashes.close();
  }
  received.sort((a, b) => compare(a.deliveryId, b.deliveryId) || compare(a.path, b.path));
  return numbered(refuseCopies(received));
}

/** 12 hex digits make a whole number that is exact in a double. */
function numbered(sorted: readonly Unnumbered[]): ReceivedFile[] {
  let copies = 0;
  return sorted.map((file, index) => {
    const copy = sorted[index - 1]?.deliveryId === file.deliveryId;
    if (copy) copies += 1;
    return { ...file, fileKey: copy ? -copies : Number.parseInt(file.deliveryId, 16) };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function refuseCopies(sorted: readonly Unnumbered[]): Unnumbered[] {
  return sorted.map((file, index) => {
    const copy = sorted[index - 1]?.deliveryId === file.deliveryId && file.rejection === undefined;
    return copy
      ? { ...file, content: undefined, rejection: { code: 'fichier_en_double' as const, field: null } }
      : file;
  });
}

interface Found {
  readonly absolutePath: string;
  readonly path: string;
}

/** What the bytes of a file as delivered tell. */
type Facts = Pick<ReceivedFile, 'sha256' | 'bytes' | 'survey'>;

const EMPTY_SIDECAR: FoundSidecar = { text: '' };

/** Those that an earlier campaign may have had, with their sizes. */
const likelyKnown = (listed: readonly Found[], known: KnownFiles): FileToHash[] =>
  listed.flatMap(({ absolutePath }) => {
    const bytes = sizeOfFile(absolutePath);
    return bytes !== undefined && bytes > 0 && known.mayHold(bytes) ? [{ absolutePath, bytes }] : [];
  });

async function receiveOne(
  found: Found,
  known: KnownFiles | undefined,
  hashes: HashesAhead,
): Promise<Unnumbered[]> {
  let facts: Facts = { sha256: '', bytes: 0, survey: undefined };
  let sidecar = EMPTY_SIDECAR;
  try {
    if (known !== undefined) {
      const files = await receiveKnown(found, known, hashes);
      if (files !== undefined) return files;
    }
    facts = await surveyed(found.absolutePath);
    sidecar = readSidecar(found.absolutePath);
    const contents = await openFile(found.absolutePath, found.path);
    const files: Unnumbered[] = [];
    for (const content of contents) {
      const base = described(found, facts, sidecar, content.name);
      const kind = known?.kindOf(base.deliveryId, base.sha256);
      files.push(
        kind === undefined
          ? await recognised(base, content)
          : { ...base, kind, content, rejection: undefined },
      );
    }
    return files;
  } catch (error) {
    return [
      {
        ...described(found, facts, sidecar, found.path),
        rejection: rejectionOf(error),
        kind: undefined,
        content: undefined,
      },
    ];
  }
}

/**
 * The files at `found` when every one of them is known; undefined when one is not, which is then looked at with care. What
 * was received before was whole: an archive of them is not unpacked to be sure.
 */
async function receiveKnown(
  found: Found,
  known: KnownFiles,
  hashes: HashesAhead,
): Promise<Unnumbered[] | undefined> {
  const bytes = sizeOfFile(found.absolutePath);
  if (bytes === undefined || bytes === 0 || !known.mayHold(bytes)) return undefined;
  const facts = { sha256: await hashes.hash(found.absolutePath, bytes), bytes, survey: undefined };
  const sidecar = readSidecar(found.absolutePath);
  const describe = (name: string) => {
    const base = described(found, facts, sidecar, name);
    return { base, kind: known.kindOf(base.deliveryId, base.sha256) };
  };
  const trusts = (names: readonly string[]) => names.every((name) => describe(name).kind !== undefined);
  const contents = await openFile(found.absolutePath, found.path, undefined, trusts);
  const files = contents.flatMap((content) => {
    const { base, kind } = describe(content.name);
    return kind === undefined ? [] : [{ ...base, kind, content, rejection: undefined }];
  });
  return files.length === contents.length ? files : undefined;
}

async function surveyed(path: string): Promise<Facts> {
  const survey = await surveyFile(path);
  return { sha256: survey.sha256, bytes: survey.bytes, survey };
}

async function recognised(base: Described, content: LogicalFile): Promise<Unnumbered> {
  try {
    return { ...base, kind: await recogniseFile(() => content.bytes()), content, rejection: undefined };
  } catch (error) {
    return { ...base, kind: undefined, content: undefined, rejection: rejectionOf(error) };
  }
}

function described(found: Found, facts: Facts, sidecar: FoundSidecar, name: string): Described {
  // A file of an archive is told by the archive's content and its name inside.
  const inner = name === found.path ? '' : name.slice(found.path.length);
  // An unreadable file has no content: its name stands in, so that two of them are not taken for copies.
  const identity = facts.sha256 === '' ? `illisible ${found.path}` : facts.sha256;
  const deliveryId = createHash('sha256')
    .update(`${identity}\n${inner}\n${sidecar.text}`)
    .digest('hex')
    .slice(0, DELIVERY_ID_LENGTH);
  return {
    deliveryId,
    path: name,
    absolutePath: found.absolutePath,
    sha256: facts.sha256,
    bytes: facts.bytes,
    sidecar,
    survey: facts.survey,
  };
}

/** The reason of a rejection; what is not one is a defect and goes on. */
export function rejectionOf(error: unknown): { code: IntakeIssueCode; field: string | null } {
  if (error instanceof FileRejection) return { code: error.code, field: error.field ?? null };
  throw error;
}
