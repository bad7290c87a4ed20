import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { discoverProvider } from './provider.ts';
import { readSignInSettings } from './settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-settings-'));
  writeFileSync(join(folder, 'secret'), 'du fichier\n');
  writeFileSync(join(folder, 'vide'), '\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const SET = {
  OIDC_ISSUER: 'https://fournisseur.exemple.fr/api/v2',
  OIDC_CLIENT_ID: 'nous',
  OIDC_CLIENT_SECRET: 'secret',
  PUBLIC_URL: 'https://raccroche.exemple.fr',
};

test('nothing set: nobody signs in by a provider', () => {
  expect(readSignInSettings({ PUBLIC_URL: SET.PUBLIC_URL })).toBeUndefined();
});

test('what is not set is as ProConnect has it', () => {
  const settings = readSignInSettings(SET);
  expect(settings).toMatchObject({
    clientId: 'nous',
    clientSecret: 'secret',
    scope: 'openid given_name usual_name email siret idp_id',
    signing: 'RS256',
  });
  expect(settings?.strongAcr).toEqual(expect.arrayContaining(['eidas1-mfa', 'eidas2', 'eidas3']));
  // A password alone, however well somebody is known.
  expect(settings?.strongAcr).not.toContain('eidas1');
});

test('the secret may lie in a file', () => {
  const { OIDC_CLIENT_SECRET: _, ...rest } = SET;
  const settings = readSignInSettings({ ...rest, OIDC_CLIENT_SECRET_FILE: join(folder, 'secret') });
  expect(settings?.clientSecret).toBe('du fichier');
});

test.each([
  [{ OIDC_ISSUER: '' }, 'OIDC_ISSUER manque'],
  [{ OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID manque'],
  [{ OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET manque'],
  [{ PUBLIC_URL: '' }, 'PUBLIC_URL manque'],
  [{ OIDC_CLIENT_SECRET_FILE: 'x' }, 'donnez l’un ou l’autre'],
  [{ OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: 'absent' }, 'ne peut pas lire'],
  [{ OIDC_ISSUER: 'fournisseur' }, 'n’est pas une adresse'],
  [{ OIDC_ISSUER: 'http://fournisseur.exemple.fr' }, 'https://'],
  [{ PUBLIC_URL: 'http://raccroche.exemple.fr' }, 'https://'],
  [{ PUBLIC_URL: 'https://raccroche.exemple.fr/appli' }, 'sans chemin'],
  [{ OIDC_SCOPE: 'email' }, 'openid'],
  [{ OIDC_SIGNING_ALG: 'HS256' }, 'RS256'],
])('%o is refused by the name of what is wrong, never its value', (change, told) => {
  expect(() => readSignInSettings({ ...SET, ...change })).toThrow(told);
});

test('an empty file holds no secret', () => {
  const given = { ...SET, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: join(folder, 'vide') };
  expect(() => readSignInSettings(given)).toThrow('fichier vide');
});

test('a provider that does not answer is told at once', async () => {
  const settings = readSignInSettings({ ...SET, OIDC_ISSUER: 'http://127.0.0.1:1' });
  if (!settings) throw new Error('no settings');
  const discovery = discoverProvider(settings);
  await expect(discovery).rejects.toThrow(RaccrocheError);
  await expect(discovery).rejects.toThrow('Vérifiez OIDC_ISSUER');
});
