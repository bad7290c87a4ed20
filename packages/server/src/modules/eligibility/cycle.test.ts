import { describe, expect, it } from 'vitest';
import { cycleHeight, cycleOf } from './cycle.ts';

describe('cycle of a training (rules §4)', () => {
  it.each([
    ['collège', '1031001911', null, 'college', null],
    ['CAP in 1 year', '2402213411', null, 'second', 3],
    ['CAP in 2 years', '2412213421', null, 'second', 3],
    ['CAP in 3 years', '2422213431', null, 'second', 3],
    ['243, inferred', '2432213431', null, 'second', 3],
    ['CAP agricole', '2712213421', null, 'second', 3],
    ['244 leads to 4', '2442000811', null, 'second', 4],
    ['bac pro', '2472000811', null, 'second', 4],
    ['bac pro agricole', '2762000811', null, 'second', 4],
    ['general and technological', '2001001011', null, 'second', 4],
    ['BTS', '3112000821', null, 'higher', 5],
    ['MEF11 of a CAP', '24122134210', null, 'second', 3],
    ['unknown dispositif', '7032000811', null, 'unknown', null],
    ['unknown dispositif, known diploma code', '7032000811', '50022137', 'second', 3],
    ['the MEF before the diploma code', '2472000811', '50022137', 'second', 4],
    ['CFD 5', null, '50022137', 'second', 3],
    ['CFD 4 with nine characters', null, '40025214P', 'second', 4],
    ['CFD 3', null, '32031009', 'higher', 5],
    ['CFD 2', null, '25051009', 'higher', 6],
    ['CFD 1', null, '13510001', 'higher', 7],
    ['CFD of another letter', null, 'A3510001', 'unknown', null],
    ['neither', null, null, 'unknown', null],
  ])('%s', (_case, mef, diplomaCode, cycle, leadsTo) => {
    expect(cycleOf(mef, diplomaCode)).toEqual({ cycle, leadsTo });
  });

  it('orders cycles: unknown, collège, then by level', () => {
    const heights = [null, '1031001911', '2412213421', '2472000811', '3112000821'].map((mef) =>
      cycleHeight(cycleOf(mef, null)),
    );
    expect(heights).toEqual([...new Set(heights)].sort((a, b) => a - b));
  });
});
