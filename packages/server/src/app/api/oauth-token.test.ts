import { describe, expect, test } from 'vitest';
import { clientOf, OAuthRefusal } from './oauth-token.ts';

const basic = (text: string) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;

describe('who asks', () => {
  test.each([
    ['in the form', { client_id: 'a', client_secret: 's' }, undefined, { clientId: 'a', secret: 's' }],
    ['in the header', {}, basic('a:s'), { clientId: 'a', secret: 's' }],
    ['form-encoded in the header', {}, basic('a%3Ab:s+t%25'), { clientId: 'a:b', secret: 's t%' }],
    ['named twice alike', { client_id: 'a' }, basic('a:s'), { clientId: 'a', secret: 's' }],
  ])('%s', (_, form, header, client) => expect(clientOf(form, header)).toEqual(client));

  test.each([
    ['nobody', {}, undefined, 'invalid_client'],
    ['without a secret', { client_id: 'a' }, undefined, 'invalid_client'],
    ['another scheme', {}, 'Bearer abc', 'invalid_client'],
    ['no base64', {}, 'Basic ???', 'invalid_client'],
    ['a broken escape', {}, basic('a:%E0%A4%A'), 'invalid_client'],
    ['by both ways', { client_secret: 's' }, basic('a:s'), 'invalid_request'],
    ['two names', { client_id: 'b' }, basic('a:s'), 'invalid_request'],
  ])('%s', (_, form, header, code) => {
    expect(() => clientOf(form, header)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

test('what is told is ASCII without quotes or backslashes, as the standard asks', () => {
  for (const code of [
    'invalid_request',
    'invalid_client',
    'invalid_scope',
    'unsupported_grant_type',
  ] as const) {
    const { error_description: told = '' } = new OAuthRefusal(code).body();
    expect(told).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{10,}$/);
  }
});
