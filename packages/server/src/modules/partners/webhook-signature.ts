import { createHmac, hkdfSync } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** The secret of a webhook, from the service's key: the same each time, and kept nowhere. `secretNo`: which of its secrets. */
export function webhookSecret(serviceKey: Buffer, webhookId: string, secretNo: number): string {
  const bytes = hkdfSync(
    'sha256',
    serviceKey,
    '',
    `raccroche webhook ${webhookId} ${secretNo}`,
    SECRET_BYTES,
  );
  return `${PREFIX}${Buffer.from(bytes).toString('base64')}`;
}

/**
 * The headers that sign a message, one signature a secret. `at`: seconds since 1970. Source: Standard Webhooks, specification 1.0.0,
 * « symmetric » signatures (v1, HMAC-SHA256).
 */
export function signatureHeaders(
  message: { readonly id: string; readonly at: number; readonly body: string },
  secrets: readonly string[],
): Record<string, string> {
  const signed = `${message.id}.${message.at}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`;
  });
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.at),
    'webhook-signature': signatures.join(' '),
  };
}
