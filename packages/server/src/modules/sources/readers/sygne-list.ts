import type { Reader } from '../reader.ts';
import { jsonReader } from './json-reader.ts';
import { dateOf, type RowValues, schoolStatusOf, sexOf, textOf } from './row-values.ts';
import { isOutOfClass, mefOf, yearOf } from './sygne-fields.ts';

/** SYGNE, `GET etablissements/{uai}/eleves`. Source: formats §2. Its pupils have no identifier of the sender but the INE. */
export const sygneListReader: Reader = jsonReader('sygne-list', (input, sink) => {
  let described = false;
  return (pupil, position) => {
    const uai = textOf(pupil.codeUai) ?? input.sidecar.uai;
    if (!described) sink.describe({ uai: textOf(pupil.codeUai), schoolYear: yearOf(pupil.anneeScolaire) });
    described = true;
    const leftOn = dateOf(pupil.dateFinSco);
    const values: RowValues = {
      ine: textOf(pupil.ine),
      nom_famille: textOf(pupil.nom),
      prenom1: textOf(pupil.prenom),
      sexe: sexOf(textOf(pupil.codeSexe)),
      date_naissance: dateOf(pupil.dateNaissance),
      uai,
      annee_scolaire: textOf(pupil.anneeScolaire) ?? input.sidecar.schoolYear?.toString(),
      statut: schoolStatusOf(textOf(pupil.codeStatut)),
      mef: mefOf(pupil),
      classe: textOf(pupil.classe),
      date_debut: dateOf(pupil.dateDebSco),
      date_fin: leftOn,
      x_hors_classe: isOutOfClass(pupil) && leftOn === undefined ? '1' : undefined,
    };
    sink.row(position, [{ kind: 'inscriptions', values }]);
  };
});
