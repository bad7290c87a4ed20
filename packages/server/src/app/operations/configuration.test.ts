import { describe, expect, test } from 'vitest';
import { RaccrocheError } from '../../kernel/errors.ts';
import { readConfiguration } from './configuration.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    readConfiguration(env);
  } catch (error) {
    if (error instanceof RaccrocheError) return error.message;
  }
  return '';
};

describe('the configuration', () => {
  test('of an empty environment is the embedded base, without metrics', () => {
    expect(readConfiguration({ DATABASE_URL: '', RACCROCHE_METRICS_PORT: '' })).toEqual({
      databaseUrl: undefined,
      metricsPort: undefined,
      poolSize: 10,
      limits: { session: 300, open: 120, signIn: 10 },
      retention: undefined,
      mail: undefined,
      publicUrl: undefined,
      tracesEndpoint: undefined,
      sealKeyFile: undefined,
      sealsFolder: undefined,
      behindProxy: false,
      requireServiceLogin: false,
      keyFile: undefined,
      inbox: undefined,
      privateWebhooks: false,
      campaigns: undefined,
    });
  });

  test.each([
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'raccroche'],
    ['RACCROCHE_METRICS_PORT', '0'],
    ['RACCROCHE_METRICS_PORT', '70000'],
    ['RACCROCHE_POOL_SIZE', '-1'],
    ['RACCROCHE_REQUESTS_PER_MINUTE', '12.5'],
    ['RACCROCHE_SIGN_INS_PER_MINUTE', 'dix'],
    ['RACCROCHE_BEHIND_PROXY', 'yes'],
    ['RACCROCHE_REQUIRE_SERVICE_LOGIN', '1'],
    ['PUBLIC_URL', 'https://raccroche.exemple.test/chemin'],
    ['PUBLIC_URL', 'raccroche'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collecteur:4318'],
    ['RACCROCHE_WEBHOOKS_PRIVATE', 'true'],
    ['RACCROCHE_CAMPAIGN_MEMORY', '1KB'],
  ])('%s=%s is refused by name', (name, value) => {
    const said = refusal({ [name]: value });
    expect(said).toContain(`  ${name} : écrivez`);
    expect(said.split('\n')).toHaveLength(2);
  });

  test('a server of e-mail goes with who writes, and neither without the other', () => {
    const [url, from] = ['smtps://compte:motdepasse@machine', 'Raccroche <raccroche@exemple.test>'];
    expect(readConfiguration({ RACCROCHE_SMTP_URL: url, RACCROCHE_MAIL_FROM: from }).mail).toEqual({
      url,
      from,
    });
    expect(refusal({ RACCROCHE_SMTP_URL: url })).toContain('RACCROCHE_MAIL_FROM : écrivez-la');
    expect(refusal({ RACCROCHE_SMTP_URL: 'https://machine', RACCROCHE_MAIL_FROM: 'Raccroche' })).toMatch(
      /RACCROCHE_SMTP_URL : écrivez[^\n]*\n {2}RACCROCHE_MAIL_FROM : écrivez/,
    );
    expect(refusal({ RACCROCHE_MAIL_FROM: from })).toContain('RACCROCHE_SMTP_URL : écrivez-la');
  });

  test('campaigns are run from here when both of their folders are told, and are there', () => {
    const here = import.meta.dirname;
    expect(readConfiguration({ RACCROCHE_DELIVERIES: here, RACCROCHE_CAMPAIGNS: here }).campaigns).toEqual({
      deliveries: here,
      campaigns: here,
      memory: '4GB',
    });
    expect(refusal({ RACCROCHE_DELIVERIES: here })).toContain('  RACCROCHE_CAMPAIGNS : écrivez');
    const nowhere = { RACCROCHE_DELIVERIES: here, RACCROCHE_CAMPAIGNS: `${here}/nulle-part` };
    expect(refusal(nowhere)).toContain('  RACCROCHE_CAMPAIGNS : écrivez le chemin d’un dossier qui existe');
  });

  test('tells everything that is wrong at once, and never a value', () => {
    const said = refusal({ DATABASE_URL: 'http://x:secret@y', RACCROCHE_POOL_SIZE: 'x' });
    expect(said).toMatch(/DATABASE_URL[\s\S]*RACCROCHE_POOL_SIZE/);
    expect(said).not.toContain('secret');
  });
});
