import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../../bin/raccroche.mjs', import.meta.url));
const KEYS = generateKeyPairSync('ed25519');

let folder: string;
/** Runs the program in a folder of its own, with its own embedded base. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { ...inherited, ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-commands-'));
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
  write('sceau.pem', KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  write('public.pem', KEYS.publicKey.export({ type: 'spki', format: 'pem' }));
  expect(run(['db', 'migrate']).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a service whose sign-in is mis-set does not start, and names the variable without its value', () => {
  const { status, stderr } = run(['serve', '--port', '0'], {
    OIDC_ISSUER: 'http://ailleurs.test',
    OIDC_CLIENT_ID: 'nous',
    OIDC_CLIENT_SECRET: 'un secret',
    PUBLIC_URL: 'https://ici.test',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('OIDC_ISSUER commence par https://');
  expect(stderr).not.toContain('un secret');
});

test('the trail is sealed once a day, the seal kept outside too, and both are held against it', () => {
  const sealed = run(['audit', 'seal', '--key', 'sceau.pem', '--out', 'sceaux']);
  expect({ status: sealed.status, stderr: sealed.stderr }).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(join(folder, 'sceaux'))).toHaveLength(1);
  expect(run(['audit', 'seal', '--key', 'sceau.pem']).stdout).toBe('Ce jour a déjà son sceau.\n');
  const { status, stdout } = run(['audit', 'verify', '--public-key', 'public.pem', '--seals', 'sceaux']);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'La trace est intacte : 0 lignes, 0 chaînes.\nLes sceaux tiennent : 2.\n',
  });
});

test('limits are shown and changed, and endings warned of', () => {
  expect(run(['access', 'quotas', '--set', 'consultation=500']).stdout).toContain(
    'consultation : 500 par jour',
  );
  expect(run(['access', 'quotas', '--set', 'consultations=500']).status).toBe(2);
  expect(run(['access', 'quotas', '--measure']).stdout).toContain('Rien n’a été mesuré.');
  expect(run(['access', 'warn']).stdout).toBe('0 avertissements écrits.\n');
});
