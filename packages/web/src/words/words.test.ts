import { describe, expect, test } from 'vitest';
import { addDays, addMonths, ageAt, daysBetween, longDate, shortDate, since } from './dates.ts';
import { counted, french, fullName, phone } from './texts.ts';

describe('dates as French writes them', () => {
  test.each([
    ['2026-11-03', 'mardi 3\u00A0novembre'],
    ['2026-11-01', 'dimanche 1er\u00A0novembre'],
    ['2025-08-31', 'dimanche 31\u00A0août 2025'],
  ])('%s', (date, words) => {
    expect(longDate(date, '2026-11-26')).toBe(words);
  });

  test('in tables', () => {
    expect(shortDate('2025-11-03')).toBe('03/11/2025');
  });

  test.each([
    ['2026-11-26', 'aujourd’hui'],
    ['2026-11-25', 'hier'],
    ['2026-11-23', 'il y a 3\u00A0jours'],
    ['2026-11-27', 'dans 1\u00A0jour'],
    ['2025-11-15', 'il y a 12\u00A0mois'],
    ['2023-11-15', 'il y a 3\u00A0ans'],
  ])('%s was or will be %s', (date, words) => {
    expect(since(date, '2026-11-26')).toBe(words);
  });

  test('days go over months, leap days and changes of the hour', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });
});

test('months end where they end, and a birthday counts on its day', () => {
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  expect(addMonths('2026-11-26', 3)).toBe('2027-02-26');
  expect([ageAt('2008-11-26', '2026-11-26'), ageAt('2008-11-27', '2026-11-26')]).toEqual([18, 17]);
});

describe('texts as French writes them', () => {
  test('a count agrees with its noun; none is singular', () => {
    expect([0, 1, 2].map((count) => counted(count, 'jeune', 'jeunes'))).toEqual([
      '0\u00A0jeune',
      '1\u00A0jeune',
      '2\u00A0jeunes',
    ]);
    expect(counted(10_000, 'jeune', 'jeunes')).toBe('10\u202F000\u00A0jeunes');
  });

  test('phones by pairs, others as they are', () => {
    expect(phone('0639980001')).toBe('06\u00A039\u00A098\u00A000\u00A001');
    expect(phone('+262692000001')).toBe('+262692000001');
  });

  test('a name of use is told when it is another one', () => {
    const one = { familyName: 'Diallo', firstNames: ['Awa', 'Marie'] };
    expect(fullName({ ...one, usageName: 'Martin' })).toBe('Awa Diallo (Martin)');
    expect(fullName({ ...one, usageName: 'DIALLO' })).toBe('Awa Diallo');
  });

  test('a line does not break before a sign', () => {
    expect(french('Parti ; dit « oui » : pourquoi ?')).toBe(
      'Parti\u202F; dit «\u00A0oui\u00A0»\u00A0: pourquoi\u202F?',
    );
  });
});
