import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type Listed, writeCampaign } from './test-campaign.ts';
import { openTestStore } from './test-store.ts';
import { buildWorld, type TestWorld } from './test-world.ts';

/** A base of its own in which the world of the tests lives. */
export interface OpenedWorld {
  readonly database: Database;
  readonly world: TestWorld;
  /** Where a campaign may be written; another one each time. */
  nextFolder(): string;
  /** Ends the base, and the folders. */
  close(): Promise<void>;
}

/** The world of the tests, in which nothing was published. */
async function openWorld(): Promise<OpenedWorld> {
  const database = await openTestStore();
  const world = await buildWorld(database);
  const folder = mkdtempSync(join(tmpdir(), 'raccroche-published-'));
  let folders = 0;
  return {
    database,
    world,
    nextFolder: () => join(folder, String(++folders)),
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same with a case for each of `listed`, published as of 2025-11-15. */
export async function openPublishedWorld(listed: readonly Listed[]): Promise<OpenedWorld> {
  const opened = await openWorld();
  await publishCampaign(opened.database, writeCampaign(opened.nextFolder(), '2025-11-15', listed));
  return opened;
}

/** The world of the tests for all the tests of a file, handed over by `take` once it is there. Gives where to write a campaign. */
export function useWorld(take: (opened: OpenedWorld) => void): () => string {
  let opened: OpenedWorld;
  beforeAll(async () => {
    opened = await openWorld();
    take(opened);
  });
  afterAll(() => opened.close());
  return () => opened.nextFolder();
}
