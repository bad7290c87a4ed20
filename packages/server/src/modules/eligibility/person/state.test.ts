import { describe, expect, it } from 'vitest';
import { SIEI_2011 } from '../rule-sets/siei-2011.ts';
import { buildPerson, D } from '../testing/build-person.ts';
import { assessPerson } from './assess-person.ts';

const assess = (rows: Parameters<typeof buildPerson>[0]) => assessPerson(buildPerson(rows), SIEI_2011, D);

describe('state at the reference date (rules §2, §3)', () => {
  const thisYear = { schoolYear: 2026 };
  it.each([
    ['no end told this year: until 31 August', [thisYear], 'enrolled'],
    ['no end told last year proves nothing about this year', [{ schoolYear: 2025 }], 'not_enrolled'],
    ['an end on D', [{ ...thisYear, lastDay: D }], 'enrolled'],
    ['an end after D', [{ ...thisYear, lastDay: '2026-11-25' }], 'enrolled'],
    ['an end the day before D', [{ ...thisYear, lastDay: '2026-11-23' }], 'not_enrolled'],
    ['a start on D', [{ ...thisYear, firstDay: D }], 'enrolled'],
    ['a start after D is not yet there', [{ ...thisYear, firstDay: '2026-11-25' }], 'not_enrolled'],
    [
      'an explicit end beyond its school year is believed',
      [{ schoolYear: 2025, lastDay: '2027-06-30' }],
      'enrolled',
    ],
    ['no structure but Inactifs', [{ ...thisYear, notInClass: true }], 'not_enrolled'],
    [
      'in no class here, in a class there',
      [
        { ...thisYear, notInClass: true },
        { ...thisYear, uai: '0011058V' },
      ],
      'enrolled',
    ],
    ['FREGATA 2505 is no enrolment', [{ ...thisYear, enrolment: false }], 'not_enrolled'],
    ['higher education counts', [{ ...thisYear, mef: '3112000821' }], 'enrolled'],
    ['nothing told at all', [], 'not_enrolled'],
    ['CFA statut 3 without any contract told is believed', [{ ...thisYear, cfaStatus: '3' }], 'enrolled'],
    ['CFA abandon dated after D', [{ ...thisYear, cfaStatus: '0', lastDay: '2026-11-30' }], 'enrolled'],
    ['CFA abandon dated before D', [{ ...thisYear, cfaStatus: '0', lastDay: '2026-11-20' }], 'not_enrolled'],
    ['an interchange stagiaire is no CFA row', [{ ...thisYear, cfaStatus: null }], 'enrolled'],
    ['a death', [{ ...thisYear, endReason: 'deces', lastDay: '2026-10-02' }], 'deceased'],
    ['a death told without a date', [{ ...thisYear, endReason: 'deces' }], 'deceased'],
    [
      'a death told by one, a class by another',
      [{ endReason: 'deces' }, { ...thisYear, uai: '0011058V' }],
      'deceased',
    ],
    ['a death told of somebody not enrolled', [{ enrolment: false, endReason: 'deces' }], 'deceased'],
  ])('%s', (_case, spells, state) => {
    expect(assess({ spells }).state).toBe(state);
  });
});

describe('contracts at the reference date (rules §3.3)', () => {
  it.each([
    ['covers D', {}, 'apprentice'],
    ['starts on D', { startedOn: D }, 'apprentice'],
    ['starts after D', { startedOn: '2026-11-25' }, 'not_enrolled'],
    ['planned to end on D', { plannedEnd: D }, 'apprentice'],
    ['planned end passed', { plannedEnd: '2026-11-23' }, 'not_enrolled'],
    ['broken on D', { brokenOn: D }, 'not_enrolled'],
    ['broken the day after D', { brokenOn: '2026-11-25' }, 'apprentice'],
    ['no planned end told', { plannedEnd: null }, 'apprentice'],
    [
      'broken after its planned end: over by then',
      { plannedEnd: '2026-10-01', brokenOn: '2026-12-01' },
      'not_enrolled',
    ],
  ])('%s', (_case, contract, state) => {
    expect(assess({ contracts: [contract] }).state).toBe(state);
    expect(assess({ spells: [{ schoolYear: 2025 }], contracts: [contract] }).state).toBe(state);
  });

  it('says enrolled, not apprentice, of somebody who also has a class', () => {
    expect(assess({ spells: [{ schoolYear: 2026 }], contracts: [{}] }).state).toBe('enrolled');
  });
});

