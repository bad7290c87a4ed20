import type { Database } from './database.ts';

/**
 * A few connections on which work runs: one piece at a time on each, in the order in which it was asked for. A short statement has
 * work for one thread only at its beginning and its end: it then leaves a core to the one beside it.
 */
export class Lanes {
  readonly #database: Database;
  readonly #most: number;
  readonly #prepare: (lane: Database) => Promise<void>;
  readonly #opened: Database[] = [];
  readonly #free: Database[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  readonly #whenIdle: (() => void)[] = [];

  /**
   * At most `most` connections to the tables of `database`, each opened when it is first needed. `prepare` gives one what it has of its own:
   * variables are of a connection.
   */
  constructor(database: Database, most: number, prepare: (lane: Database) => Promise<void> = async () => {}) {
    this.#database = database;
    this.#most = most;
    this.#prepare = prepare;
  }

  /** What `work` gives, once there was a connection for it alone. */
  async run<Result>(work: (lane: Database) => Promise<Result>): Promise<Result> {
    if (this.#busy === this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#busy += 1;
    try {
      const lane = this.#free.pop() ?? (await this.#open());
      try {
        return await work(lane);
      } finally {
        this.#free.push(lane);
      }
    } finally {
      this.#leave();
    }
  }

  /** Resolves when nothing runs any more: all connections are closed, and open again for whoever asks later. */
  async close(): Promise<void> {
    if (this.#busy > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    this.#free.length = 0;
    for (const lane of this.#opened.splice(0)) lane.close();
  }

  async #open(): Promise<Database> {
    const lane = await this.#database.connectAgain();
    this.#opened.push(lane);
    await this.#prepare(lane);
    return lane;
  }

  /** Whoever waits longest comes in the place of who leaves. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy -= 1;
    else next();
    if (this.#busy === 0) for (const tell of this.#whenIdle.splice(0)) tell();
  }
}
