import { describe, expect, it } from 'vitest';
import { NO_DIPLOMA } from '../../rule-sets/no-diploma.ts';
import { OBLIGATION_16_18 } from '../../rule-sets/obligation-16-18.ts';
import { listRuleSets } from '../../rule-sets/registry.ts';
import { SIEI_2011 } from '../../rule-sets/siei-2011.ts';
import { buildPerson, D, MEF } from '../../testing/build-person.ts';
import { assessPerson } from '../assess-person.ts';

type Rows = Parameters<typeof buildPerson>[0];

function verdict(check: string, rows: Rows, ruleSet = SIEI_2011, asOf = D) {
  const found = assessPerson(buildPerson(rows), ruleSet, asOf).checks.find((each) => each.check === check);
  return { passed: found?.passed, evidence: found?.evidence };
}

describe('age (rules §1)', () => {
  it.each([
    ['16 on D', '2010-11-24', D, true],
    ['16 the day after D', '2010-11-25', D, false],
    ['26th birthday the day after D', '2000-11-25', D, true],
    ['26th birthday on D', '2000-11-24', D, false],
    ['born on 29 February, on 28 February of a common year', '2000-02-29', '2026-02-28', true],
    ['born on 29 February, on 1 March of a common year', '2000-02-29', '2026-03-01', false],
    ['16 for one born on 29 February, on 28 February', '2008-02-29', '2024-02-28', false],
    ['16 for one born on 29 February, on 29 February', '2008-02-29', '2024-02-29', true],
  ])('%s', (_case, birthDate, asOf, passed) => {
    const records = [{ birthDate }];
    expect(verdict('age', { records }, SIEI_2011, asOf)).toEqual({ passed, evidence: ['r1'] });
    expect(verdict('age', { records }, NO_DIPLOMA, asOf).passed).toBe(passed);
  });

  it('ends with the 18th birthday for the duty of training', () => {
    const at = (birthDate: string) => verdict('age', { records: [{ birthDate }] }, OBLIGATION_16_18).passed;
    expect([at('2008-11-25'), at('2008-11-24')]).toEqual([true, false]);
  });
});

describe('alive', () => {
  it('fails with the record that says so', () => {
    const rows = { spells: [{ recordId: 'r4', endReason: 'deces' }, {}] };
    expect(verdict('alive', rows)).toEqual({ passed: false, evidence: ['r4'] });
    expect(verdict('not_enrolled', rows)).toEqual({ passed: false, evidence: ['r4'] });
  });

  it('fails with the death that INSEE tells, beside the record of a sender', () => {
    const rows = { spells: [{ recordId: 'r4', endReason: 'deces' }], linkedDeaths: ['d1'] };
    expect(verdict('alive', { spells: [{}], linkedDeaths: ['d1'] })).toEqual({
      passed: false,
      evidence: ['d1'],
    });
    expect(verdict('alive', rows)).toEqual({ passed: false, evidence: ['d1', 'r4'] });
    expect(verdict('not_enrolled', rows)).toEqual({ passed: false, evidence: ['d1', 'r4'] });
  });

  it('passes while a death is to be checked', () => {
    expect(verdict('alive', { spells: [{}], deathToCheck: true }).passed).toBe(true);
  });

  it('passes on the absence of records', () => {
    expect(verdict('alive', { spells: [{}] })).toEqual({ passed: true, evidence: [] });
  });
});

describe('enrolled in the window (rules §1, §5)', () => {
  it.each([
    ['last day on 1 September of last year', { schoolYear: 2024, lastDay: '2025-09-01' }, true],
    ['last day on 31 August before', { schoolYear: 2024 }, false],
    ['first day on D', { firstDay: D }, true],
    ['first day after D', { firstDay: '2026-11-25' }, false],
    ['in no class', { notInClass: true }, true],
    ['no enrolment', { enrolment: false }, false],
  ])('%s', (_case, spell, passed) => {
    expect(verdict('enrolled_in_window', { spells: [{ ...spell, recordId: 'r5' }] })).toEqual({
      passed,
      evidence: passed ? ['r5'] : [],
    });
  });

  it.each([
    [
      'contract broken on 2 September: the eve is in',
      { startedOn: '2025-01-01', brokenOn: '2025-09-02' },
      true,
    ],
    [
      'contract broken on 1 September: the eve is out',
      { startedOn: '2025-01-01', brokenOn: '2025-09-01' },
      false,
    ],
    ['contract planned to 31 August', { startedOn: '2025-01-01', plannedEnd: '2025-08-31' }, false],
    ['contract that starts after D', { startedOn: '2026-11-25' }, false],
  ])('%s', (_case, contract, passed) => {
    expect(verdict('enrolled_in_window', { contracts: [contract] }).passed).toBe(passed);
  });

  it('opens two school years back when judged in the summer', () => {
    const rows = { spells: [{ schoolYear: 2024, lastDay: '2024-09-01' }] };
    expect(verdict('enrolled_in_window', rows, SIEI_2011, '2026-08-31').passed).toBe(true);
    expect(verdict('enrolled_in_window', rows, SIEI_2011, '2026-09-01').passed).toBe(false);
  });
});

