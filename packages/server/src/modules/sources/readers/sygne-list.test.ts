import { describe, expect, it } from 'vitest';
import { recordRead } from './recording-sink.ts';
import { sygneListReader } from './sygne-list.ts';

const PUPIL = {
  ine: '123456789AB',
  prenom: 'Zoé',
  nom: 'ESSAI',
  dateNaissance: '2008-03-12T00:00:00.000Z',
  codeSexe: '2',
  codeMef: '24720008ABC',
  codeMefRatt: '24720008110',
  classe: '2A',
  codeUai: '0951099D',
  anneeScolaire: 2025,
  dateDebSco: '2025-09-01',
  codeStatut: 'ST',
  adhesionTransport: null,
};
const VALUES = {
  ine: '123456789AB',
  nom_famille: 'ESSAI',
  prenom1: 'Zoé',
  sexe: 'F',
  date_naissance: '2008-03-12',
  uai: '0951099D',
  annee_scolaire: '2025',
  statut: 'scolaire',
  mef: '2472000811',
  classe: '2A',
  date_debut: '2025-09-01',
};
const read = (json: string) => recordRead(sygneListReader, json, {}, 5);
const valuesOf = async (pupil: object) => (await read(JSON.stringify([pupil]))).rows[0]?.parts[0]?.values;

describe('SYGNE, list of a school', () => {
  it('brings a pupil to the interchange columns', async () => {
    const { rows, facts } = await read(JSON.stringify([PUPIL]));
    expect(rows).toEqual([{ position: '1', parts: [{ kind: 'inscriptions', values: VALUES }] }]);
    expect(facts).toEqual([{ uai: '0951099D', schoolYear: 2025 }]);
  });

  it.each([
    ['an array', `[${JSON.stringify(PUPIL)},${JSON.stringify(PUPIL)}]`],
    ['an array with blanks', ` \n[ ${JSON.stringify(PUPIL, null, 2)} ,\n ${JSON.stringify(PUPIL)} ]\n`],
    ['one value a line', `${JSON.stringify(PUPIL)}\n${JSON.stringify(PUPIL)}\n`],
    ['one array a line', `[${JSON.stringify(PUPIL)}]\r\n[${JSON.stringify(PUPIL)}]`],
    ['objects, then an array', `${JSON.stringify(PUPIL)}\n[${JSON.stringify(PUPIL)}]`],
  ])('reads %s', async (_name, json) => {
    const { rows } = await read(json);
    expect(rows.map((row) => row.position)).toEqual(['1', '2']);
    expect(rows.map((row) => row.parts[0]?.values)).toEqual([VALUES, VALUES]);
  });

  it('reads one object alone, with a byte order mark', async () => {
    expect((await read(`\ufeff${JSON.stringify(PUPIL)}`)).rows).toHaveLength(1);
  });

  it('tells who is in no class', async () => {
    const { classe: _classe, ...without } = VALUES;
    expect(await valuesOf({ ...PUPIL, classe: null })).toEqual({ ...without, x_hors_classe: '1' });
    const gone = { ...PUPIL, classe: null, dateFinSco: '2026-01-15' };
    expect(await valuesOf(gone)).toEqual({ ...without, date_fin: '2026-01-15' });
    const { classe: _told, ...silent } = PUPIL;
    expect(await valuesOf(silent)).toEqual(without);
  });

  it.each([
    ['AP', 'apprenti'],
    ['FQ', 'stagiaire'],
    ['ZZ', 'autre'],
    [undefined, 'scolaire'],
  ])('status %s is %s', async (codeStatut, statut) => {
    expect(await valuesOf({ ...PUPIL, codeStatut })).toMatchObject({ statut });
  });

  it('rejects what is no object, and goes on', async () => {
    const { rows, rejects } = await read(`[1, ${JSON.stringify(PUPIL)}, null]`);
    expect(rejects).toEqual(['1:ligne_illisible', '3:ligne_illisible']);
    expect(rows.map((row) => row.position)).toEqual(['2']);
  });

  it.each([
    ['nothing', 'fichier_vide', ''],
    ['blanks', 'fichier_vide', ' \n '],
    ['an empty array', 'fichier_vide', '[ ]'],
    ['a truncated array', 'fichier_tronque', JSON.stringify([PUPIL]).slice(0, -1)],
    ['a truncated object', 'fichier_tronque', JSON.stringify(PUPIL).slice(0, -4)],
    ['something after the array', 'fichier_tronque', `${JSON.stringify([PUPIL])}]`],
    ['no JSON', 'fichier_tronque', '[{ine: 1}]'],
  ])('refuses %s: %s', async (_name, code, json) => {
    await expect(read(json)).rejects.toMatchObject({ name: 'FileRejection', code });
  });

  it('refuses a payload that never ends', async () => {
    const endless = `[{"ine":"${'x'.repeat(17_000_000)}`;
    const reading = recordRead(sygneListReader, endless, {}, 1_000_000);
    await expect(reading).rejects.toMatchObject({ code: 'fichier_tronque' });
  });
});
