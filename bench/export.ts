/**
 * How long the largest exports take and how large their files are, on the embedded base: made-up people of one platform, every
 * column. `npx tsx bench/export.ts [--people 10000]`.
 */
import { parseArgs } from 'node:util';
import { LIST_COLUMNS, type NewExport } from '@raccroche/contract';
import { openPublishedWorld } from '../packages/server/src/app/testing/published-world.ts';
import { people } from '../packages/server/src/app/testing/test-campaign.ts';
import { withCaller } from '../packages/server/src/modules/access/index.ts';
import { exportCases } from '../packages/server/src/modules/cases/index.ts';

const { values: options } = parseArgs({ options: { people: { type: 'string', default: '10000' } } });
const { database, world, close } = await openPublishedWorld(people(Number(options.people)));
const [platform, token] = [world.lens, world.tokens.nadia];
for (const format of ['csv', 'xlsx', 'csv', 'xlsx'] as const) {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const asked: NewExport = {
    ...{ platform, format, columns: [...LIST_COLUMNS] },
    ...{ filter: {}, sort: 'name', purpose: 'meeting' },
  };
  const { count, content } = await withCaller(database, { token, permission: 'case.read' }, (caller) =>
    exportCases(caller, asked, '2025-11-20'),
  );
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(
    `${format}: ${count} people, ${(Buffer.from(content, 'base64').length / 1e6).toFixed(2)} MB, ${((performance.now() - wall) / 1000).toFixed(2)} s, CPU ${((user + system) / 1e6).toFixed(2)} s\n`,
  );
}
await close();
