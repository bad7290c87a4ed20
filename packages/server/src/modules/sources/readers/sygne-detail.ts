import type { Reader } from '../reader.ts';
import { toInseeCountry } from './country-codes.ts';
import { jsonReader } from './json-reader.ts';
import { addressOf, dateOf, objectOf, sexOf, textOf } from './row-values.ts';

/** SYGNE, `GET eleves/{ine}`: identity and address, never a spell (rules §8). Source: formats §2. */
export const sygneDetailReader: Reader = jsonReader('sygne-detail', (_input, sink) => {
  let described = false;
  return (pupil, position) => {
    const home = objectOf(pupil.adrResidenceEle) ?? {};
    if (!described) sink.describe({ uai: textOf(objectOf(pupil.scolarite)?.codeUai) });
    described = true;
    const values = {
      x_sans_scolarite: '1',
      ine: textOf(pupil.ine),
      nom_famille: textOf(pupil.nom) ?? textOf(pupil.nomFamille),
      nom_usage: textOf(pupil.nomUsage),
      prenom1: textOf(pupil.prenom1),
      prenom2: textOf(pupil.prenom2),
      prenom3: textOf(pupil.prenom3),
      sexe: sexOf(textOf(pupil.codeSexe)),
      date_naissance: dateOf(pupil.dateNaissance),
      commune_naissance: textOf(pupil.inseeCommuneNaissance),
      pays_naissance: toInseeCountry(textOf(pupil.inseePaysNaissance)),
      adresse: addressOf([1, 2, 3, 4].map((line) => textOf(home[`adresseLigne${line}`]))),
      code_postal: textOf(home.codePostal),
      commune_residence: textOf(home.codeCommuneInsee),
      pays_residence: toInseeCountry(textOf(home.codePays)),
    };
    sink.row(position, [{ kind: 'inscriptions', values }]);
  };
});
