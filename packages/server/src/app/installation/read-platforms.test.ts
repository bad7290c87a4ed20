import { describe, expect, test } from 'vitest';
import { readPlatforms } from './read-platforms.ts';
import { readTerritories } from './territories.ts';

const TERRITORIES = readTerritories();
const HEAD = 'code;nom;departement;communes;depuis';
const read = (...lines: string[]) => readPlatforms([HEAD, ...lines].join('\n'), TERRITORIES);

describe('a file of platforms', () => {
  test('gives each with its région and its zone, whatever the order of the columns and the separator', () => {
    const { rows, problems } = read(
      '62-lens;Plateforme de Lens;62;62498 62427 62498;2026-09-01',
      '59-lille;Plateforme de Lille;59;arrondissement 595;2026-09-01',
      '2a;Corse-du-Sud;2A;departement;2026-09-01',
    );
    expect(problems).toEqual([]);
    expect(rows[0]).toEqual({
      line: 2,
      platform: {
        code: '62-lens',
        name: 'Plateforme de Lens',
        department: '62',
        region: '32',
        communes: ['62427', '62498'],
        since: '2026-09-01',
      },
    });
    expect(rows[1]?.platform.communes).toContain('59350');
    expect(rows[2]?.platform.communes.every((commune) => commune.startsWith('2A'))).toBe(true);
    const commas = readPlatforms(
      '\uFEFFnom,code,depuis,departement,communes\r\n"Lens, bassin minier",62-lens,2026-09-01,62,62498\r\n',
      TERRITORIES,
    );
    expect(commas).toMatchObject({ problems: [], rows: [{ platform: { name: 'Lens, bassin minier' } }] });
  });

  test('of Paris holds the commune and its arrondissements', () => {
    const { rows } = read('75;Paris;75;departement;2026-09-01');
    expect(rows[0]?.platform.communes).toEqual(expect.arrayContaining(['75056', '75101', '75120']));
  });

  test.each([
    ['Lens;Plateforme;62;62498;2026-09-01', 'code « Lens » : écrivez'],
    ['62-lens;P;62;62498;2026-09-01', 'nom : écrivez'],
    ['62-lens;Plateforme;062;62498;2026-09-01', 'département « 062 »'],
    ['62-lens;Plateforme;62;62498;1/9/2026', 'depuis « 1/9/2026 » : écrivez une date'],
    ['62-lens;Plateforme;62;;2026-09-01', 'communes : écrivez « departement »'],
    ['62-lens;Plateforme;62;arrondissement 000;2026-09-01', 'communes : écrivez « departement »'],
    ['62-lens;Plateforme;62;62498 59350;2026-09-01', 'communes : 59350 : pas une commune du département 62'],
    ['62-lens;"Plateforme;62;62498;2026-09-01', 'des guillemets ne se ferment pas'],
  ])('%s is told by its line', (line, text) => {
    const { rows, problems } = read('2a;Corse-du-Sud;2A;departement;2026-09-01', line);
    expect(rows).toHaveLength(1);
    expect(problems).toEqual([{ line: 3, text: expect.stringContaining(text) as string }]);
  });

  test('tells two lines that cannot both be, and a column that is not there', () => {
    const twice = read(
      '62-lens;Plateforme;62;62498;2026-09-01',
      '62-lens;Plateforme;62;62427;2026-09-01',
      '62-arras;Plateforme;62;62498;2026-09-01',
    );
    expect(twice.problems).toEqual([
      { line: 3, text: 'code « 62-lens » : déjà à la ligne 2.' },
      { line: 4, text: 'communes : 62498 est déjà à la ligne 2.' },
    ]);
    expect(readPlatforms('code;nom\nx;y', TERRITORIES).problems).toEqual([
      { line: 1, text: 'il manque la colonne departement, communes, depuis.' },
    ]);
    expect(readPlatforms('', TERRITORIES).problems).toEqual([{ line: 1, text: 'le fichier est vide.' }]);
  });
});
