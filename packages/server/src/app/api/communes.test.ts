import { expect, test } from 'vitest';
import { findCommunes } from './communes.ts';

test('a commune is found by the beginning of its name, accents and case aside, the shortest first', () => {
  expect(findCommunes('lens')[0]).toEqual({ code: '62498', name: 'Lens', postalCode: '62300' });
  expect(findCommunes('béthune')[0]?.name).toBe('Béthune');
  expect(findCommunes('BETHUNE')).toEqual(findCommunes('béthune'));
  expect(findCommunes('saint').length).toBe(12);
});

test('and by any of its postal codes', () => {
  expect(findCommunes('62300').map(({ name }) => name)).toContain('Lens');
  expect(findCommunes('75011')).toEqual([{ code: '75056', name: 'Paris', postalCode: '75011' }]);
});

test('what is no name finds nobody', () => {
  expect(findCommunes('?!')).toEqual([]);
  expect(findCommunes('zzzz')).toEqual([]);
});
