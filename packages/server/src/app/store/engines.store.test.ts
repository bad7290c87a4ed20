import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import { backUp, restore } from '../../platform/postgres/archive.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { migrate, readMigrationState } from '../../platform/postgres/migrations.ts';
import { openPglite } from '../../platform/postgres/pglite-database.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openEmbeddedTestStore, openTestStore } from '../testing/test-store.ts';
import { buildWorld } from '../testing/test-world.ts';
import { checkStore } from './check-store.ts';
import { STORE_SCHEMAS, storeMigrations } from './migrations.ts';

const SCHEMA = readFileSync(new URL('../../../schema.txt', import.meta.url), 'utf8');
let folder: string;
let database: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-engines-'));
  database = await openTestStore();
  await buildWorld(database);
  // Signs that the format of COPY has to escape.
  const awkward = { siei: 'TEST999999AA', familyName: 'A\\B\tC\nD"{},', firstName: '"\\' };
  await publishCampaign(
    database,
    writeCampaign(join(folder, 'campagne'), '2025-11-15', [...people(3), awkward]),
  );
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const archive = (name: string) => ({
  folder: join(folder, name),
  schemas: STORE_SCHEMAS,
  migrations: storeMigrations(),
  createdAt: '2025-11-15T00:00:00.000Z',
  emptied: 'access.people',
});
/** Everything in every table, as text. */
const contentOf = (base: Database) =>
  base.transaction({}, async (transaction) => {
    const { rows } = await transaction.query<{ table: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS "table" FROM pg_tables WHERE schemaname = ANY ($1) ORDER BY 1`,
      [[...STORE_SCHEMAS]],
    );
    const content: Record<string, string[]> = {};
    for (const { table } of rows)
      content[table] = (await transaction.query<{ t: string }>(`SELECT t::TEXT AS t FROM ${table} t`)).rows
        .map(({ t }) => t)
        .sort();
    return content;
  });

describe('a base', () => {
  test('is what the committed schema says, and nothing changes when it is migrated again', async () => {
    expect((await checkStore(database, SCHEMA)).filter(({ ok }) => !ok)).toEqual([]);
    expect(await migrate(database, storeMigrations())).toEqual([]);
  });

  test('tells a policy that was taken away, a right that was added, a permission', async () => {
    const tampered = await openTestStore();
    await tampered.transaction({}, (transaction) =>
      transaction.script(`DROP POLICY read_in_territory ON cases.cases; GRANT DELETE ON cases.events TO raccroche_app;
        INSERT INTO access.permissions VALUES ('provider', 'platform', 'solution', 'case.read')`),
    );
    const wrong = (await checkStore(tampered, SCHEMA)).filter(({ ok }) => !ok);
    await tampered.close();
    expect(wrong.map(({ check }) => check)).toEqual(['permissions', 'schema']);
    expect(wrong[0]?.text).toContain('provider platform solution case.read');
    expect(wrong[1]?.text).toMatch(/read_in_territory[\s\S]*DELETE/);
  });

  test('refuses a migration that changed after it was applied, and a base of a newer program', async () => {
    const [first, ...others] = storeMigrations();
    if (!first) throw new Error('no migration');
    const changed = migrate(database, [{ ...first, sha256: 'x' }, ...others]);
    await expect(changed).rejects.toMatchObject({ code: 'migration_changed' });
    await expect(migrate(database, [first])).rejects.toMatchObject({ code: 'database_newer' });
    const state = await database.transaction({}, (transaction) =>
      readMigrationState(transaction, storeMigrations()),
    );
    expect(state).toMatchObject({ pending: [], changed: [], unknown: [] });
  });

  test('undoes everything of a transaction that fails', async () => {
    const failing = database.transaction({}, async (transaction) => {
      await transaction.query(
        "INSERT INTO access.platforms (code, name, department, region) VALUES ('x', 'x', '62', '32')",
      );
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { rows } = await database.transaction({}, (t) =>
      t.query("SELECT FROM access.platforms WHERE code = 'x'"),
    );
    expect(rows).toHaveLength(0);
  });
});

describe('a backup', () => {
  test('comes back whole, also on the other engine, and identities go on after it', async () => {
    const contents = await backUp(database, archive('sauvegarde'));
    expect(contents.tables.find(({ table }) => table === 'cases.cases')?.rows).toBe(4);
    const other = await openEmbeddedTestStore();
    await restore(other, archive('sauvegarde'));
    expect(await contentOf(other)).toEqual(await contentOf(database));
    const next = await publishCampaign(
      other,
      writeCampaign(join(folder, 'suivante'), '2025-12-15', people(5)),
      async () => ({
        aliases: [],
        removals: [],
      }),
    );
    expect(next).toMatchObject({ publication: 2, opened: 2 });
    await other.close();
  });

  test('never overwrites another, nor goes into a base that is in use', async () => {
    await expect(backUp(database, archive('sauvegarde'))).rejects.toMatchObject({ code: 'archive_exists' });
    await expect(restore(database, archive('sauvegarde'))).rejects.toMatchObject({
      code: 'database_not_empty',
    });
  });

  test('that was damaged is refused, and leaves the base empty', async () => {
    const damaged = archive('abîmée');
    await backUp(database, damaged);
    const { gzipSync } = await import('node:zlib');
    writeFileSync(join(damaged.folder, 'access.people.copy.gz'), gzipSync(''));
    const other = await openEmbeddedTestStore();
    await expect(restore(other, damaged)).rejects.toMatchObject({ code: 'archive_damaged' });
    const { rows } = await other.transaction({}, (transaction) =>
      transaction.query('SELECT FROM access.platforms'),
    );
    expect(rows).toHaveLength(0);
    await other.close();
  });
});

describe('the embedded base', () => {
  const base = () => join(folder, 'var', 'base');
  const write = `INSERT INTO kept VALUES (1)`;

  test('survives being closed, and being killed once it has answered', async () => {
    const first = await openPglite({ folder: base() });
    await first.transaction({}, (transaction) => transaction.script(`CREATE TABLE kept (n INT); ${write}`));
    await first.close();
    // A program of its own, which kills itself as soon as a second write is acknowledged.
    const program = `
      import { register } from 'tsx/esm/api';
      register();
      const { openPglite } = await import(${JSON.stringify(new URL('../../platform/postgres/pglite-database.ts', import.meta.url).href)});
      const base = await openPglite({ folder: ${JSON.stringify(base())} });
      await base.transaction({}, (t) => t.script('${write}'));
      process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect({ signal: killed.signal, stderr: killed.stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    expect(existsSync(join(base(), 'verrou'))).toBe(true);
    // The lock of a dead program is taken over.
    const again = await openPglite({ folder: base() });
    const { rows } = await again.transaction({}, (transaction) => transaction.query('SELECT n FROM kept'));
    expect(rows).toHaveLength(2);
    const busy = await openPglite({ folder: base() }).catch((error: unknown) => error);
    expect(busy).toMatchObject({ code: 'database_busy', exitCode: 2 });
    expect(String(busy)).toContain('déjà ouverte par un autre programme');
    await again.close();
    expect(existsSync(join(base(), 'verrou'))).toBe(false);
  });
});