describe('in a CFA without contract (rules §3.4, §8)', () => {
  const inscrit = { schoolYear: 2026, cfaStatus: '2' };
  const apprenti = { schoolYear: 2026, cfaStatus: '3' };
  const row = (spell: object, contracts: readonly object[]) => {
    const { state, daysWithoutContract, toFollow, listed, reason, leftOn } = assess({
      spells: [spell],
      contracts,
    });
    return { state, daysWithoutContract, toFollow, listed, reason, leftOn };
  };
  const following = (days: number) => ({
    state: 'cfa_without_contract',
    daysWithoutContract: days,
    toFollow: true,
    listed: false,
    reason: null,
    leftOn: null,
  });
  const ruptured = (days: number, leftOn: string) => ({
    ...following(days),
    toFollow: false,
    listed: true,
    reason: 'cfa_rupture',
    leftOn,
  });

  it.each([
    ['inscrit, never had a contract: from the first day', inscrit, [], following(84)],
    [
      '180 days since the first day',
      { ...inscrit, firstDay: '2026-05-28', schoolYear: 2025, lastDay: '2027-08-31' },
      [],
      following(180),
    ],
    [
      '181 days since the first day',
      { ...inscrit, firstDay: '2026-05-27', schoolYear: 2025, lastDay: '2027-08-31' },
      [],
      ruptured(181, '2026-05-27'),
    ],
    ['180 days since the break', inscrit, [{ brokenOn: '2026-05-28' }], following(180)],
    ['181 days since the break', inscrit, [{ brokenOn: '2026-05-27' }], ruptured(181, '2026-05-27')],
    ['broken on D', inscrit, [{ brokenOn: D }], following(0)],
    ['planned end passed', apprenti, [{ plannedEnd: '2026-11-23' }], following(1)],
    [
      'apprenti, all contracts broken: the last break',
      apprenti,
      [{ brokenOn: '2026-01-10' }, { startedOn: '2026-02-01', brokenOn: '2026-11-04' }],
      following(20),
    ],
    ['a contract that starts after D was not had', inscrit, [{ startedOn: '2026-12-01' }], following(84)],
  ])('%s', (_case, spell, contracts, expected) => {
    expect(row(spell, contracts)).toEqual(expected);
  });

  it.each([
    [
      'apprenti, broken and replaced',
      apprenti,
      [{ brokenOn: '2026-01-10' }, { startedOn: '2026-02-01' }],
      'enrolled',
    ],
    ['apprenti whose only contract is still to come', apprenti, [{ startedOn: '2026-12-01' }], 'enrolled'],
    ['inscrit with a contract that covers D', inscrit, [{}], 'apprentice'],
  ])('%s', (_case, spell, contracts, state) => {
    expect(row(spell, contracts)).toMatchObject({ state, daysWithoutContract: null, toFollow: false });
  });

  it('counts a contract that another sender tells', () => {
    const { daysWithoutContract } = assess({
      spells: [inscrit],
      contracts: [{ recordId: 'r2', brokenOn: '2026-11-04' }],
    });
    expect(daysWithoutContract).toBe(20);
  });

  it('counts from the latest first day when there are several and no contract ever', () => {
    const earlier = {
      ...inscrit,
      uai: '0011058V',
      firstDay: '2026-01-01',
      schoolYear: 2025,
      lastDay: '2027-08-31',
    };
    expect(assess({ spells: [earlier, inscrit] }).daysWithoutContract).toBe(84);
  });

  it('says enrolled of somebody who also has a class', () => {
    const spells = [inscrit, { schoolYear: 2026, uai: '0011058V' }];
    expect(assess({ spells }).state).toBe('enrolled');
  });
});
