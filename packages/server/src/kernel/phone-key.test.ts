import { expect, test } from 'vitest';
import { phoneKey } from './phone-key.ts';

test.each([
  ['03 21 00 00 01', '0321000001'],
  ['+33 3 21 00 00 01', '0321000001'],
  ['+33 (0)3 21 00 00 01', '0321000001'],
  ['0033321000001', '0321000001'],
  ['03.21.00.00.01', '0321000001'],
  ['+32 470 12 34 56', '32470123456'],
  ['12', null],
  ['', null],
])('%s', (phone, key) => {
  expect(phoneKey(phone)).toBe(key);
});
