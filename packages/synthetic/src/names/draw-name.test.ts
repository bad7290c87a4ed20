import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { drawGivenNames, drawSurname } from './draw-name.ts';
import { NAME_GROUP_LABELS } from './name-group-labels.ts';

const DRAWS = 20_000;
/** A département where the names of a group are frequent, where Paris is none. */
const HOMES: Readonly<Record<string, string>> = {
  north: '59',
  brittany: '29',
  alsace: '67',
  basque: '64',
  corsica: '2A',
  spain: '66',
  antilles: '972',
  reunion: '974',
  mayotte: '976',
  polynesia: '987',
  kanak: '988',
};

function surnamesOf(department: string): Map<string, number> {
  const random = new Random(5);
  const counts = new Map<string, number>();
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const { name } = drawSurname(random, department);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

describe('surnames', () => {
  it('have a heavy tail: a few are met everywhere, most once', () => {
    const counts = [...surnamesOf('37').values()].sort((left, right) => right - left);
    expect(counts.length).toBeGreaterThan(4000);
    expect((counts[0] ?? 0) / DRAWS).toBeLessThan(0.03);
    expect(counts.slice(0, 100).reduce((sum, count) => sum + count, 0) / DRAWS).toBeGreaterThan(0.15);
    expect(counts.filter((count) => count === 1).length / counts.length).toBeGreaterThan(0.4);
  });

  it.each(Object.keys(NAME_GROUP_LABELS))('of every origin have rare ones: %s', (group) => {
    const random = new Random(9);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 60_000; draw += 1) {
      const found = drawSurname(random, HOMES[group] ?? '75');
      if (found.group === group) counts.set(found.name, (counts.get(found.name) ?? 0) + 1);
    }
    const many = [...counts.values()].sort((left, right) => right - left);
    const sum = many.reduce((total, count) => total + count, 0);
    expect(many.length).toBeGreaterThan(40);
    // The first are frequent, and the last half of the names is borne by few.
    expect((many[0] ?? 0) / sum).toBeGreaterThan(1.5 / many.length);
    const rarest = many.slice(Math.floor(many.length / 2)).reduce((total, count) => total + count, 0);
    expect(rarest / sum).toBeLessThan(0.3);
    expect(
      [...counts.keys()].filter((name) => !/^\p{Lu}/u.test(name) && !/^(de|d’) ?\p{Lu}/u.test(name)),
    ).toEqual([]);
  });

  it('are those of the place', () => {
    expect(surnamesOf('974').get('Hoarau') ?? 0).toBeGreaterThan(100);
    expect(surnamesOf('37').get('Hoarau') ?? 0).toBeLessThan(20);
  });
});

describe('given names', () => {
  const shareOf = (name: string, birthYear: number): number => {
    const random = new Random(6);
    let found = 0;
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const [first] = drawGivenNames(random, { sex: 'M', group: 'france', birthYear });
      if (first === name) found += 1;
    }
    return found / DRAWS;
  };

  it('follow the year of birth', () => {
    expect(shareOf('Kévin', 2000)).toBeGreaterThan(2 * shareOf('Kévin', 2010));
    expect(shareOf('Ethan', 2010)).toBeGreaterThan(2 * shareOf('Ethan', 2000));
  });

  it('are one to three different ones', () => {
    const random = new Random(8);
    for (let draw = 0; draw < 500; draw += 1) {
      const names = drawGivenNames(random, { sex: 'F', group: 'maghreb', birthYear: 2008 });
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThanOrEqual(1);
      expect(names.length).toBeLessThanOrEqual(3);
    }
  });
});
