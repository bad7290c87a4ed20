import { AWARD_TYPES, type AwardType } from '@raccroche/contract';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../rule-set.ts';
import { NO_DIPLOMA } from '../rule-sets/no-diploma.ts';
import { SIEI_2011 } from '../rule-sets/siei-2011.ts';
import { buildPerson, D, MEF } from '../testing/build-person.ts';
import { assessPerson } from './assess-person.ts';
import { awardLevel } from './awards.ts';

const awarded = (change: object) => {
  const [award] = buildPerson({ awards: [change] }).awards;
  if (!award) throw new Error('no award');
  return award;
};

const withCapBep = (capBep: 'cycle_only' | 'any'): RuleSet => ({
  ...SIEI_2011,
  parameters: { ...SIEI_2011.parameters, capBep },
});

function diplomaCheck(ruleSet: RuleSet, mef: string | null, ...awards: readonly object[]) {
  const person = buildPerson({ spells: [{ mef }], awards });
  const check = assessPerson(person, ruleSet, D).checks.find(
    (each) => each.check === 'no_qualifying_diploma',
  );
  return { passed: check?.passed, evidence: check?.evidence };
}

describe('level of an award (rules §4)', () => {
  const byType: Readonly<Record<AwardType, number | null>> = {
    cap: 3,
    bep: 3,
    capa: 3,
    bepa: 3,
    mc3: 3,
    mc4: 4,
    bac_general: 4,
    bac_technologique: 4,
    bac_professionnel: 4,
    bp: 4,
    bt: 4,
    bma: 4,
    titre_professionnel: null,
    dnb: null,
    cfg: null,
    attestation: null,
    autre: null,
  };
  it.each(AWARD_TYPES)('%s alone', (type) => {
    expect(awardLevel(awarded({ type }))).toBe(byType[type]);
  });

  it.each([
    ['the level told comes first', { type: 'cap', diplomaCode: '40022137', level: 5 }, 5],
    ['then the diploma code', { type: 'cap', diplomaCode: '40022137' }, 4],
    ['then the type, when the code is not known', { type: 'cap', diplomaCode: 'X0022137' }, 3],
    ['titre professionnel of level 3', { type: 'titre_professionnel', level: 3 }, 3],
    ['CFA: the level of the CFD', { type: 'autre', diplomaCode: '50022137' }, 3],
    ['no type told', { type: null, level: 4 }, 4],
    ['a brevet qualifies for nothing, whatever is told', { type: 'dnb', level: 3 }, null],
    ['nor does an attestation', { type: 'attestation', diplomaCode: '50022137' }, null],
  ])('%s', (_case, change, level) => {
    expect(awardLevel(awarded(change))).toBe(level);
  });
});

describe('diploma held at the reference date (rules §4)', () => {
  const bac = { type: 'bac_professionnel', recordId: 'r2' };
  it.each([
    ['awarded on D', { awardedOn: D, session: null }, false],
    ['awarded the day after D', { awardedOn: '2026-11-25', session: '2026-06' }, true],
    ['session ended: the last day of its month', { session: '2026-10' }, false],
    ['session of this month: not over yet', { session: '2026-11' }, true],
    ['neither date nor session: believed', { session: null }, false],
    ['refused', { result: 'refuse' }, true],
    ['absent', { result: 'absent' }, true],
  ])('%s', (_case, change, passed) => {
    const check = diplomaCheck(SIEI_2011, MEF.bacPro, { ...bac, ...change });
    expect(check).toEqual({ passed, evidence: passed ? [] : ['r2'] });
  });

  it.each([
    ['2026-02-28', false],
    ['2026-02-27', true],
    ['2024-02-29', false],
    ['2024-02-28', true],
  ])('session of February, judged on %s', (asOf, passed) => {
    const person = buildPerson({
      spells: [{ schoolYear: Number(asOf.slice(0, 4)) - 1 }],
      awards: [{ ...bac, session: asOf.slice(0, 7) }],
    });
    const check = assessPerson(person, SIEI_2011, asOf).checks.at(-1);
    expect(check).toMatchObject({ check: 'no_qualifying_diploma', passed });
  });
});

describe('level asked for (rules §4, §5)', () => {
  const cap = { type: 'cap', recordId: 'r2' };
  const bac = { type: 'bac_general', recordId: 'r2' };
  it.each([
    ['cycle_only', 'CAP held, CAP cycle', MEF.cap, cap, false],
    ['cycle_only', 'CAP held, bac pro cycle', MEF.bacPro, cap, true],
    ['cycle_only', 'bac held, bac pro cycle', MEF.bacPro, bac, false],
    ['cycle_only', 'bac held, higher education: at most 4 is asked', MEF.bts, bac, false],
    ['cycle_only', 'CAP held, higher education', MEF.bts, cap, true],
    ['cycle_only', 'CAP held, cycle unknown: 3 is asked', null, cap, false],
    ['cycle_only', 'CAP held, collège: 3 is asked', MEF.college, cap, false],
    ['any', 'CAP held, bac pro cycle', MEF.bacPro, cap, false],
    ['any', 'brevet only', MEF.bacPro, { type: 'dnb' }, true],
  ] as const)('%s: %s', (capBep, _case, mef, award, passed) => {
    expect(diplomaCheck(withCapBep(capBep), mef, award).passed).toBe(passed);
  });

  it('no-diploma: a CAP removes whatever the cycle', () => {
    expect(diplomaCheck(NO_DIPLOMA, MEF.bacPro, cap)).toEqual({ passed: false, evidence: ['r2'] });
  });

  it('counts an award told twice once, shown by both records', () => {
    const again = { ...cap, recordId: 'r1' };
    expect(diplomaCheck(SIEI_2011, MEF.cap, cap, again, again)).toEqual({
      passed: false,
      evidence: ['r1', 'r2'],
    });
    expect(diplomaCheck(SIEI_2011, MEF.bacPro, cap, again)).toEqual({ passed: true, evidence: [] });
  });
});
