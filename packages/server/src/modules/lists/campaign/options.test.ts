import { describe, expect, it } from 'vitest';
import { engineMemoryLimit, parseAllowMissing, parseAsOf, parseMemory, parseThreads } from './options.ts';

const GIB = 2 ** 30;

describe('options of a campaign', () => {
  it.each([
    ['4GB', 4 * GIB],
    ['4 Go', 4 * GIB],
    ['1,5Go', 1.5 * GIB],
    ['512MB', GIB / 2],
  ])('memory %s', (text, bytes) => {
    expect(parseMemory(text)).toBe(bytes);
  });

  it.each(['4', 'beaucoup', '100MB', '-1GB', ''])('refuses memory « %s »', (text) => {
    expect(() => parseMemory(text)).toThrow(/Écrivez/);
  });

  it.each(['0', '1.5', 'deux', '1000'])('refuses %s threads', (text) => {
    expect(() => parseThreads(text)).toThrow(/nombre/);
  });

  it('refuses a day that does not exist', () => {
    expect(() => parseAsOf('2025-02-29')).toThrow(/aaaa-mm-jj/);
    expect(parseAsOf('2025-11-15')).toBe('2025-11-15');
  });

  it('takes kinds one by one, by commas, in any case, or all', () => {
    expect(parseAllowMissing('CFA', ['exams'])).toEqual(['cfa', 'exams']);
    expect(parseAllowMissing('mission-locale,school', [])).toEqual(['school', 'mission_locale']);
    expect(parseAllowMissing('all', [])).toHaveLength(5);
    expect(() => parseAllowMissing('licornes', [])).toThrow(/Valeurs possibles/);
  });

  it('leaves part of the memory to what is not DuckDB', () => {
    expect(engineMemoryLimit(4 * GIB)).toBe('2252MiB');
    expect(engineMemoryLimit(8 * GIB)).toBe('5597MiB');
    expect(engineMemoryLimit(GIB / 2)).toBe('281MiB');
  });
});
