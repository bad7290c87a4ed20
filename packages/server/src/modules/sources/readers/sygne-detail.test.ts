import { expect, it } from 'vitest';
import { recordRead } from './recording-sink.ts';
import { sygneDetailReader } from './sygne-detail.ts';

const DETAIL = {
  ine: '123456789AB',
  codeSexe: '1',
  prenom1: 'Noé',
  prenom2: '',
  nomUsage: 'ESSAI',
  dateNaissance: '2008-03-12',
  adrResidenceEle: {
    adresseLigne1: 'Bât. B',
    adresseLigne2: '',
    adresseLigne3: null,
    adresseLigne4: '1 rue X',
    codePostal: '33000',
    libelleCommune: 'BORDEAUX',
    codeCommuneInsee: '33063',
    codePays: '100',
  },
  inseeCommuneNaissance: '33063',
  inseePaysNaissance: '99100',
  scolarite: { classe: '2A', codeStatut: 'ST', codeMefRatt: '24720008110', codeUai: '0951099D' },
};

it('brings identity and address, and never a spell', async () => {
  const { rows, facts } = await recordRead(sygneDetailReader, JSON.stringify(DETAIL), {}, 9);
  expect(facts).toEqual([{ uai: '0951099D' }]);
  const values = {
    x_sans_scolarite: '1',
    ine: '123456789AB',
    nom_usage: 'ESSAI',
    prenom1: 'Noé',
    sexe: 'M',
    date_naissance: '2008-03-12',
    commune_naissance: '33063',
    pays_naissance: '99100',
    adresse: 'Bât. B\n1 rue X',
    code_postal: '33000',
    commune_residence: '33063',
    pays_residence: '99100',
  };
  expect(rows).toEqual([{ position: '1', parts: [{ kind: 'inscriptions', values }] }]);
});

it('does without an address', async () => {
  const { rows } = await recordRead(
    sygneDetailReader,
    JSON.stringify([{ ...DETAIL, adrResidenceEle: null }]),
  );
  expect(rows[0]?.parts[0]?.values).not.toHaveProperty('adresse');
});
