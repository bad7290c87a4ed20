import { CHECK_CODES } from '@raccroche/contract';
import { describe, expect, it } from 'vitest';
import { termsOf } from '../terms.ts';
import { findRuleSet, listRuleSets } from './registry.ts';
import { SIEI_2011 } from './siei-2011.ts';

describe('rule sets (rules §5)', () => {
  it.each([
    ['siei-2011', 'no_qualifying_diploma', 26, 'qualifying', 'cycle_only'],
    ['no-diploma', 'no_qualifying_diploma', 26, 'any', 'any'],
    ['obligation-16-18', 'obligation_unmet', 18, 'any', 'any'],
  ])('%s', (id, last, ageLimit, cycle, capBep) => {
    const ruleSet = findRuleSet(id);
    expect(ruleSet).toMatchObject({ id, version: '1' });
    expect(ruleSet?.checks).toEqual(['age', 'alive', 'enrolled_in_window', 'cycle', 'not_enrolled', last]);
    expect(ruleSet?.parameters).toEqual({
      minAge: 16,
      ageLimit,
      lookbackSchoolYears: 1,
      cfaWithoutContractMaxDays: 180,
      missionLocaleContactDays: 150,
      cycle,
      capBep,
    });
  });

  it('finds nothing under another name', () => {
    expect(findRuleSet('siei')).toBeUndefined();
  });

  it('lists ids once, with checks in the order of the vocabulary', () => {
    const ids = listRuleSets().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { checks } of listRuleSets())
      expect(checks).toEqual(CHECK_CODES.filter((code) => checks.includes(code)));
  });
});

describe('window (rules §1)', () => {
  it.each([
    ['2026-11-24', '2025-09-01'],
    ['2026-09-01', '2025-09-01'],
    ['2026-08-31', '2024-09-01'],
    ['2027-01-01', '2025-09-01'],
  ])('judged on %s it opens on %s', (asOf, windowStart) => {
    expect(termsOf(SIEI_2011, asOf).windowStart).toBe(windowStart);
  });

  it.each(['2026-02-30', '24/11/2026', "2026-11-24'; DROP TABLE x", ''])('refuses %j as a date', (asOf) => {
    expect(() => termsOf(SIEI_2011, asOf)).toThrow('not a civil date');
  });
});
