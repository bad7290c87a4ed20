import { expect, test } from 'vitest';
import { signatureHeaders, webhookSecret } from './webhook-signature.ts';

const KEY = Buffer.alloc(32, 7);

test('signs as the examples of Standard Webhooks do', () => {
  // Source: Standard Webhooks, the example that its reference libraries test.
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1614265330, body: '{"test": 2432232314}' };
  expect(signatureHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('while a secret is replaced, both sign, in one header', () => {
  const secrets = [2, 1].map((number) => webhookSecret(KEY, 'w', number));
  const { 'webhook-signature': both = '' } = signatureHeaders({ id: 'm', at: 1, body: '{}' }, secrets);
  const alone = secrets.map(
    (one) => signatureHeaders({ id: 'm', at: 1, body: '{}' }, [one])['webhook-signature'],
  );
  expect(both.split(' ')).toEqual(alone);
  expect(new Set(alone).size).toBe(2);
});

test('a secret is of one webhook, one number and one service, and the same each time', () => {
  const secret = webhookSecret(KEY, 'w', 1);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhookSecret(KEY, 'w', 1)).toBe(secret);
  for (const other of [
    webhookSecret(KEY, 'x', 1),
    webhookSecret(KEY, 'w', 2),
    webhookSecret(Buffer.alloc(32, 8), 'w', 1),
  ])
    expect(other).not.toBe(secret);
});
