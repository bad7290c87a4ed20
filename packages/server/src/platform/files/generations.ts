import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceTextFile, syncToDisk } from './text-file.ts';

/**
 * A folder whose content changes whole or not at all. Each state is a sub-folder `generation-N`;
 * a small file beside them names the one that counts, and is replaced in one move.
 */
export interface Generations {
  /** 0 before the first one. */
  readonly current: number;
  /** Folder of the current state; undefined before the first one. */
  readonly currentFolder: string | undefined;
  /** An empty folder for the next state; it counts for nothing until `publish`. */
  stage(): string;
  /** Makes the staged folder the current one; the former is removed. */
  publish(): void;
  /** Removes the staged folder. */
  discard(): void;
}

/** The pointer cannot be read, or names a state that is not there. */
export class DamagedGenerationsError extends Error {
  constructor(folder: string) {
    super(`no whole generation in ${folder}`);
    this.name = 'DamagedGenerationsError';
  }
}

const FOLDER = /^generation-(\d+)(\.tmp)?$/;

/**
 * Opens `folder` (created when missing); `pointer` is the name of the file that tells the current generation.
 * What a crash left behind is removed, so nobody else may be at work in the folder: take its lock first.
 * Throws DamagedGenerationsError.
 */
export function openGenerations(folder: string, pointer: string): Generations {
  mkdirSync(folder, { recursive: true });
  const pointerPath = join(folder, pointer);
  const current = existsSync(pointerPath) ? readPointer(folder, pointerPath) : 0;
  const folderOf = (generation: number) => join(folder, `generation-${String(generation).padStart(6, '0')}`);
  if (current > 0 && !existsSync(folderOf(current))) throw new DamagedGenerationsError(folder);
  removeOthers(folder, current);
  const next = folderOf(current + 1);
  const staged = `${next}.tmp`;
  return {
    current,
    currentFolder: current > 0 ? folderOf(current) : undefined,
    stage() {
      rmSync(staged, { recursive: true, force: true });
      mkdirSync(staged);
      return staged;
    },
    publish() {
      for (const name of readdirSync(staged)) syncToDisk(join(staged, name));
      syncToDisk(staged);
      renameSync(staged, next);
      replaceTextFile(pointerPath, `${JSON.stringify({ generation: current + 1 })}\n`);
      removeOthers(folder, current + 1);
    },
    discard() {
      rmSync(staged, { recursive: true, force: true });
    },
  };
}

function readPointer(folder: string, path: string): number {
  const [, digits] = /^\{"generation":(\d{1,9})\}\n$/.exec(readFileSync(path, 'utf8')) ?? [];
  if (digits === undefined || Number(digits) === 0) throw new DamagedGenerationsError(folder);
  return Number(digits);
}

function removeOthers(folder: string, current: number): void {
  for (const name of readdirSync(folder)) {
    const match = FOLDER.exec(name);
    if (match && (match[2] !== undefined || Number(match[1]) !== current))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}
