import { hasBeaKey, INE_PATTERNS } from '@raccroche/contract';
import { describe, expect, it } from 'vitest';
import type { FailureMode } from '../failure-modes.ts';
import { Failures, type FaultLevel } from '../failures.ts';
import { Random } from '../random.ts';
import { livesIn } from '../testing/lives.ts';
import { type SenderFamily, type ToldIdentity, tellIdentity } from './told-identity.ts';

const KNOWN_ON = '2025-11-01';
const LIVES = livesIn({ until: '2025-11-15', people: 3000 });

interface Told {
  readonly truth: (typeof LIVES)[number]['person'];
  readonly told: ToldIdentity;
  readonly hits: readonly FailureMode[];
}

/** Everybody as `family` tells them, so many times over. */
function tellAll(family: SenderFamily, level: FaultLevel, copies = 10): Told[] {
  const failures = new Failures(level, false);
  const root = new Random(11);
  return LIVES.flatMap((life) =>
    Array.from({ length: copies }, (_, copy) => {
      const row = failures.ofRow(root.fork(life.person.number).fork(copy));
      const told = tellIdentity(row, life, { family, knownOn: KNOWN_ON });
      return { truth: life.person, told, hits: row.hits };
    }),
  );
}

describe.each(['school', 'exams'] as const)('a register (%s)', (family) => {
  const all = tellAll(family, 'named');
  const named = (mode: FailureMode) => all.filter(({ hits }) => hits.includes(mode));

  it('writes names as they are, but for faults that it tells', () => {
    const spared = all.filter(({ hits }) => !hits.some((mode) => mode.startsWith('register_')));
    expect(spared.length).toBeGreaterThan(0.85 * all.length);
    const names = ({ familyName, usageName, givenNames }: ToldIdentity | Told['truth']): string =>
      [familyName, usageName, ...givenNames].join(' ');
    expect(spared.filter(({ truth, told }) => names(told) !== names(truth))).toEqual([]);
  });

  it('has each fault of names, and shows it', () => {
    expect(named('register_accents_lost').every(({ told }) => !/[a-zà-ÿ]/u.test(told.familyName))).toBe(true);
    expect(named('register_mojibake').length).toBeGreaterThan(0);
    expect(
      named('register_mojibake').every(({ told }) =>
        /Ã|â|Å/.test(`${told.familyName}${told.givenNames.join('')}`),
      ),
    ).toBe(true);
    expect(named('register_name_truncated').every(({ told }) => told.familyName.length <= 14)).toBe(true);
    expect(named('register_name_truncated').length).toBeGreaterThan(0);
    expect(named('register_usage_name').every(({ told }) => told.usageName === undefined)).toBe(true);
    expect(named('register_usage_name').length).toBeGreaterThan(0);
    expect(named('register_names_swapped').length).toBeGreaterThan(0);
    expect(named('register_name_typo').length).toBeGreaterThan(0);
    expect(named('register_particle_glued').length).toBeGreaterThan(0);
    expect(named('register_compound_cut').every(({ told }) => !told.givenNames[0]?.includes('-'))).toBe(true);
  });
});

it.each(['cfa', 'accompaniment', 'exams'] as const)(
  '%s keep the old number of some of those who had one before 2018',
  (family) => {
    const kept = tellAll(family, 'named').filter(({ hits }) => hits.includes('ine_bea_kept'));
    expect(kept.length).toBeGreaterThan(20);
    const bea = new RegExp(INE_PATTERNS.ine_bea);
    for (const { truth, told } of kept) {
      expect(truth.birthDate < '2007').toBe(true);
      expect(told.ine).toBe(truth.beaIne);
      expect(bea.test(told.ine ?? '') && hasBeaKey(told.ine ?? '')).toBe(true);
    }
    expect(tellAll('school', 'named').some(({ told }) => bea.test(told.ine ?? ''))).toBe(false);
  },
);

it('senders without fault tell everybody as they are', () => {
  const names = ({ familyName, givenNames, ine }: ToldIdentity | Told['truth']): string =>
    [familyName, ...givenNames, ine].join(' ');
  const all = (['school', 'cfa', 'accompaniment'] as const).flatMap((family) => tellAll(family, 'none', 1));
  expect(all.filter(({ truth, told, hits }) => hits.length > 0 || names(told) !== names(truth))).toEqual([]);
});
