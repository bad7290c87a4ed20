import { expect, test } from 'vitest';
import { NewVerification } from './api/verification-routes.ts';
import {
  FIRST_SCHOOL_ANSWERS,
  OTHER_SCHOOL_ANSWERS,
  proposedBy,
  SCHOOL_ANSWERS,
} from './school-vocabulary.ts';

test('every answer has one button, and proposes a verification that may be recorded as it is', () => {
  expect([...FIRST_SCHOOL_ANSWERS, ...OTHER_SCHOOL_ANSWERS]).toEqual([...SCHOOL_ANSWERS]);
  for (const answer of SCHOOL_ANSWERS)
    expect(NewVerification.safeParse({ version: 1, ...proposedBy(answer, null, '0620001A') }).success).toBe(
      true,
    );
});

test.each([
  ['no_news', null, { decision: 'confirm' }],
  ['enrolled_elsewhere', null, { decision: 'refute', reason: 'enrolled_elsewhere' }],
  ['enrolled_elsewhere', 'CFA de Lens', { decision: 'refute', reason: 'enrolled_elsewhere' }],
  [
    'enrolled_elsewhere',
    '0590002B',
    { decision: 'refute', reason: 'enrolled_elsewhere', establishment: '0590002B' },
  ],
  ['back_here', null, { decision: 'refute', reason: 'enrolled_elsewhere', establishment: '0620001A' }],
  ['moved', 'Lille', { decision: 'refute', reason: 'moved' }],
  ['never_here', null, { decision: 'refute', reason: 'error' }],
] as const)('%s, %s', (answer, place, proposed) => {
  expect(proposedBy(answer, place, '0620001A')).toEqual(proposed);
});
