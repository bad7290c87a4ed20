import { describe, expect, it } from 'vitest';
import { recordRead } from './recording-sink.ts';
import { sygneSchoolingsReader } from './sygne-schoolings.ts';

const INE = '123456789AB';
const SCHOOLING = {
  classe: '2A',
  dateDebSco: '2024-09-01',
  dateFinSco: '2025-01-10',
  anneeScolaire: '2024',
  codeMef: '24720008ABC',
  codeUai: '0951099D',
  codeStatut: 'ST',
};
const read = (payload: unknown) => recordRead(sygneSchoolingsReader, JSON.stringify(payload), {}, 9);

describe('SYGNE, schoolings of a pupil', () => {
  it('is one row a payload, one part a schooling, attached by INE', async () => {
    const last = { ...SCHOOLING, classe: null, dateFinSco: undefined, anneeScolaire: 2025 };
    const { rows } = await read({ ine: INE, scolarites: [SCHOOLING, last] });
    const same = { ine: INE, x_par_ine: '1', uai: '0951099D', statut: 'scolaire', mef: '24720008AB' };
    const first = { annee_scolaire: '2024', classe: '2A', date_debut: '2024-09-01', date_fin: '2025-01-10' };
    const second = { annee_scolaire: '2025', date_debut: '2024-09-01', x_hors_classe: '1' };
    expect(rows).toEqual([
      {
        position: '1',
        parts: [
          { kind: 'inscriptions', values: { ...same, ...first } },
          { kind: 'inscriptions', values: { ...same, ...second } },
        ],
      },
    ]);
  });

  it('counts a pupil who never had a schooling', async () => {
    const { rows } = await read({ ine: INE, scolarites: [] });
    const values = { ine: INE, x_par_ine: '1', x_sans_scolarite: '1' };
    expect(rows).toEqual([{ position: '1', parts: [{ kind: 'inscriptions', values }] }]);
  });

  it('rejects schoolings of nobody, and what is no schooling', async () => {
    const payloads = [{ scolarites: [SCHOOLING] }, { ine: INE }, { ine: INE, scolarites: [1] }];
    const { rows, rejects } = await read(payloads);
    expect(rows).toEqual([]);
    expect(rejects).toEqual([
      '1:sans_identite:ine',
      '2:ligne_illisible:scolarites',
      '3:ligne_illisible:scolarites',
    ]);
  });
});
