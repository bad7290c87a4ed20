import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: what the systems of partners are told, and the files that they deposit. */
export const PARTNERS_MIGRATIONS: MigrationSet = {
  module: 'partners',
  folder: new URL('./migrations/', import.meta.url),
};
export { listMessages, retryMessage } from './messages.ts';
export { type AsSystem, receiveDelivery } from './receive-delivery.ts';
export { PARTNERS_RETENTION } from './retention.ts';
export { type TellSettings, tellPartners } from './tell-partners.ts';
export {
  listWebhooks,
  pingWebhook,
  renewWebhookSecret,
  resumeWebhook,
  subscribe,
  unsubscribe,
  type WebhookSettings,
} from './webhooks.ts';
