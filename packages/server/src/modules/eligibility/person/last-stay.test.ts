import { describe, expect, it } from 'vitest';
import { SIEI_2011 } from '../rule-sets/siei-2011.ts';
import { buildPerson, D, MEF } from '../testing/build-person.ts';
import { assessPerson } from './assess-person.ts';

const assess = (rows: Parameters<typeof buildPerson>[0]) => assessPerson(buildPerson(rows), SIEI_2011, D);

describe('why and when somebody left (rules §5, §8 Ends)', () => {
  it.each([
    ['an explicit end in the year', { lastDay: '2026-03-02' }, 'left', '2026-03-02'],
    ['an explicit end the day before D', { schoolYear: 2026, lastDay: '2026-11-23' }, 'left', '2026-11-23'],
    ['no end told, nothing followed', {}, 'not_back', '2026-08-31'],
    ['31 August of its year, told', { lastDay: '2026-08-31' }, 'not_back', '2026-08-31'],
    [
      '31 August of its year, the year deduced',
      { schoolYear: null, lastDay: '2026-08-31' },
      'not_back',
      '2026-08-31',
    ],
    ['31 August of another year', { schoolYear: 2024, lastDay: '2026-08-31' }, 'left', '2026-08-31'],
    ['30 August of its year', { lastDay: '2026-08-30' }, 'left', '2026-08-30'],
    [
      'Inactifs this year: nobody knows since when',
      { schoolYear: 2026, notInClass: true },
      'not_in_class',
      null,
    ],
    ['Inactifs in a year that ended', { notInClass: true }, 'not_back', '2026-08-31'],
  ])('%s', (_case, spell, reason, leftOn) => {
    expect(assess({ spells: [spell] })).toMatchObject({ reason, leftOn, listed: true });
  });

  it.each([
    [
      'of two, the one of the latest last day',
      [{ lastDay: '2026-03-02' }, { uai: '0011058V' }],
      'not_back',
      '2026-08-31',
    ],
    [
      'Inactifs counts as ended at D',
      [
        { schoolYear: 2026, notInClass: true },
        { schoolYear: 2026, uai: '0011058V', lastDay: '2026-11-10' },
      ],
      'not_in_class',
      null,
    ],
    ['nobody who is enrolled left', [{}, { schoolYear: 2026 }], null, null],
    ['an end on D leaves enrolled', [{ schoolYear: 2026, lastDay: D }], null, null],
  ])('%s', (_case, spells, reason, leftOn) => {
    expect(assess({ spells })).toMatchObject({ reason, leftOn });
  });

  it('tells a class that ended after the break of a contract rather than the break', () => {
    const spells = [
      { schoolYear: 2026, cfaStatus: '2', firstDay: '2026-01-05', lastDay: '2027-08-31' },
      { uai: '0011058V', lastDay: '2026-06-15' },
    ];
    const contracts = [{ brokenOn: '2026-04-01' }];
    expect(assess({ spells, contracts })).toMatchObject({
      reason: 'left',
      leftOn: '2026-06-15',
      lastUai: '0011058V',
    });
  });
});

describe('contracts alone stand in for spells (rules §2)', () => {
  it.each([
    ['broken: the eve of the break', { brokenOn: '2026-03-02' }, 'left', '2026-03-01'],
    ['broken on 1 September is a break all the same', { brokenOn: '2026-09-01' }, 'left', '2026-08-31'],
    ['planned end', { plannedEnd: '2026-07-15' }, 'left', '2026-07-15'],
    ['planned end with the school year', { plannedEnd: '2026-08-31' }, 'not_back', '2026-08-31'],
  ])('%s', (_case, contract, reason, leftOn) => {
    expect(assess({ contracts: [contract] })).toMatchObject({
      reason,
      leftOn,
      cycle: 'second',
      leadsTo: 3,
      lastDiplomaCode: '50022137',
      listed: true,
    });
  });

  it('stay out as soon as a spell is known', () => {
    const person = assess({ spells: [{ lastDay: '2026-01-10' }], contracts: [{ brokenOn: '2026-03-02' }] });
    expect(person).toMatchObject({ leftOn: '2026-01-10', leadsTo: 4 });
  });

  it('stand in when the only spell is still to come', () => {
    const person = assess({ spells: [{ firstDay: '2026-12-01' }], contracts: [{ brokenOn: '2026-03-02' }] });
    expect(person).toMatchObject({ reason: 'left', leftOn: '2026-03-01' });
  });
});

describe('last cycle (rules §4, §8 Cycle)', () => {
  const ended = (mef: string, lastDay: string, uai = '0951099D') => ({ mef, lastDay, uai });
  it.each([
    ['the latest last day', [ended(MEF.cap, '2026-05-02'), ended(MEF.bacPro, '2026-05-01', '0011058V')], 3],
    [
      'a tie: the latest first day',
      [
        ended(MEF.cap, '2026-05-02'),
        { ...ended(MEF.bacPro, '2026-05-02', '0011058V'), firstDay: '2025-09-02' },
      ],
      4,
    ],
    [
      'a tie again: the higher cycle',
      [ended(MEF.cap, '2026-05-02'), ended(MEF.bacPro, '2026-05-02', '0011058V')],
      4,
    ],
    [
      'a collège is higher than the unknown',
      [ended(MEF.unknown, '2026-05-02'), ended(MEF.college, '2026-05-02', '0011058V')],
      null,
    ],
    [
      'ended before one that goes on',
      [ended(MEF.cap, '2026-05-02'), { mef: MEF.bacPro, schoolYear: 2026 }],
      3,
    ],
    ['ended on D', [ended(MEF.cap, '2026-05-02'), { ...ended(MEF.bacPro, D), schoolYear: 2026 }], 4],
    [
      'none ended: the latest first day',
      [
        { mef: MEF.cap, schoolYear: 2026 },
        { mef: MEF.bacPro, schoolYear: 2026, firstDay: '2026-09-02', uai: '0011058V' },
      ],
      4,
    ],
    [
      'still to come is not the last',
      [
        { mef: MEF.cap, schoolYear: 2026 },
        { mef: MEF.bacPro, firstDay: '2026-12-01', uai: '0011058V' },
      ],
      3,
    ],
  ])('%s', (_case, spells, leadsTo) => {
    expect(assess({ spells }).leadsTo).toBe(leadsTo);
    expect(assess({ spells: [...spells].reverse() }).leadsTo).toBe(leadsTo);
  });

  it('tells the school and training of the last cycle', () => {
    const spells = [{ uai: '0011058V', mef: MEF.cap, diplomaCode: '50022137', lastDay: '2026-05-02' }];
    expect(assess({ spells })).toMatchObject({
      lastUai: '0011058V',
      lastMef: MEF.cap,
      lastDiplomaCode: '50022137',
    });
  });

  it('is unknown, without a flag, of somebody never enrolled', () => {
    expect(assess({})).toMatchObject({
      cycle: 'unknown',
      leadsTo: null,
      lastUai: null,
      flags: [],
      reason: null,
    });
  });
});
