/** What a long-running command does before it ends, when somebody or the system asks it to stop. */
let cleanUp: (() => Promise<void>) | undefined;

/** From now on a signal to stop runs `work` first, once, and then ends the program well. */
export function whenAskedToStop(work: () => Promise<void>): void {
  cleanUp = work;
}

/** Runs what was asked for; false when nothing was, and the program may end at once. A second signal does not wait. */
export function startCleanUp(done: () => void): boolean {
  if (!cleanUp) return false;
  const work = cleanUp;
  cleanUp = undefined;
  work().then(done, done);
  return true;
}
