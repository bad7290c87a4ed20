import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseLocation } from '../../../platform/postgres/open-database.ts';

/** A server in a process of its own, which may die. */
export interface LoadServer {
  /** `http://127.0.0.1:…`, another one each time. */
  readonly address: string;
  /** Processor in seconds since its start, and memory in bytes. */
  usage(): Promise<{ cpu: number; memory: number }>;
  /** SIGKILL: it is gone once this is done. */
  kill(): Promise<void>;
}

/** Loads the program, which takes seconds, and gives what starts it on a base: it listens once that is done. */
export function loadServer(): (location: DatabaseLocation) => Promise<LoadServer> {
  const program = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const server = fork(program, [], { execArgv: ['--import', 'tsx'] });
  const ended = once(server, 'exit');
  const told = async <T>(): Promise<T> => {
    const [message] = (await Promise.race([
      once(server, 'message'),
      ended.then(([code]) => Promise.reject(new Error(`the server ended: ${code}`))),
    ])) as [T];
    return message;
  };
  const loaded = told<string>();
  return async (location) => {
    await loaded;
    server.send(location);
    const { address } = await told<{ address: string }>();
    return {
      address,
      async usage() {
        server.send('usage');
        return told();
      },
      async kill() {
        server.kill('SIGKILL');
        await ended;
      },
    };
  };
}
