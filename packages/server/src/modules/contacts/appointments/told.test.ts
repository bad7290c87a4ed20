import { describe, expect, test } from 'vitest';
import { planOf, type ToldRow } from './told.ts';

const NOW = '2025-11-20T10:00:00.000Z';
const [OLD, NEW] = [`${Date.parse('2025-11-27T09:00:00Z')}~a`, `${Date.parse('2025-11-28T09:00:00Z')}~b`];
const row = (of: string, news: string, state: ToldRow['state']): ToldRow => ({
  key: `appointment/x/${of}/${news}/1/person-0`,
  state,
  channel: 'sms',
});
const plan = (rows: readonly ToldRow[], is: string | null, more: object = {}) =>
  planOf(rows, is, { now: NOW, ...more });

describe('what is to be written so that the last that somebody was told holds', () => {
  test.each<[string, ToldRow[], string | null, object, string[], number]>([
    ['nothing was asked', [], NEW, {}, ['invitation', 'reminder'], 0],
    ['a first invitation', [], NEW, { notify: 'sms' }, ['invitation', 'reminder'], 0],
    ['it waits already', [row(NEW, 'invitation', 'waiting')], NEW, {}, ['reminder'], 0],
    [
      'moved before it left',
      [row(OLD, 'invitation', 'waiting')],
      NEW,
      { notify: 'sms' },
      ['invitation', 'reminder'],
      1,
    ],
    ['moved after it left', [row(OLD, 'invitation', 'sent')], NEW, {}, ['moved', 'reminder'], 0],
    [
      'moved, and back before that left',
      [row(NEW, 'moved', 'waiting'), row(OLD, 'invitation', 'sent')],
      OLD,
      {},
      ['reminder'],
      1,
    ],
    ['called off after it left', [row(OLD, 'invitation', 'sent')], null, {}, ['cancelled'], 0],
    ['called off before it left', [row(OLD, 'invitation', 'waiting')], null, {}, [], 1],
    [
      'held',
      [row(OLD, 'reminder', 'waiting'), row(OLD, 'invitation', 'sent')],
      null,
      { isOver: true },
      [],
      1,
    ],
    [
      'set anew after it was called off',
      [row(OLD, 'cancelled', 'sent'), row(OLD, 'invitation', 'sent')],
      NEW,
      { notify: 'email' },
      ['invitation', 'reminder'],
      0,
    ],
  ])('%s', (_, rows, is, more, news, withdrawn) => {
    const found = plan(rows, is, more);
    expect({ news: found.news, withdrawn: found.withdraw.length }).toEqual({ news, withdrawn });
  });

  test('by the channel that is asked, else by the one of before; by none when nobody asked, or asked for none', () => {
    const sent = [row(OLD, 'invitation', 'sent')];
    expect(plan(sent, NEW).channel).toBe('sms');
    expect(plan(sent, NEW, { notify: 'email' }).channel).toBe('email');
    expect(plan(sent, NEW, { notify: 'none' }).channel).toBeNull();
    expect(plan([], NEW).channel).toBeNull();
  });

  test('what has gone by is not called off', () => {
    expect(plan([row(OLD, 'invitation', 'sent')], null, { now: '2025-12-01T00:00:00Z' }).news).toEqual([]);
  });
});
