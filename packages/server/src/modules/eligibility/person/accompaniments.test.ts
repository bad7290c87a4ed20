import { describe, expect, it } from 'vitest';
import { OBLIGATION_16_18 } from '../rule-sets/obligation-16-18.ts';
import { buildPerson, D } from '../testing/build-person.ts';
import { assessPerson } from './assess-person.ts';

const assess = (...accompaniments: readonly object[]) =>
  assessPerson(buildPerson({ spells: [{}], accompaniments }), OBLIGATION_16_18, D);
const obligation = (...accompaniments: readonly object[]) => assess(...accompaniments).checks.at(-1);

describe('known to a mission locale (rules §3, §8)', () => {
  it.each([
    ['last contact 150 days before D', { startedOn: '2026-01-01', lastContactOn: '2026-06-27' }, 'active'],
    ['last contact 151 days before D', { startedOn: '2026-01-01', lastContactOn: '2026-06-26' }, 'known'],
    ['no contact told: the start counts', { startedOn: '2026-06-27' }, 'active'],
    ['no contact told, an old start', { startedOn: '2026-06-26' }, 'known'],
    ['neither told', { startedOn: null }, 'known'],
    ['suspended', { status: 'suspendu' }, 'known'],
    ['closed', { status: 'clos' }, 'known'],
    ['ended the day before D', { endedOn: '2026-11-23' }, 'known'],
    ['ended on D', { endedOn: D }, 'active'],
    ['begins after D: not known yet', { startedOn: '2026-11-25' }, 'unknown'],
    ['an association is no mission locale', { structureType: 'association' }, 'unknown'],
  ])('%s', (_case, accompaniment, knowledge) => {
    expect(assess(accompaniment).missionLocale).toBe(knowledge);
    expect(obligation(accompaniment)?.passed).toBe(knowledge !== 'active');
  });

  it('says unknown without any file', () => {
    expect(assess().missionLocale).toBe('unknown');
  });
});

describe('known situations (rules §3)', () => {
  it('tells each once, in the order of the vocabulary, without associations', () => {
    const types = ['pjj', 'mission_locale', 'association', 'autre', 'service_civique', 'pjj'];
    expect(assess(...types.map((structureType) => ({ structureType }))).knownSituations).toEqual([
      'service_civique',
      'mission_locale',
      'pjj',
    ]);
  });

  it.each([
    ['begins on D', { startedOn: D }, true],
    ['begins after D', { startedOn: '2026-11-25' }, false],
    ['ends on D', { endedOn: D }, true],
    ['ended before D', { endedOn: '2026-11-23' }, false],
    ['suspended', { status: 'suspendu' }, false],
    ['closed', { status: 'clos' }, false],
    ['an old contact is still a situation', { startedOn: '2024-01-01' }, true],
  ])('%s', (_case, change, active) => {
    const { knownSituations } = assess({ structureType: 'mission_locale', ...change });
    expect(knownSituations).toEqual(active ? ['mission_locale'] : []);
  });
});

describe('duty of training (rules §5, set C)', () => {
  it.each(['service_civique', 'armee', 'emploi', 'e2c', 'epide', 'smv', 'rsma', 'pjj', 'france_travail'])(
    '%s fulfils it',
    (structureType) => {
      expect(obligation({ structureType, recordId: 'r7' })).toEqual({
        check: 'obligation_unmet',
        passed: false,
        evidence: ['r7'],
      });
    },
  );

  it.each(['association', 'autre'])('%s does not', (structureType) => {
    expect(obligation({ structureType })).toMatchObject({ passed: true, evidence: [] });
  });

  it('is unmet by a service civique that is over', () => {
    expect(obligation({ structureType: 'service_civique', endedOn: '2026-11-01' })?.passed).toBe(true);
  });
});
