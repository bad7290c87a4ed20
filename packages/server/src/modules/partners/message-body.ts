import { WEBHOOK_EVENT_NAMES, WEBHOOK_EVENTS, WEBHOOK_PING } from '@raccroche/contract';

/** What a system is told an event is, by the kind of a case's event. */
export const eventOf = (kind: string): string =>
  WEBHOOK_EVENT_NAMES.find((event) => (WEBHOOK_EVENTS[event] as readonly string[]).includes(kind)) ??
  WEBHOOK_PING;

/** A message as it is written down. */
export interface StoredMessage {
  readonly kind: string;
  readonly platform_id: string | null;
  readonly about: readonly { readonly caseId: string; readonly siei: string }[];
  readonly made_at: string;
}

/** The body of a message, the same at each try. Ids and codes: never a name. */
export function messageBody({ kind, platform_id, about, made_at }: StoredMessage): string {
  const data = platform_id === null ? {} : { platformId: platform_id, cases: about };
  return JSON.stringify({ type: eventOf(kind), timestamp: made_at, data });
}
