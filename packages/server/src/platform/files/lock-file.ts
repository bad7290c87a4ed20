import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

/** Who holds a lock: a process of a machine. */
const Holder = z.object({ host: z.string(), pid: z.number().int() });
type Holder = z.infer<typeof Holder>;

/** Somebody else holds the lock. */
export class LockHeldError extends Error {
  readonly path: string;
  /** Undefined when the lock file cannot be read. */
  readonly holder: Holder | undefined;

  constructor(path: string, holder: Holder | undefined) {
    super(`lock held: ${path}`);
    this.name = 'LockHeldError';
    this.path = path;
    this.holder = holder;
  }
}

/** Locks of this very process: a file left by an earlier process may bear our own process id. */
const heldHere = new Set<string>();

/**
 * Takes the lock `path` (a small file, gone when released) and returns what releases it.
 * A lock left by a dead process of this machine is taken over; another machine's is not, for want of a way to know.
 * Throws LockHeldError.
 */
export function takeLock(path: string): () => void {
  const lock = resolve(path);
  if (heldHere.has(lock)) throw new LockHeldError(lock, self());
  if (!tryCreate(lock)) {
    takeAway(lock);
    if (!tryCreate(lock)) throw new LockHeldError(lock, readHolder(lock));
  }
  heldHere.add(lock);
  return () => {
    if (heldHere.delete(lock)) rmSync(lock, { force: true });
  };
}

const self = (): Holder => ({ host: hostname(), pid: process.pid });

/** A link appears whole or not at all: nobody ever reads an empty lock. */
function tryCreate(lock: string): boolean {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, JSON.stringify(self()));
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes the lock of a dead process. Moved aside first and read again, in case somebody took it over meanwhile. */
function takeAway(lock: string): void {
  if (isAlive(readHolder(lock))) throw new LockHeldError(lock, readHolder(lock));
  const aside = `${lock}.${process.pid}.mort`;
  renameSync(lock, aside);
  const holder = readHolder(aside);
  if (isAlive(holder)) {
    renameSync(aside, lock);
    throw new LockHeldError(lock, holder);
  }
  rmSync(aside);
}

function readHolder(path: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder | undefined): boolean {
  if (!holder || holder.host !== hostname()) return true;
  // Not in `heldHere` (checked by the caller), so a lock with our id is a former process's.
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