describe('cycle (rules §5, §8)', () => {
  it.each([
    ['collège', { mef: MEF.college }, false, []],
    ['CAP', { mef: MEF.cap }, true, []],
    ['bac pro', { mef: MEF.bacPro }, true, []],
    ['higher education', { mef: MEF.bts }, false, []],
    ['unknown dispositif', { mef: MEF.unknown }, true, ['cycle_unknown']],
    ['neither MEF nor diploma code', { mef: null }, true, ['cycle_unknown']],
  ])('%s', (_case, spell, passed, flags) => {
    const rows = { spells: [spell] };
    expect(verdict('cycle', rows)).toEqual({ passed, evidence: passed ? ['r1'] : [] });
    expect(assessPerson(buildPerson(rows), SIEI_2011, D).flags).toEqual(flags);
    expect(verdict('cycle', rows, NO_DIPLOMA)).toEqual({ passed: true, evidence: ['r1'] });
  });

  it('is told of a contract by its diploma code', () => {
    const at = (diplomaCode: string | null) =>
      verdict('cycle', { spells: [{ mef: MEF.college }], contracts: [{ diplomaCode, recordId: 'r2' }] });
    expect(at('50022137')).toEqual({ passed: true, evidence: ['r2'] });
    expect(at('32031009')).toEqual({ passed: false, evidence: [] });
    expect(at(null)).toEqual({ passed: true, evidence: ['r2'] });
  });

  it('flags a pass that an unknown code alone gives, though the last cycle is known', () => {
    const spells = [{ mef: MEF.college }, { mef: null, lastDay: '2025-10-01', uai: '0011058V' }];
    expect(assessPerson(buildPerson({ spells }), SIEI_2011, D).flags).toEqual(['cycle_unknown']);
    expect(assessPerson(buildPerson({ spells }), NO_DIPLOMA, D).flags).toEqual([]);
  });

  it('forgets a cycle that ended before the window', () => {
    const spells = [
      { schoolYear: 2024, mef: MEF.cap },
      { schoolYear: 2025, mef: MEF.college },
    ];
    expect(verdict('cycle', { spells }).passed).toBe(false);
  });
});

describe('not enrolled: the records that show it', () => {
  const shows = (rows: Rows) => verdict('not_enrolled', rows);
  it.each<[string, Rows, boolean, string[]]>([
    [
      'enrolled: the classes at D',
      { spells: [{ recordId: 'r1' }, { recordId: 'r2', schoolYear: 2026 }] },
      false,
      ['r2'],
    ],
    [
      'apprentice: the contract',
      { spells: [{}], contracts: [{ recordId: 'r3' }, { recordId: 'r2', brokenOn: D }] },
      false,
      ['r3'],
    ],
    [
      'to follow: the CFA',
      { spells: [{ recordId: 'r4', schoolYear: 2026, cfaStatus: '2' }, {}] },
      false,
      ['r4'],
    ],
    [
      'passed: the last stay',
      {
        spells: [
          { recordId: 'r2', uai: null },
          { recordId: 'r3', lastDay: '2026-09-20', uai: null },
        ],
      },
      true,
      ['r3'],
    ],
    ['passed without any stay', {}, true, []],
  ])('%s', (_case, rows, passed, evidence) => {
    expect(shows(rows)).toEqual({ passed, evidence });
  });

  it('tells each record once, sorted', () => {
    const spells = ['r9', 'r2', 'r9'].map((recordId) => ({ recordId, uai: null, schoolYear: 2026 }));
    expect(shows({ spells }).evidence).toEqual(['r2', 'r9']);
  });
});

describe('every rule set (rules §5)', () => {
  it.each(listRuleSets())('$id evaluates all its checks, also after one that fails', (ruleSet) => {
    const assessment = assessPerson(buildPerson({ records: [{ birthDate: '1990-01-01' }] }), ruleSet, D);
    expect(assessment.checks.map(({ check }) => check)).toEqual(ruleSet.checks);
    expect(assessment.checks.filter(({ passed }) => !passed).map(({ check }) => check)).toEqual([
      'age',
      'enrolled_in_window',
      'cycle',
    ]);
    expect(assessment.listed).toBe(false);
  });

  it.each<[string, Rows, boolean[]]>([
    ['dropped a bac pro with nothing', { spells: [{}] }, [true, true, true]],
    ['dropped a bac pro with a CAP', { spells: [{}], awards: [{ type: 'cap' }] }, [true, false, true]],
    ['left a collège', { spells: [{ mef: MEF.college }] }, [false, true, true]],
    [
      'left a BTS with the bac',
      { spells: [{ mef: MEF.bts }], awards: [{ type: 'bac_general' }] },
      [false, false, true],
    ],
    [
      'in service civique',
      { spells: [{}], accompaniments: [{ structureType: 'service_civique' }] },
      [true, true, false],
    ],
    ['19 years old', { records: [{ birthDate: '2007-01-01' }], spells: [{}] }, [true, true, false]],
    ['still enrolled', { spells: [{ schoolYear: 2026 }] }, [false, false, false]],
  ])('%s', (_case, rows, listed) => {
    const person = buildPerson(rows);
    expect(listRuleSets().map((ruleSet) => assessPerson(person, ruleSet, D).listed)).toEqual(listed);
  });
});
