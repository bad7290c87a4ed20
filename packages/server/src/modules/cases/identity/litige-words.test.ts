import { describe, expect, test } from 'vitest';
import { litigeConsequences, litigeKind, litigeState } from './litige-words.ts';

const said = (...answers: readonly (readonly [string, 'same' | 'different' | 'unknown'])[]) =>
  answers.map(([decidedBy, verdict]) => ({ decidedBy, verdict }));

describe('whose turn it is', () => {
  test.each([
    ['nobody answered', said(), 'nadia', 'to_decide'],
    ['somebody decided', said(['paul', 'same']), 'nadia', 'decided'],
    ['somebody else did not know', said(['paul', 'unknown']), 'nadia', 'second_opinion'],
    ['the reader did not know', said(['nadia', 'unknown']), 'nadia', 'waiting'],
    [
      'the same person twice is one',
      said(['paul', 'unknown'], ['paul', 'unknown']),
      'nadia',
      'second_opinion',
    ],
    ['two people did not know', said(['nadia', 'unknown'], ['paul', 'unknown']), 'lea', 'set_aside'],
    ['a second opinion that decides', said(['nadia', 'different'], ['paul', 'unknown']), 'paul', 'decided'],
    [
      'who did not know before somebody was sure does not count',
      said(['nadia', 'unknown'], ['paul', 'same'], ['lea', 'unknown']),
      'paul',
      'second_opinion',
    ],
  ] as const)('%s', (_, answers, reader, state) => {
    expect(litigeState(answers, reader)).toBe(state);
  });
});

test.each([
  ['A', 'B', ['look_alike'], 'pair'],
  ['A', 'A', ['two_enrolments'], 'within'],
  ['A', 'DECES-B', ['death'], 'death'],
] as const)('%s and %s, by %s: %s', (one, other, reasons, kind) => {
  expect(litigeKind(one, other, reasons)).toBe(kind);
});

describe('what an answer changes', () => {
  const listed = { listed: true, failedChecks: [] };
  const standing = { kind: 'pair', sides: null, openCases: 1, isSecond: false } as const;
  const same = (of: Partial<Parameters<typeof litigeConsequences>[0]>) =>
    litigeConsequences({ ...standing, ...of }).same.join(' ');

  test.each([
    ['not_enrolled', 'est en formation'],
    ['no_qualifying_diploma', 'a obtenu le diplôme'],
    ['obligation_unmet', 'remplit l’obligation'],
    ['alive', 'tenue pour décédée'],
  ] as const)('what keeps the other off the list would take this one off: %s', (check, words) => {
    expect(same({ sides: [listed, { listed: false, failedChecks: [check] }] })).toContain(words);
    expect(same({ sides: [listed, { listed: false, failedChecks: [check] }] })).toContain('sortirait');
  });
  test('what needs both sides to tell takes nobody off', () => {
    const words = same({ sides: [listed, { listed: false, failedChecks: ['enrolled_in_window', 'cycle'] }] });
    expect(words).not.toContain('sortirait');
  });
  test('two open cases stay open until somebody joins them', () => {
    expect(same({ sides: [listed, listed], openCases: 2 })).toContain('vous pourrez les réunir');
  });
  test('an older publication says that it does not know', () => {
    expect(same({})).toContain('ne dit pas');
  });
  test('a death has its own words, and no haste', () => {
    const { same: theirs, different } = litigeConsequences({ ...standing, kind: 'death' });
    expect(theirs.join(' ')).toContain('ni appel ni courrier');
    expect(different.join(' ')).toContain('reste sur la liste');
  });
  test('not to know is passed on once', () => {
    expect(litigeConsequences(standing).unknown.join()).toContain('quelqu’un d’autre');
    expect(litigeConsequences({ ...standing, isSecond: true }).unknown.join()).toContain('mise de côté');
  });
});
