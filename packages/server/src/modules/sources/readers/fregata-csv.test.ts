import { describe, expect, it } from 'vitest';
import { fregataCsvReader } from './fregata-csv.ts';
import { recordRead } from './recording-sink.ts';

const HEADER =
  'Identifiant unique*;Premier prénom*;Deuxième prénom;Troisième prénom;Nom de famille*;Nom d’usage;Sexe (M/F)*;Date de naissance (jj/mm/aaaa)*;Code commune naissance**;Libellé commune de naissance**;Code département de naissance*;Code pays de naissance*;STATUT*;Code  MEF*;Division*';
const ROW = '123456789AB;Zoé;Ana;;ESSAI;;F;12/03/2008;31555;TOULOUSE;031;100;ST;27621401210;2NJPF';
const SIDECAR = { uai: '0311262C', schoolYear: 2024 };
const read = (csv: string | Uint8Array, sidecar: object = SIDECAR) =>
  recordRead(fregataCsvReader, csv, sidecar, 9);

describe('FREGATA CSV', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${HEADER}\r\n${ROW}\r\n`)],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\r\n${ROW}\r\n`, 'utf16le')],
    ['Latin', Buffer.from(`${HEADER.replace('’', "'")}\n${ROW}`, 'latin1')],
  ])('brings a row to the interchange columns: %s', async (_name, csv) => {
    const { rows, fileWarnings } = await read(csv);
    const values = {
      ine: '123456789AB',
      nom_famille: 'ESSAI',
      prenom1: 'Zoé',
      prenom2: 'Ana',
      sexe: 'F',
      date_naissance: '12/03/2008',
      commune_naissance: '31555',
      pays_naissance: '99100',
      statut: 'scolaire',
      mef: '27621401210',
      classe: '2NJPF',
      uai: '0311262C',
      annee_scolaire: '2024',
    };
    expect(rows).toEqual([{ position: '2', parts: [{ kind: 'inscriptions', values }] }]);
    expect(fileWarnings).toEqual([]);
  });

  it.each([
    ['1234567890A', { ine: '1234567890A' }],
    ['1234A56789b', { ine: '1234A56789B' }],
    ['31555ABC123', { x_ina: '31555ABC123' }],
    ['', {}],
  ])('identifier %s', async (identifier, wanted) => {
    const { rows } = await read(`${HEADER}\n${ROW.replace('123456789AB', identifier)}`);
    const { ine, x_ina } = rows[0]?.parts[0]?.values ?? {};
    expect(JSON.parse(JSON.stringify({ ine, x_ina }))).toEqual(wanted);
  });

  it('tells the physical line where a row starts, and rejects lines one by one', async () => {
    const broken = ROW.replace('TOULOUSE', '"TOU\nLOUSE"');
    const { rows, rejects } = await read(
      `${HEADER}\n${broken}\n\n${ROW};too much\n${ROW.replace('ESSAI', 'ES"SAI')}\n${ROW}`,
    );
    expect(rows.map((row) => row.position)).toEqual(['2', '7']);
    expect(rejects).toEqual(['5:ligne_illisible', '6:ligne_illisible']);
  });

  it.each([
    ['no school in the sidecar', { schoolYear: 2024 }, `${HEADER}\n${ROW}`, 'compagnon_absent', 'uai'],
    [
      'no year in the sidecar',
      { uai: '0311262C' },
      `${HEADER}\n${ROW}`,
      'compagnon_absent',
      'annee_scolaire',
    ],
    ['a column twice', SIDECAR, `${HEADER};Division\n${ROW};x`, 'colonne_double', 'division'],
    [
      'no birth date',
      SIDECAR,
      `${HEADER.replace('Date de naissance', 'Jour')}\n${ROW}`,
      'colonne_obligatoire_absente',
      'date naissance',
    ],
    ['no row', SIDECAR, `${HEADER}\n`, 'fichier_vide', undefined],
    ['one line of 10 MB', SIDECAR, 'x'.repeat(10_000_000), 'fichier_tronque', undefined],
  ])('refuses %s', async (_name, sidecar, csv, code, field) => {
    const reading = recordRead(fregataCsvReader, csv, sidecar);
    await expect(reading).rejects.toMatchObject({ name: 'FileRejection', code, field });
  });
});
