import type { ContactPoint } from './api/case-shapes.ts';
import type { MessageChannel } from './message-vocabulary.ts';

/** As one types it in France: a mobile has ten digits and begins with 06 or 07, overseas too. */
const MOBILE = /^0[67]\d{8}$/;
const FRENCH_PREFIX = /^(?:\+33|0033)0?/;
const RANK = { verified: 0, untested: 1, wrong: 2 } as const;

/** Digits of a French mobile; null for any other telephone. */
function mobileOf(value: string): string | null {
  const digits = value.replace(/[^\d+]/g, '').replace(FRENCH_PREFIX, '0');
  return MOBILE.test(digits) ? digits : null;
}

const KIND_OF = { sms: 'phone', email: 'email', letter: 'address' } as const satisfies Record<
  MessageChannel,
  ContactPoint['kind']
>;

/**
 * Where a message by `channel` would go: never what is known to be wrong, first what was found right, then what was told last.
 * Null when nothing there serves.
 */
export function addressFor(channel: MessageChannel, contacts: readonly ContactPoint[]): string | null {
  const usable = contacts
    .filter(({ kind, quality }) => kind === KIND_OF[channel] && quality !== 'wrong')
    .toSorted(
      (one, other) =>
        RANK[one.quality] - RANK[other.quality] ||
        (one.toldOn === other.toldOn ? 0 : one.toldOn > other.toldOn ? -1 : 1),
    );
  const values = usable.map(({ value }) => (channel === 'sms' ? mobileOf(value) : value));
  return values.find((value) => value !== null) ?? null;
}

/** The channels by which somebody can be written to, the quickest first. */
export const channelsTo = (contacts: readonly ContactPoint[]): readonly MessageChannel[] =>
  (['sms', 'email', 'letter'] as const).filter((channel) => addressFor(channel, contacts) !== null);
