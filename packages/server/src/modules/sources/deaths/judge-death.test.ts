import { describe, expect, it } from 'vitest';
import type { DeathRow } from '../reader.ts';
import { judgeDeath } from './judge-death.ts';

const D = '2025-11-15';
const LEA: DeathRow = {
  names: 'MARTIN*LEA MARIE-LOU/   ',
  sex: '2',
  birthDate: '20080314',
  birthPlace: '33063',
  deathDate: '20250901',
};
const judge = (changes: Partial<DeathRow>) => judgeDeath({ ...LEA, ...changes }, D);

describe('a death in the file', () => {
  it('is kept with what it takes to recognise somebody', () => {
    expect(judge({})).toEqual({
      values: {
        family_name: 'MARTIN',
        first_names: 'LEA MARIE-LOU',
        sex: 'F',
        birth_date: '2008-03-14',
        birth_place: '33063',
        died_on: '2025-09-01',
      },
      partial: false,
    });
  });

  it.each<[string, Partial<DeathRow>]>([
    ['16 tomorrow', { birthDate: '20091116' }],
    ['30 today', { birthDate: '19951115' }],
    ['an old man whose line is all wrong', { birthDate: '19209999', names: '', deathDate: 'x' }],
    ['no day of birth', { birthDate: '20080300' }],
    ['no month of birth', { birthDate: '20080000' }],
    ['no year of birth', { birthDate: '00000314' }],
    ['died after the reference date', { deathDate: '20251116' }],
    ['died as a child', { deathDate: '20200101' }],
    ['died in an unknown month as a child', { deathDate: '20080000' }],
  ])('is out of scope: %s', (_case, changes) => {
    expect(judge(changes)).toBe('out_of_scope');
  });

  it.each<[string, Partial<DeathRow>]>([
    ['16 today', { birthDate: '20091115' }],
    ['29 until tomorrow', { birthDate: '19951116' }],
    ['died on the reference date', { deathDate: '20251115' }],
    ['born on 29 February', { birthDate: '20080229' }],
  ])('is in scope: %s', (_case, changes) => {
    expect(judge(changes)).toHaveProperty('values');
  });

  it.each<[string, Partial<DeathRow>, string, string]>([
    ['31 February of birth', { birthDate: '20080231' }, 'deces_date_illisible', 'date_naissance'],
    ['31 February of death', { deathDate: '20250231' }, 'deces_date_illisible', 'date_deces'],
    ['no date of death', { deathDate: '        ' }, 'deces_date_illisible', 'date_deces'],
    ['died before birth', { deathDate: '20070101' }, 'deces_date_illisible', 'date_deces'],
    ['no star', { names: 'MARTIN LEA/' }, 'deces_nom_illisible', 'nom'],
    ['no family name', { names: ' *LEA/' }, 'deces_nom_illisible', 'nom'],
  ])('is rejected: %s', (_case, changes, code, field) => {
    expect(judge(changes)).toEqual({ code, field });
  });

  it.each([
    ['20250900', '2025-09-01'],
    ['20250000', '2025-01-01'],
  ])('died on the first day that %s can mean', (deathDate, diedOn) => {
    expect(judge({ deathDate })).toMatchObject({ values: { died_on: diedOn }, partial: true });
  });

  it.each([
    ['MARTIN*LEA', 'MARTIN', 'LEA'],
    ['D’ABC DE*/', 'D’ABC DE', undefined],
  ])('names %s', (names, family_name, first_names) => {
    expect(judge({ names })).toMatchObject({ values: { family_name, first_names } });
  });
});
