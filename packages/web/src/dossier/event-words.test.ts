import type { CaseDetail } from '@raccroche/contract';
import { describe, expect, test } from 'vitest';
import { detailWords, groupOf } from './event-words.ts';

type Event = CaseDetail['timeline'][number];
const event = (kind: string, details: Event['details'] = {}, actor: string | null = 'somebody'): Event => ({
  eventId: 1,
  caseId: '',
  kind,
  happenedAt: '',
  recordedAt: '',
  actor,
  details,
  undone: false,
});
const nobody = () => '';

describe('the rest of a sentence of the timeline', () => {
  test.each([
    ['structure_answered', { structure: 'E2C', answer: 'takes' }, 'E2C, nous prenons'],
    [
      'structure_answered',
      { structure: 'E2C', answer: 'refuses', refusal: 'full' },
      'E2C, non, plus de place',
    ],
    ['school_answered', { answer: 'moved' }, 'a déménagé'],
    ['attempt', { channel: 'phone', outcome: 'reached' }, 'téléphone, a répondu'],
    ['person_informed', { by: 'told' }, 'de vive voix'],
  ] as const)('of %s with %j is in words, each once', (kind, details, words) => {
    expect(detailWords(event(kind, details), nobody)).toBe(words);
  });
});

test.each([
  ['structure_answered', 'proposals'],
  ['declined', 'proposals'],
  ['attempt', 'contacts'],
  ['handed_over', 'other'],
] as const)('%s is among %s', (kind, group) => {
  expect(groupOf(event(kind))).toBe(group);
});

test('what no person did comes from the sources', () => {
  expect(groupOf(event('no_longer_listed', {}, null))).toBe('sources');
});
