import type { Pathway } from '@raccroche/contract';
import type { CaseChange, StoredCase } from '../change-case.ts';

/** What a case holds once no interview is set any more. */
export const NO_INTERVIEW = {
  interview_at: null,
  interview_minutes: null,
  interview_mode: null,
  interview_place: null,
  interview_with: null,
  interview_invited: null,
  interview_state: null,
} as const satisfies CaseChange;

/** Where the pathway stands once no interview is set any more. */
export function pathwayWithoutInterview({
  pathway,
  interview_held_at: held,
}: Pick<StoredCase, 'pathway' | 'interview_held_at'>): Pathway {
  if (pathway !== 'interview_set') return pathway;
  return held === null ? 'not_started' : 'interview_held';
}

/** What the timeline tells of the interview that is set: codes and ids, never the place. */
export function toldOf(row: StoredCase): Readonly<Record<string, unknown>> {
  if (row.interview_at === null) return {};
  return {
    at: row.interview_at,
    minutes: row.interview_minutes,
    mode: row.interview_mode,
    receivedBy: row.interview_with,
    invited: row.interview_invited,
  };
}
