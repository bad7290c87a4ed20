import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishCampaign } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type Listed, writeCampaign } from './test-campaign.ts';
import { openTestStore } from './test-store.ts';
import { buildWorld, type TestWorld } from './test-world.ts';

/** A base of its own in which the world of the tests lives, and a campaign was published. */
export interface PublishedWorld {
  readonly database: Database;
  readonly world: TestWorld;
  /** Ends the base, and the campaign's folder. */
  close(): Promise<void>;
}

/** The world of the tests with a case for each of `listed`, published as of 2025-11-15. */
export async function openPublishedWorld(listed: readonly Listed[]): Promise<PublishedWorld> {
  const database = await openTestStore();
  const world = await buildWorld(database);
  const folder = mkdtempSync(join(tmpdir(), 'raccroche-published-'));
  await publishCampaign(database, writeCampaign(folder, '2025-11-15', listed));
  return {
    database,
    world,
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
