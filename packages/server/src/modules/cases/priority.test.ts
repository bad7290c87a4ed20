import { describe, expect, test } from 'vitest';
import { type PriorityCase, priorityOf } from './priority.ts';

const TODAY = '2025-11-20';
const ADULT: PriorityCase = {
  birth_date: '2005-03-04',
  pathway: 'not_started',
  verification: 'confirmed',
  contact: 'to_contact',
  opened_on: '2025-11-01',
  joint_interview_at: null,
  interview_held_at: null,
  return_asked_on: null,
  obligation: null,
  summoned_on: null,
  last_attempt_at: null,
};
const MINOR: PriorityCase = { ...ADULT, birth_date: '2008-03-04', obligation: 'not_met' };

describe('the priority is the first reason that applies', () => {
  test.each<[string, PriorityCase, ReturnType<typeof priorityOf>]>([
    ['a delay of the law within thirty days', { ...MINOR, opened_on: '2025-09-20' }, 'deadline'],
    ['the day before', { ...MINOR, opened_on: '2025-09-21' }, 'minor'],
    ['a delay gone by', { ...ADULT, return_asked_on: '2025-10-01' }, 'deadline'],
    ['a minor whose obligation is not met', MINOR, 'minor'],
    ['a minor who meets it otherwise', { ...MINOR, obligation: 'met' }, 'usual'],
    ['a minor in a solution', { ...MINOR, pathway: 'entered' }, 'usual'],
    ['nobody in contact for thirty days', { ...ADULT, opened_on: '2025-10-21' }, 'silent'],
    ['called since', { ...ADULT, opened_on: '2025-01-01', last_attempt_at: '2025-10-22T08:00:00Z' }, 'usual'],
    ['met since', { ...ADULT, opened_on: '2025-01-01', interview_held_at: '2025-11-02T08:00:00Z' }, 'usual'],
    ['who does not wish it', { ...ADULT, opened_on: '2025-01-01', contact: 'refuses' }, 'usual'],
    ['in a solution', { ...ADULT, opened_on: '2025-01-01', pathway: 'holding' }, 'usual'],
    ['who has just come', ADULT, 'usual'],
    ['a closed case', { ...MINOR, pathway: 'closed' }, null],
    ['who is not to be followed', { ...MINOR, verification: 'refuted' }, null],
  ])('%s', (_, row, priority) => expect(priorityOf(row, TODAY)).toBe(priority));
});
