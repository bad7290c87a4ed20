import type { EventKind } from './event-vocabulary.ts';

/** How somebody was told what is kept of them, why and with which rights. Source: GDPR art. 14, at the first contact at the latest. */
export const INFORMED_BY = ['told', 'given'] as const;
export type InformedBy = (typeof INFORMED_BY)[number];

export const InformedByLabels = {
  told: 'de vive voix',
  given: 'par écrit',
} as const satisfies Record<InformedBy, string>;

/** Events by which somebody was informed: it was said, or the paper that says it was made for them. */
const INFORMING: readonly EventKind[] = ['person_informed', 'summons_made'];
/** Events by which somebody was in contact. */
const isContact = ({ kind, details }: Told) =>
  kind === 'interview_held' || (kind === 'attempt' && details.outcome === 'reached');

interface Told {
  readonly kind: string;
  readonly happenedAt: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly undone: boolean;
}

/**
 * When somebody was informed, by the story of their case, and when they were first in contact; null: not yet, as far as the story
 * tells. A message that left informs too, but is told elsewhere.
 */
export function informationOf(story: readonly Told[]): {
  readonly informedAt: string | null;
  readonly contactAt: string | null;
} {
  const standing = story.filter(({ undone }) => !undone);
  const first = (is: (event: Told) => boolean) =>
    standing
      .filter(is)
      .map(({ happenedAt }) => happenedAt)
      .sort()[0] ?? null;
  return {
    informedAt: first(({ kind }) => INFORMING.some((one) => one === kind)),
    contactAt: first(isContact),
  };
}
