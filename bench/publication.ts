/**
 * How long a publication takes, on the embedded base and on a server: the same made-up lists, published once into an empty base,
 * then again a month later with a tenth of the people gone and as many new. Each is one transaction.
 * `[DATABASE_URL=postgres://…] npx tsx bench/publication.ts [--entries 200000]`. Without an address the embedded base alone, in
 * a folder of the system's temporary directory; with one, that base too, which must be empty. Entries are as large as those of a real
 * campaign: checks with their evidence, the rows where they were read, representatives of the minors, a half of them.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrateStore } from '../packages/server/src/app/store/migrations.ts';
import { fullDetails } from '../packages/server/src/app/testing/full-entry.ts';
import { type Listed, people, writeCampaign } from '../packages/server/src/app/testing/test-campaign.ts';
import { buildWorld } from '../packages/server/src/app/testing/test-world.ts';
import { publishCampaign } from '../packages/server/src/modules/cases/index.ts';
import {
  type DatabaseLocation,
  openDatabaseAt,
} from '../packages/server/src/platform/postgres/open-database.ts';

const { values: options } = parseArgs({ options: { entries: { type: 'string', default: '200000' } } });
const entries = Number(options.entries);
const root = mkdtempSync(join(tmpdir(), 'bench-publication-'));
const gone = Math.floor(entries / 10);

async function measure(
  what: string,
  location: DatabaseLocation,
  campaigns: readonly string[],
): Promise<void> {
  const database = await openDatabaseAt(location);
  await migrateStore(database);
  await buildWorld(database);
  const removals = people(gone).map(({ siei }) => ({ siei, reason: 'absent' as const }));
  for (const campaign of campaigns) {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const result = await publishCampaign(database, campaign, async () => ({ aliases: [], removals }));
    const { user, system } = process.cpuUsage(cpu);
    process.stdout.write(
      `${what}: ${result.entries} entries, ${result.opened} opened, ${result.closed} closed: ${((performance.now() - wall) / 1000).toFixed(1)} s, CPU of the program ${((user + system) / 1e6).toFixed(1)} s\n`,
    );
  }
  await database.close();
}

/** A half of them minors: 17 years and a few weeks old on the first day. */
const listed = (from: number): Listed[] =>
  people(entries, from).map((one, index) =>
    (from + index) % 2 === 0 ? { ...one, birthDate: '2008-10-01', minor: true } : one,
  );
const campaignOf = (folder: string, asOf: string, from: number) =>
  writeCampaign(join(root, folder), asOf, listed(from), {
    detailsOf: (place, minor) => fullDetails(from + place, minor),
  });

try {
  const campaigns = [campaignOf('une', '2025-11-15', 0), campaignOf('deux', '2025-12-15', gone)];
  const bytes = statSync(join(root, 'une/lists/62/liste-62.json')).size / entries;
  process.stdout.write(`${entries} entries of ${Math.round(bytes)} bytes in the mean\n`);
  await measure('embedded', { folder: join(root, 'base') }, campaigns);
  const url = process.env.DATABASE_URL || undefined;
  if (url !== undefined) await measure('server', { url, folder: '' }, campaigns);
} finally {
  rmSync(root, { recursive: true, force: true });
}
