import type { SqlRunner } from '../runner.ts';
import type { Engine } from './engine.ts';

/** A statement may not have begun when it is interrupted, and the engine forgets: it is told again until it has ended. */
const AGAIN_MS = 20;

/**
 * The same runner, whose statements end when `signal` is aborted: the one that runs is interrupted in the engine, the
 * next does not begin; both reject with the signal's reason, and the connection can be used again. A runner without
 * `interrupt` ends after the statement that runs. Without a signal, the runner itself.
 */
export function interruptible(runner: Engine, signal: AbortSignal | undefined): Engine;
export function interruptible(runner: SqlRunner, signal: AbortSignal | undefined): SqlRunner;
export function interruptible(runner: SqlRunner, signal: AbortSignal | undefined): SqlRunner {
  if (signal === undefined) return runner;
  const ending = <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) => {
    return (...given: Given): Promise<Result> =>
      endingWith(
        signal,
        () => runner.interrupt?.(),
        () => act(...given),
      );
  };
  const plain: SqlRunner = {
    run: ending((sql: string) => runner.run(sql)),
    all: ending((sql: string) => runner.all(sql)),
    interrupt: () => runner.interrupt?.(),
  };
  if (!isEngine(runner)) return plain;
  const engine: Engine = {
    ...plain,
    readColumns: ending((sql: string) => runner.readColumns(sql)),
    appendColumns: ending((...given: Parameters<Engine['appendColumns']>) => runner.appendColumns(...given)),
    interrupt: () => runner.interrupt(),
    close: () => runner.close(),
  };
  return engine;
}

function isEngine(runner: SqlRunner): runner is Engine {
  return 'readColumns' in runner && 'appendColumns' in runner;
}

async function endingWith<T>(signal: AbortSignal, interrupt: () => void, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let again: ReturnType<typeof setInterval> | undefined;
  const onAbort = (): void => {
    interrupt();
    again = setInterval(interrupt, AGAIN_MS);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work();
  } catch (error) {
    // What the engine says of the interruption tells nothing more.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearInterval(again);
  }
}
