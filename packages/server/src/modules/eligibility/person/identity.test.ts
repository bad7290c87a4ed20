import { describe, expect, it } from 'vitest';
import { SIEI_2011 } from '../rule-sets/siei-2011.ts';
import { buildPerson, D } from '../testing/build-person.ts';
import { assessPerson } from './assess-person.ts';

const assess = (...records: readonly object[]) => assessPerson(buildPerson({ records }), SIEI_2011, D);

describe('records that disagree (rules §8)', () => {
  const older = { recordId: 'r1', familyName: 'PETIT', recordedOn: '2025-10-01', source: 'SYGNE' };
  const newer = { recordId: 'r2', familyName: 'GRAND', recordedOn: '2026-10-01', source: 'INTERCHANGE' };
  const noIne = { hasIne: false };

  it.each([
    ['both with an INE: the most recent', older, newer, 'GRAND'],
    ['one with an INE, though older', older, { ...newer, ...noIne }, 'PETIT'],
    ['neither: the order of sources', { ...older, ...noIne }, { ...newer, ...noIne }, 'PETIT'],
    [
      'neither, one source: the most recent',
      { ...older, ...noIne, source: 'CFA' },
      { ...newer, ...noIne, source: 'CFA' },
      'GRAND',
    ],
    ['with an INE, same day: the order of sources', { ...older, recordedOn: '2026-10-01' }, newer, 'PETIT'],
    ['an unknown day counts as oldest', { ...older, recordedOn: null }, newer, 'GRAND'],
    [
      'all equal: the order of records',
      { ...older, recordedOn: null },
      { ...newer, recordedOn: null, source: 'SYGNE' },
      'PETIT',
    ],
  ])('%s', (_case, first, second, familyName) => {
    expect(assess(first, second).identity.familyName).toBe(familyName);
    expect(assess(second, first).identity.familyName).toBe(familyName);
  });

  it('completes what the deciding record leaves out, the first names together', () => {
    const bare = {
      ...newer,
      familyName: null,
      firstName1: null,
      firstName2: null,
      sex: null,
      usageName: 'DURAND',
    };
    const full = { ...older, firstName1: 'ZOE', firstName2: 'LOU', sex: 'M', usageName: 'X' };
    expect(assess(bare, full).identity).toMatchObject({
      recordId: 'r2',
      familyName: 'PETIT',
      usageName: 'DURAND',
      firstName1: 'ZOE',
      firstName2: 'LOU',
      sex: 'M',
    });
    const single = { ...newer, firstName1: 'ANA', firstName2: null };
    expect(assess(single, full).identity).toMatchObject({ firstName1: 'ANA', firstName2: null });
  });

  it('judges the age by the deciding record and flags the disagreement', () => {
    const assessment = assess({ ...older, birthDate: '1999-01-01' }, { ...newer, birthDate: '2009-01-01' });
    expect(assessment).toMatchObject({ age: 17, flags: ['contradictory_sources'] });
    expect(assessment.checks[0]).toEqual({ check: 'age', passed: true, evidence: ['r2'] });
  });
});

describe('flags, in the order of the vocabulary', () => {
  const flags = (rows: Parameters<typeof buildPerson>[0]) =>
    assessPerson(buildPerson(rows), SIEI_2011, D).flags;
  it.each<[string, Parameters<typeof buildPerson>[0], string[]]>([
    ['none', { spells: [{}] }, []],
    ['in a litige', { spells: [{}], litige: true }, ['litige']],
    [
      'a death to check, before all others',
      { litige: true, deathToCheck: true },
      ['death_to_check', 'litige'],
    ],
    ['Inactifs this year', { spells: [{ schoolYear: 2026, notInClass: true }] }, ['not_in_class']],
    ['Inactifs in a year that ended', { spells: [{ notInClass: true }] }, ['not_in_class']],
    ['Inactifs before the window', { spells: [{ schoolYear: 2023, notInClass: true }, {}] }, []],
    [
      'abandon without a date',
      { spells: [{ lastDay: '2026-02-01', cfaStatus: '0', abandonUndated: true }] },
      ['abandon_undated'],
    ],
    [
      'several',
      { spells: [{ notInClass: true, mef: null, abandonUndated: true }], litige: true },
      ['litige', 'not_in_class', 'cycle_unknown', 'abandon_undated'],
    ],
  ])('%s', (_case, rows, expected) => {
    expect(flags(rows)).toEqual(expected);
  });
});
