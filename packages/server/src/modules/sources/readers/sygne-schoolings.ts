import type { Reader, RowPart } from '../reader.ts';
import { type JsonObject, jsonReader } from './json-reader.ts';
import { dateOf, objectOf, type RowValues, schoolStatusOf, textOf } from './row-values.ts';
import { isOutOfClass, mefOf } from './sygne-fields.ts';

/** SYGNE, `GET eleves/{ine}/scolarites`: one row a payload, one part a schooling, attached by INE. Source: formats §2. */
export const sygneSchoolingsReader: Reader = jsonReader('sygne-schoolings', (_input, sink) => {
  return (payload, position) => {
    const ine = textOf(payload.ine);
    const schoolings = Array.isArray(payload.scolarites) ? payload.scolarites.map(objectOf) : undefined;
    if (ine === undefined) return sink.reject(position, 'sans_identite', 'ine');
    if (schoolings === undefined || schoolings.includes(undefined)) {
      return sink.reject(position, 'ligne_illisible', 'scolarites');
    }
    const parts = schoolings.flatMap((schooling) => (schooling ? [schoolingPart(ine, schooling)] : []));
    // A pupil who never had a schooling is a row all the same.
    if (parts.length === 0) {
      parts.push({ kind: 'inscriptions', values: { ine, x_par_ine: '1', x_sans_scolarite: '1' } });
    }
    sink.row(position, parts);
  };
});

function schoolingPart(ine: string, schooling: JsonObject): RowPart {
  const leftOn = dateOf(schooling.dateFinSco);
  const values: RowValues = {
    ine,
    x_par_ine: '1',
    uai: textOf(schooling.codeUai),
    annee_scolaire: textOf(schooling.anneeScolaire),
    statut: schoolStatusOf(textOf(schooling.codeStatut)),
    mef: mefOf(schooling),
    classe: textOf(schooling.classe),
    date_debut: dateOf(schooling.dateDebSco),
    date_fin: leftOn,
    x_hors_classe: isOutOfClass(schooling) && leftOn === undefined ? '1' : undefined,
  };
  return { kind: 'inscriptions', values };
}
