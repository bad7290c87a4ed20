import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { discoverProvider, inviteFirst, readSignInSettings } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { openPglite } from '../../platform/postgres/pglite-database.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { openBrowser } from '../testing/test-browser.ts';
import { startTestProvider } from '../testing/test-provider.ts';
import { createProgram } from './program.ts';

const PAGE = readFileSync(new URL('../../../../../docs/installation.md', import.meta.url), 'utf8');
const blocksOf = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
/** What the page tells to run. */
const COMMANDS = blocksOf('sh')
  .join('')
  .split('\n')
  .filter((line) => line.startsWith('raccroche '));

let folder: string;
/** Runs the command line itself, in the folder of the test and on its embedded base. */
async function run(line: string) {
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, bare]) => quoted ?? bare ?? '')
    .slice(1);
  const [said, told]: string[][] = [[], []];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said?.push(String(text)) !== 0);
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => told?.push(String(text)) !== 0);
  try {
    let status = 0;
    const program = await createProgram(args, (code) => {
      status = code;
    });
    await program.parseAsync(args, { from: 'user' });
    return { status, stdout: said?.join('') ?? '', stderr: told?.join('') ?? '' };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
const answers = new Map<string, Awaited<ReturnType<typeof run>>>();
const before = process.cwd();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-installation-'));
  vi.stubEnv('DATABASE_URL', '');
  process.chdir(folder);
  writeFileSync(join(folder, 'plateformes.csv'), blocksOf('csv')[0] ?? '');
  for (const line of COMMANDS) answers.set(line, await run(line));
});
afterAll(() => {
  process.chdir(before);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('every command of the page does what the page says', async () => {
  expect(COMMANDS).toHaveLength(7);
  expect([...answers].map(([line, { status, stderr }]) => ({ line, status, stderr }))).toEqual(
    COMMANDS.map((line) => ({ line, status: 0, stderr: '' })),
  );
  const [, dry, made] = [...answers.values()].map(({ stdout }) => stdout);
  expect([dry, made]).toEqual(['Seraient ajoutées : 3. Déjà là : 0.\n', 'Ajoutées : 3. Déjà là : 0.\n']);
  expect((await run(COMMANDS[2] ?? '')).stdout).toBe('Ajoutées : 0. Déjà là : 3.\n');
});

test('what is wrong is told by its line, and nothing is done', async () => {
  writeFileSync(
    join(folder, 'fautes.csv'),
    `code;nom;departement;communes;depuis
62-bethune;Plateforme de Béthune;62;arrondissement 622;2026-09-01
62-lens;Autre nom;62;arrondissement 627;2026-09-01
62-tout;Tout le Pas-de-Calais;62;62041;2026-09-01
62-x;Lens;62x;62498;2026-09-01
`,
  );
  const { status, stdout } = await run('raccroche access platforms fautes.csv');
  expect(status).toBe(4);
  const [said, ...lines] = stdout.trim().split('\n');
  expect(said).toBe('Rien n’a été fait : 3 à corriger.');
  expect(lines).toEqual([
    expect.stringContaining('ligne 3 : code « 62-lens » : une plateforme le porte déjà'),
    '  ligne 4 : communes déjà à une autre plateforme : 62041 (62-arras).',
    expect.stringContaining('ligne 5 : département « 62x »'),
  ]);
  expect((await run('raccroche access platforms plateformes.csv')).stdout).toContain('Déjà là : 3');
});

describe('then', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openPglite({ folder: join(folder, 'var', 'base') });
  });
  afterAll(() => database.close());
  const owner = async (sql: string) =>
    (await database.transaction({}, (transaction) => transaction.query(sql))).rows;

  test('the first person signs in with their address, and holds their rights', async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const provider = await startTestProvider({ publicUrl, signsUserinfo: true, refreshes: false });
    const settings = readSignInSettings({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      PUBLIC_URL: publicUrl,
    });
    if (!settings) throw new Error('no settings');
    const { api } = createTestApi(database, false, { provider: await discoverProvider(settings) });
    await api.listen({ host: '127.0.0.1', port });
    const meOf = async (sub: string) => {
      provider.next({ sub, email: `${sub}@exemple.test`, given_name: sub, usual_name: 'Inventé' });
      const browser = openBrowser();
      await browser.visit(`${publicUrl}/api/sign-in`);
      const token = browser.cookie(publicUrl, 'raccroche');
      return call(api, 'me', { headers: token === undefined ? {} : { cookie: `raccroche=${token}` } });
    };
    const rightsOf = async (sub: string) =>
      ((await meOf(sub)).body.rights as { permission: string; territoryId: string }[]).map(
        ({ permission, territoryId }) => `${permission} ${territoryId}`,
      );
    expect(await rightsOf('anne')).toContain('grant.regional_steering FR');
    expect(await rightsOf('rene')).toContain('designation.write 32');
    expect((await meOf('inconnue')).status).toBe(401);
    await api.close();
    await provider.close();
  });

  test('the trail tells what was made from the machine, and data protection is told who was invited', async () => {
    const rows = await owner(
      "SELECT action, count(*)::INT AS n FROM audit.entries WHERE actor = 'program:installation' GROUP BY 1 ORDER BY 1",
    );
    expect(rows).toEqual([
      { action: 'invitation.sent', n: 2 },
      { action: 'organisation.added', n: 2 },
      { action: 'platform.added', n: 3 },
    ]);
    expect(
      await owner(
        "SELECT details FROM access.notices WHERE kind = 'invited_from_machine' AND to_control ORDER BY details ->> 'role'",
      ),
    ).toEqual([
      { details: { role: 'national_administration', territory: 'FR' } },
      { details: { role: 'regional_steering', territory: '32' } },
    ]);
  });

  test('who holds the right is to invite, unless it is said to be beyond reach', async () => {
    const [organisation] = await owner(
      "SELECT organisation_id AS id FROM access.organisations WHERE kind = 'dgesco'",
    );
    const again = (anyway: boolean) =>
      database.transaction({}, (transaction) =>
        inviteFirst(transaction, {
          email: 'autre@exemple.test',
          role: 'national_administration',
          organisationId: String(organisation?.id),
          territory: { kind: 'nation', id: 'FR' },
          anyway,
        }),
      );
    await expect(again(false)).rejects.toMatchObject({ code: 'held_already' });
    expect((await again(true)).path).toMatch(/^\/api\/sign-in\?invitation=\w{40}/);
  });

  test.each([
    'raccroche_app',
    'raccroche_door',
    'raccroche_publisher',
    'raccroche_keeper',
    'raccroche_worker',
  ] as const)('%s makes nobody and nothing', async (role) => {
    const as = (sql: string) => database.transaction({ role }, (transaction) => transaction.query(sql));
    for (const sql of [
      "INSERT INTO access.platforms (code, name, department, region) VALUES ('x', 'x', '62', '32')",
      "INSERT INTO access.organisations (kind, name) VALUES ('dgesco', 'x')",
      "INSERT INTO access.invitations (email) VALUES ('x')",
      "SELECT access.record_installation('x', '{}', '{}')",
    ])
      await expect(as(sql)).rejects.toThrow(/permission denied/);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
