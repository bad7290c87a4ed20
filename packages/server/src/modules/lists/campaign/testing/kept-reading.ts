import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Database, openDatabase } from '../../../../platform/duckdb/database.ts';
import {
  createSourcesTablesSql,
  type IntakeSummary,
  type PreviousReading,
  readDeliveries,
} from '../../../sources/index.ts';
import { dropTable } from '../../registry/registry.ts';
import { readTable } from '../previous-data.ts';
import { persistRead } from '../read-stage.ts';
import { contentOf } from './data-content.ts';
import type { Delivered } from './random-deliveries.ts';

/** Deliveries by their path. */
export type Folder = Readonly<Record<string, Delivered>>;

/** What a reading left, as the next one takes it. */
export interface Kept extends PreviousReading {
  readonly folder: string;
  readonly summary: IntakeSummary;
}

/** What is taken over of a campaign before: `all` that may be, what is `worth` it as a campaign does, or `nothing`. */
export type TakenOver = 'all' | 'worth' | 'nothing';

/** Reads deliveries month after month in a folder of its own, and keeps the tables as the first stage of a campaign does. */
export class ReadMonths {
  readonly #database: Database;
  readonly #root: string;
  #count = 0;

  constructor(database: Database, root: string) {
    this.#database = database;
    this.#root = root;
  }

  async read(files: Folder, asOf: string, previous?: Kept, taken: TakenOver = 'all'): Promise<Kept> {
    this.#count += 1;
    const at = join(this.#root, `${this.#count}`);
    const deliveries = join(at, 'recus');
    mkdirSync(deliveries, { recursive: true });
    for (const [name, { content, sidecar }] of Object.entries(files)) {
      mkdirSync(dirname(join(deliveries, name)), { recursive: true });
      writeFileSync(join(deliveries, name), content);
      if (sidecar !== undefined) writeFileSync(join(deliveries, `${name}.meta.json`), sidecar);
    }
    const [folder, workFolder] = [join(at, 'data'), join(at, 'work')];
    const summary = await readDeliveries(this.#database, {
      deliveries,
      asOf,
      workFolder,
      previous,
      incremental: taken !== 'nothing',
      mostGone: taken === 'all' ? 1 : undefined,
    });
    await persistRead(this.#database, folder, previous?.folder);
    // Views over what was kept stand in the place of the tables: the next reading finds none.
    const views = await this.#database.all<{ name: string }>(
      "SELECT view_name AS name FROM duckdb_views() WHERE schema_name = 'sources' AND NOT internal",
    );
    for (const { name } of views) await dropTable(this.#database, `sources.${name}`);
    await this.#database.run(createSourcesTablesSql());
    return { folder, asOf, summary, table: (name) => readTable(folder, name) };
  }

  /** Reads both ways, and fails where the tables differ. */
  async bothWays(files: Folder, asOf: string, previous: Kept, taken: TakenOver = 'all'): Promise<Kept> {
    const some = await this.read(files, asOf, previous, taken);
    const all = await this.read(files, asOf, previous, 'nothing');
    expect(some.summary).toEqual({ ...all.summary, carried: some.summary.carried });
    expect(await contentOf(some.folder)).toEqual(await contentOf(all.folder));
    return some;
  }
}

/** For the tests of a file: a database, and months to read in it, in a folder that goes with them. */
export function monthsForFile(): { readonly database: Database; readonly months: ReadMonths } {
  const root = mkdtempSync(join(tmpdir(), 'read-months-'));
  let open: { database: Database; months: ReadMonths } | undefined;
  beforeAll(async () => {
    const database = await openDatabase();
    open = { database, months: new ReadMonths(database, root) };
  });
  afterAll(() => {
    open?.database.close();
    rmSync(root, { recursive: true, force: true });
  });
  const opened = () => {
    if (open === undefined) throw new Error('open only while tests run');
    return open;
  };
  return {
    get database() {
      return opened().database;
    },
    get months() {
      return opened().months;
    },
  };
}
