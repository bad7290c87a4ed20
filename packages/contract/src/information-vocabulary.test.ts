import { expect, test } from 'vitest';
import { informationOf } from './information-vocabulary.ts';

const event = (kind: string, day: number, more: { outcome?: string; undone?: boolean } = {}) => ({
  kind,
  happenedAt: `2025-11-0${day}T09:00:00.000Z`,
  details: more.outcome === undefined ? {} : { outcome: more.outcome },
  undone: more.undone ?? false,
});

test.each([
  ['nothing happened', [], null, null],
  ['a call that nobody took', [event('attempt', 1, { outcome: 'no_answer' })], null, null],
  ['reached, and not told', [event('attempt', 2, { outcome: 'reached' })], null, 2],
  ['told at the interview', [event('interview_held', 3), event('person_informed', 3)], 3, 3],
  ['by the paper of the summons, before any contact', [event('summons_made', 1)], 1, null],
  ['said, then taken back', [event('person_informed', 1, { undone: true })], null, null],
  ['twice: the first counts', [event('person_informed', 4), event('person_informed', 2)], 2, null],
])('%s', (_, story, informed, contact) => {
  const at = (day: number | null) => (day === null ? null : `2025-11-0${day}T09:00:00.000Z`);
  expect(informationOf(story)).toEqual({ informedAt: at(informed), contactAt: at(contact) });
});
