import { describe, expect, it } from 'vitest';
import { fregataJsonReader } from './fregata-json.ts';
import { recordRead } from './recording-sink.ts';

const address = (line: string, estPrioritaire: boolean) => ({
  estPrioritaire,
  adresseIndividu: {
    ligne2: line,
    ligne7: 'Fin',
    communeCodePostal: '31000',
    communeCodeInsee: '31555',
    paysCodeInsee: '99100',
  },
});
const ENROLMENT = {
  id: 4321,
  estEN: false,
  dateEntreeEtablissement: '2024-09-02',
  dateEntreeFormation: '2024-10-01T00:00:00',
  dateSortieEtablissement: '2025-06-30',
  dateSortieFormation: null,
  statutApprenant: { code: '2501' },
  division: { libelle: '2NJPF' },
  sectionReference: { codeMef: '27621401210', anneeScolaireId: 28 },
  apprenant: {
    prenomUsuel: 'Noé',
    nomUsuel: 'ESSAI',
    dateNaissance: '2008-03-12',
    ine: '123456789AB',
    communeCodeInsee: '31555',
    paysCodeInsee: '99100',
    sexeId: '1',
    adressesApprenant: [address('ailleurs', false), address('1 rue X', true)],
  },
};
const valuesOf = async (enrolment: object) =>
  (await recordRead(fregataJsonReader, JSON.stringify([enrolment]), { uai: '0311262C' }, 7)).rows[0]?.parts[0]
    ?.values;

describe('FREGATA JSON', () => {
  it('brings an enrolment to the interchange columns', async () => {
    expect(await valuesOf(ENROLMENT)).toEqual({
      identifiant_source: '4321',
      ine: '123456789AB',
      nom_usage: 'ESSAI',
      prenom1: 'Noé',
      sexe: 'M',
      date_naissance: '2008-03-12',
      commune_naissance: '31555',
      pays_naissance: '99100',
      adresse: '1 rue X\nFin',
      code_postal: '31000',
      commune_residence: '31555',
      pays_residence: '99100',
      uai: '0311262C',
      annee_scolaire: '2024',
      statut: 'scolaire',
      mef: '27621401210',
      classe: '2NJPF',
      date_debut: '2024-10-01',
      date_fin: '2025-06-30',
    });
  });

  it('takes the dates of the school where the training has none, and its own first', async () => {
    expect(await valuesOf({ ...ENROLMENT, dateEntreeFormation: null })).toMatchObject({
      date_debut: '2024-09-02',
    });
    const told = { ...ENROLMENT, dateSortieFormation: '2025-01-31' };
    expect(await valuesOf(told)).toMatchObject({ date_fin: '2025-01-31' });
  });

  it.each([
    ['0000', 'etudiant', false],
    ['2501', 'scolaire', false],
    ['2502', 'stagiaire', false],
    ['2503', 'apprenti', false],
    ['2504', 'autre', false],
    ['2505', 'autre', true],
    ['2506', 'autre', false],
    ['9999', 'autre', false],
  ])('status %s is %s', async (code, statut, notEnrolled) => {
    const values = await valuesOf({ ...ENROLMENT, statutApprenant: { code } });
    expect(values?.statut).toBe(statut);
    expect(values?.x_non_inscrit).toBe(notEnrolled ? '1' : undefined);
  });

  it('does without what is missing', async () => {
    const bare = { id: 1, apprenant: { nomUsuel: 'ESSAI', adressesApprenant: null } };
    const values = { identifiant_source: '1', nom_usage: 'ESSAI', uai: '0311262C', statut: 'autre' };
    expect(await valuesOf(bare)).toEqual(values);
  });
});
