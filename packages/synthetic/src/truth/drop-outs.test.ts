import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '../calendar.ts';
import { timesOf } from '../life/life-builder.ts';
import { lifeOn } from '../life/life-on.ts';
import type { Life, Stay } from '../life/model.ts';
import { livesIn } from '../testing/lives.ts';
import { DATED_RULE_SETS, dropOutsOf } from './drop-outs.ts';
import { judge, type TruthRuleSet } from './judge.ts';

const FROM = '2024-09-01';
const TO = '2026-02-15';
const LIVES = livesIn({ until: TO, people: 400 });

/** The same found the slow way: the judgement of every single day. */
function dayByDay(life: Life, ruleSet: TruthRuleSet): { since: CivilDate; until: CivilDate | undefined }[] {
  const found: { since: CivilDate; until: CivilDate | undefined }[] = [];
  let since: CivilDate | undefined;
  let before = judge(lifeOn(life, FROM), timesOf(FROM)).listed[ruleSet];
  for (let day = addDays(FROM, 1); day <= TO; day = addDays(day, 1)) {
    const listed = judge(lifeOn(life, day), timesOf(day)).listed[ruleSet];
    if (listed && !before) since = day;
    if (!listed && since !== undefined) {
      found.push({ since, until: addDays(day, -1) });
      since = undefined;
    }
    before = listed;
  }
  return since === undefined ? found : [...found, { since, until: undefined }];
}

describe('the times during which a rule set lists somebody', () => {
  it.each(DATED_RULE_SETS)('are those of a judgement on every single day (%s)', (ruleSet) => {
    let count = 0;
    for (const life of LIVES) {
      const found = dropOutsOf(life, { from: FROM, to: TO }).filter((one) => one.ruleSet === ruleSet);
      expect(found.map(({ since, until }) => ({ since, until }))).toEqual(dayByDay(life, ruleSet));
      expect(found.every(({ leftOn, since }) => leftOn !== '' && leftOn < since)).toBe(true);
      count += found.length;
    }
    expect(count).toBeGreaterThan(20);
  });
});

describe('the last day in training', () => {
  const pupil = LIVES.find(
    ({ stays, person }) => stays[0]?.training.sector === 'pro' && person.birthDate < '2008-09-01',
  );
  const apprentice = LIVES.find(({ stays }) => stays.some(({ status }) => status === 'apprenti'));
  const stayOf = (life: Life | undefined, status: Stay['status']) =>
    life?.stays.find((stay) => stay.status === status);
  const alone = (life: Life | undefined, stay: Partial<Stay>, status: Stay['status']): Life => {
    const first = stayOf(life, status);
    if (life === undefined || first === undefined) throw new Error('nobody of that kind in the country');
    const only = { ...first, ...stay };
    const bare = { awards: [], accompaniments: [], deceasedOn: undefined, employedFrom: undefined };
    return { ...life, ...bare, person: { ...life.person, birthDate: '2006-05-05' }, stays: [only] };
  };
  const of = (life: Life) =>
    dropOutsOf(life, { from: FROM, to: TO })
      .filter(({ ruleSet }) => ruleSet === 'siei-2011')
      .map(({ leftOn, since, until }) => ({ leftOn, since, until }));

  it('is the eve of the day on which a pupil who left is to be listed', () => {
    const life = alone(pupil, { firstDay: FROM, lastDay: '2025-01-20', ending: 'during_year' }, 'scolaire');
    expect(of(life)).toEqual([{ leftOn: '2025-01-20', since: '2025-01-21', until: undefined }]);
  });

  it('is that of the year for who does not come back', () => {
    const life = alone(pupil, { firstDay: FROM, lastDay: '2025-08-31', ending: 'with_year' }, 'scolaire');
    expect(of(life)).toEqual([{ leftOn: '2025-08-31', since: '2025-09-01', until: undefined }]);
  });

  it('is that of the contract for an apprentice whom a CFA keeps for more than 180 days without one', () => {
    const contract = {
      number: '1',
      employerSiret: '1',
      start: '2024-09-10',
      plannedEnd: '2026-08-31',
      brokenOn: '2025-02-01',
    };
    const stay = { firstDay: FROM, lastDay: null, plannedEnd: '2026-08-31', contracts: [contract] };
    expect(of(alone(apprentice, stay, 'apprenti'))).toEqual([
      { leftOn: '2025-01-31', since: '2025-08-01', until: undefined },
    ]);
  });

  it('is long past for who was too young to be listed', () => {
    const life = alone(pupil, { firstDay: FROM, lastDay: '2025-01-20', ending: 'during_year' }, 'scolaire');
    const young = { ...life, person: { ...life.person, birthDate: '2009-06-10' } };
    expect(of(young)).toEqual([{ leftOn: '2025-01-20', since: '2025-06-10', until: undefined }]);
  });
});
