import { type PARTNER_ROUTES, ROUTES } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import {
  addPartner,
  addPartnerSecret,
  listPartners,
  revokePartner,
  revokePartnerSecret,
} from '../../modules/access/index.ts';
import { reportSituations, signalPerson } from '../../modules/cases/index.ts';
import {
  type AsSystem,
  listMessages,
  listWebhooks,
  pingWebhook,
  receiveDelivery,
  renewWebhookSecret,
  resumeWebhook,
  retryMessage,
  subscribe,
  unsubscribe,
} from '../../modules/partners/index.ts';
import type {
  ApiContext,
  GuardedHandlers,
  OpenHandlers,
  PartnerSettings,
  UploadHandlers,
} from './handler-types.ts';
import { clientOf, giveToken } from './oauth-token.ts';

const DONE = { done: true } as const;

/** Settings without which nothing is exchanged with partners. Throws `not_ready`. */
function settingsOf({ partners }: Pick<ApiContext, 'partners'>): PartnerSettings {
  if (partners === undefined)
    throw new RaccrocheError(
      'not_ready',
      'Les échanges avec les partenaires ne sont pas réglés sur ce service.',
    );
  return partners;
}

export const OAUTH_HANDLERS: OpenHandlers<'oauthToken'> = {
  async oauthToken({ database, limits }, { body }, { authorization }) {
    const client = clientOf(body, authorization);
    limits?.admitClient(client.clientId, 'token');
    return giveToken(database, body, client);
  },
};

type Guarded = Exclude<keyof typeof PARTNER_ROUTES, 'oauthToken' | 'pushDelivery'>;

export const PARTNER_HANDLERS: Pick<GuardedHandlers, Guarded> = {
  partners: async (caller) => ({ partners: await listPartners(caller) }),
  addPartner: (caller, { body }) => addPartner(caller, body),
  addPartnerSecret: (caller, { params, body }) =>
    addPartnerSecret(caller, params.partnerId, body.overlapDays),
  async revokePartnerSecret(caller, { params }) {
    await revokePartnerSecret(caller, params.partnerId, params.secretId);
    return DONE;
  },
  async revokePartner(caller, { params }) {
    await revokePartner(caller, params.partnerId);
    return DONE;
  },
  partnerMessages: async (caller, { params, query }) => ({
    messages: await listMessages(caller, params, query.state),
  }),
  async retryPartnerMessage(caller, { params }) {
    await retryMessage(caller, { partnerId: params.partnerId }, params.messageId);
    return DONE;
  },
  reportSituations: (caller, { body }, { clock }) => reportSituations(caller, body, todayOf(clock)),
  async partnerSignal(caller, { body }, { clock }) {
    if (
      !caller.rights.some(
        ({ territoryKind, territoryId }) => territoryKind === 'establishment' && territoryId === body.uai,
      )
    )
      throw new RaccrocheError('not_found', 'Cet établissement n’est pas de ceux dont ce système parle.');
    const { caseId, followed } = await signalPerson(caller, { ...body, origin: 'school' }, todayOf(clock));
    return {
      caseId,
      followed: followed.map(({ platformName, department }) => ({ platformName, department })),
    };
  },
  webhooks: async (caller) => ({ webhooks: await listWebhooks(caller) }),
  subscribe: (caller, { body }, context) => subscribe(caller, body, settingsOf(context)),
  async unsubscribe(caller, { params }) {
    await unsubscribe(caller, params.webhookId);
    return DONE;
  },
  renewWebhookSecret: (caller, { params }, context) =>
    renewWebhookSecret(caller, params.webhookId, settingsOf(context)),
  pingWebhook: (caller, { params }) => pingWebhook(caller, params.webhookId),
  async resumeWebhook(caller, { params }) {
    await resumeWebhook(caller, params.webhookId);
    return DONE;
  },
  webhookMessages: async (caller, { params, query }) => ({
    messages: await listMessages(caller, params, query.state),
  }),
  async retryWebhookMessage(caller, { params }) {
    await retryMessage(caller, { webhookId: params.webhookId }, params.messageId);
    return DONE;
  },
};

/** Routes whose body is a file: they open transactions of their own, so that none is held while it is read. */
export const UPLOAD_HANDLERS: UploadHandlers<'pushDelivery'> = {
  pushDelivery: (context, { query }, bytes, asSystem: AsSystem) =>
    receiveDelivery(
      asSystem,
      { bytes, said: query },
      { inbox: settingsOf(context).inbox, today: todayOf(context.clock) },
    ),
};

/** Address of the one route that answers as RFC 6749 wants. */
export const OAUTH_URL = ROUTES.oauthToken.path;
