import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { drawGivenNames, drawSurname } from './draw-name.ts';

const DRAWS = 20_000;

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
