import { z } from 'zod';
import {
  PARTNER_KINDS,
  PARTNER_SCOPES,
  PARTNER_SITUATIONS,
  WEBHOOK_EVENT_NAMES,
} from '../partner-vocabulary.ts';

/** Lines of one call. */
export const SITUATIONS_MAX = 500;
/** Bytes of one file of a delivery. */
export const DELIVERY_MAX = 20 * 1024 * 1024;
/** Seconds of an access token. */
export const ACCESS_TOKEN_SECONDS = 600;
/** Days for which the secret before still opens, at most. */
export const OVERLAP_DAYS_MAX = 30;
const NAME_MAX = 100;
const ADDRESS_MAX = 500;
const SCOPES_TEXT_MAX = 500;

const Uai = z.string().regex(/^[0-9]{7}[A-Z]$/);
const PartnerTerritory = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('platform'), id: z.uuid() }),
  z.object({ kind: z.literal('establishment'), id: Uai }),
]);

export const NewPartner = z.object({
  kind: z.enum(PARTNER_KINDS),
  organisationId: z.uuid(),
  name: z.string().trim().min(2).max(NAME_MAX),
  /** Whom to write to about it. */
  contact: z.email().max(NAME_MAX),
  scopes: z.array(z.enum(PARTNER_SCOPES)).min(1),
  territories: z.array(PartnerTerritory).min(1).max(50),
  validFrom: z.iso.date(),
  /** Three years after the first day, at most. */
  validTo: z.iso.date(),
});
export type NewPartner = z.infer<typeof NewPartner>;

/** Shown once: only a hash of it is kept. */
export const NewSecret = z.object({
  secretId: z.uuid(),
  /** Empty when the request is repeated with its idempotency key. */
  secret: z.string(),
  /** How it is recognised in the lists. */
  prefix: z.string(),
});
export type NewSecret = z.infer<typeof NewSecret>;

export const Partner = NewPartner.omit({ organisationId: true, territories: true }).extend({
  /** Also its `client_id`. */
  partnerId: z.uuid(),
  organisation: z.string(),
  territories: z.array(z.object({ kind: z.enum(['platform', 'establishment']), id: z.string() })),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  inForce: z.boolean(),
  secrets: z.array(
    z.object({
      secretId: z.uuid(),
      prefix: z.string(),
      madeAt: z.iso.datetime(),
      expiresAt: z.iso.datetime().nullable(),
      lastUsedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type Partner = z.infer<typeof Partner>;

/** RFC 6749 §4.4.2; the secret may come in the Authorization header instead. */
export const TokenRequest = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().max(NAME_MAX).optional(),
  client_secret: z.string().max(ADDRESS_MAX).optional(),
  scope: z.string().max(SCOPES_TEXT_MAX).optional(),
});
export type TokenRequest = z.infer<typeof TokenRequest>;
/** RFC 6749 §5.1. */
export const TokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int(),
  scope: z.string(),
});

export const NewSituations = z.object({
  situations: z
    .array(
      z.object({
        siei: z.string().regex(/^[0-9A-Z]{12}$/),
        situation: z.enum(PARTNER_SITUATIONS),
        /** The day of the fact. */
        on: z.iso.date(),
      }),
    )
    .min(1)
    .max(SITUATIONS_MAX),
});
export type NewSituations = z.infer<typeof NewSituations>;

/** `unknown`: no case of the system's platforms bears this number; nothing more is told of it. */
export const SITUATION_RESULTS = ['accepted', 'already_told', 'unknown', 'not_yet'] as const;
export const SituationResults = z.object({
  /** One a line, in the order in which they came. */
  results: z.array(z.object({ line: z.number().int(), result: z.enum(SITUATION_RESULTS) })),
});
export type SituationResults = z.infer<typeof SituationResults>;

export const PartnerSignal = z.object({
  /** The establishment that tells it; one of the system's. */
  uai: Uai,
  familyName: z.string().trim().min(1).max(NAME_MAX),
  usageName: z.string().trim().min(1).max(NAME_MAX).optional(),
  firstNames: z.array(z.string().trim().min(1).max(NAME_MAX)).min(1).max(5),
  birthDate: z.iso.date(),
  commune: z.string().regex(/^[0-9AB]{5}$/),
  phone: z.string().trim().min(6).max(30).optional(),
  leftOn: z.iso.date().optional(),
  anotherPerson: z.boolean().default(false),
});
export type PartnerSignal = z.infer<typeof PartnerSignal>;

export const DeliveryQuery = z.object({
  uai: Uai,
  schoolYear: z.string().regex(/^\d{4}-\d{4}$/),
  extractedOn: z.iso.date(),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;

/** What became of a file, without any personal value. */
export const DeliveryAnswer = z.object({
  deliveryId: z.uuid(),
  /** False: the very same file was there already. */
  kept: z.boolean(),
  format: z.string(),
  rows: z.number().int(),
  records: z.number().int(),
  rejects: z.number().int(),
  removedUnder16: z.number().int(),
  problems: z.array(
    z.object({
      code: z.string(),
      field: z.string().nullable(),
      severity: z.string(),
      count: z.number().int(),
      positions: z.array(z.string()),
      why: z.string(),
    }),
  ),
});
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;

export const NewWebhook = z.object({
  url: z.url().max(ADDRESS_MAX),
  events: z.array(z.enum(WEBHOOK_EVENT_NAMES)).min(1),
});
export type NewWebhook = z.infer<typeof NewWebhook>;

/** Shown once: it is worked out anew at each signature, and kept nowhere. */
export const WebhookSecret = z.object({ webhookId: z.uuid(), secret: z.string() });
export type WebhookSecret = z.infer<typeof WebhookSecret>;

export const Webhook = NewWebhook.extend({
  webhookId: z.uuid(),
  madeAt: z.iso.datetime(),
  failingSince: z.iso.datetime().nullable(),
  suspendedAt: z.iso.datetime().nullable(),
  suspendedFor: z.enum(['failures', 'gone']).nullable(),
  /** Until then messages bear the signature of the secret before too. */
  previousSecretUntil: z.iso.datetime().nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

export const WEBHOOK_MESSAGE_STATES = ['waiting', 'delivered', 'dead'] as const;
export const WebhookMessage = z.object({
  messageId: z.uuid(),
  webhookId: z.uuid(),
  event: z.string(),
  madeAt: z.iso.datetime(),
  state: z.enum(WEBHOOK_MESSAGE_STATES),
  tries: z.number().int(),
  nextTryAt: z.iso.datetime().nullable(),
  /** Status of the last answer, or code of what went wrong before there was one. */
  lastCode: z.string().nullable(),
});
export type WebhookMessage = z.infer<typeof WebhookMessage>;
