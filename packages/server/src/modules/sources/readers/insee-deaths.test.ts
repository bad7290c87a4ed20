import { describe, expect, it } from 'vitest';
import { deathLine } from '../testing/death-line.ts';
import { inseeDeathsReader } from './insee-deaths.ts';
import { recordRead } from './recording-sink.ts';

const read = (content: string | Uint8Array) => recordRead(inseeDeathsReader, content, {}, 7);
const LEA = {
  names: 'MARTIN*LEA/'.padEnd(80),
  sex: '2',
  birthDate: '20080314',
  birthPlace: '33063',
  deathDate: '20250901',
};
const LINE = deathLine();
const ACCENTED = deathLine({ family: 'LEFÈVRE', first: 'ZOÉ' });

describe('INSEE’s file of deaths', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['a line', LINE, 'MARTIN*LEA/'],
    ['a mark and CRLF', `\ufeff${LINE}\r\n`, 'MARTIN*LEA/'],
    ['a line cut after the date of death', LINE.slice(0, 162), 'MARTIN*LEA/'],
    ['a longer line', `${LINE}something more`, 'MARTIN*LEA/'],
    ['accents in UTF-8', ACCENTED, 'LEFÈVRE*ZOÉ/'],
    ['accents in ISO-8859-1', Buffer.from(ACCENTED, 'latin1'), 'LEFÈVRE*ZOÉ/'],
    [
      'converted to UTF-8 after it was padded',
      // Two letters of two bytes each: two blanks less.
      ACCENTED.replace('ZOÉ/  ', 'ZOÉ/'),
      'LEFÈVRE*ZOÉ/',
    ],
  ])('reads %s', async (_case, content, names) => {
    const { deaths, rejects, fileWarnings } = await read(content);
    expect(rejects).toEqual([]);
    expect(fileWarnings).toEqual([]);
    expect(deaths.map((death) => ({ ...death, names: death.names.trim() }))).toEqual([
      { ...LEA, position: '1', names },
    ]);
  });

  it.each([
    ['too short', LINE.slice(0, 120)],
    ['shifted by a character', ` ${LINE}`],
    ['another sex', deathLine({ sex: '3' })],
    ['letters in the birth date', deathLine({ birth: '2008O314' })],
    ['something else', 'Total : 3 décès'],
  ])('rejects a line alone, not the file: %s', async (_case, bad) => {
    const { deaths, rejects } = await read(`${LINE}\n\n${bad}\n${LINE}\n`);
    expect(deaths.map(({ position }) => position)).toEqual(['1', '4']);
    expect(rejects).toEqual(['3:deces_largeur_fixe']);
  });

  it.each([
    ['nothing', '', 'fichier_vide'],
    ['a line without end', 'x'.repeat(20_000), 'fichier_tronque'],
  ])('refuses the whole file: %s', async (_case, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'FileRejection', code });
  });
});
