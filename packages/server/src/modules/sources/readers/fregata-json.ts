import type { Reader, Sidecar } from '../reader.ts';
import { toInseeCountry } from './country-codes.ts';
import { fregataStatusOf } from './fregata-status.ts';
import { type JsonObject, jsonReader } from './json-reader.ts';
import { addressOf, dateOf, objectOf, type RowValues, sexOf, textOf } from './row-values.ts';

/** `anneeScolaireId` counts school years from 1996. Source: formats §3. */
const SCHOOL_YEAR_ORIGIN = 1996;
const ADDRESS_LINES = [2, 3, 4, 5, 6, 7].map((line) => `ligne${line}`);

/** FREGATA, `GET inscriptions?rne=…`: it does not repeat the school, which the sidecar tells. Source: formats §3. */
export const fregataJsonReader: Reader = jsonReader('fregata-json', (input, sink) => {
  return (enrolment, position) => {
    sink.row(position, [{ kind: 'inscriptions', values: enrolmentOf(enrolment, input.sidecar) }]);
  };
});

function schoolYearOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) + SCHOOL_YEAR_ORIGIN : undefined;
}

/** FREGATA knows usual names only (domain §7.4): they say nothing of the family name. One literal, no spread: this runs once a row. */
function enrolmentOf(enrolment: JsonObject, sidecar: Sidecar): RowValues {
  const learner = objectOf(enrolment.apprenant) ?? {};
  const home = homeOf(learner);
  const section = objectOf(enrolment.sectionReference) ?? {};
  const status = fregataStatusOf(textOf(objectOf(enrolment.statutApprenant)?.code));
  const year = schoolYearOf(section.anneeScolaireId) ?? sidecar.schoolYear;
  return {
    identifiant_source: textOf(enrolment.id),
    ine: textOf(learner.ine),
    nom_usage: textOf(learner.nomUsuel),
    prenom1: textOf(learner.prenomUsuel),
    sexe: sexOf(textOf(learner.sexeId)),
    date_naissance: dateOf(learner.dateNaissance),
    commune_naissance: textOf(learner.communeCodeInsee),
    pays_naissance: toInseeCountry(textOf(learner.paysCodeInsee)),
    adresse: addressOf(ADDRESS_LINES.map((line) => textOf(home[line]))),
    code_postal: textOf(home.communeCodePostal),
    commune_residence: textOf(home.communeCodeInsee),
    pays_residence: toInseeCountry(textOf(home.paysCodeInsee)),
    uai: sidecar.uai,
    annee_scolaire: year?.toString(),
    statut: status.statut,
    mef: textOf(section.codeMef),
    classe: textOf(objectOf(enrolment.division)?.libelle),
    date_debut: dateOf(enrolment.dateEntreeFormation) ?? dateOf(enrolment.dateEntreeEtablissement),
    date_fin: dateOf(enrolment.dateSortieFormation) ?? dateOf(enrolment.dateSortieEtablissement),
    x_non_inscrit: status.enrolled ? undefined : '1',
  };
}

/** The address marked as the first to use, else the first told. */
function homeOf(learner: JsonObject): JsonObject {
  const told = Array.isArray(learner.adressesApprenant) ? learner.adressesApprenant.map(objectOf) : [];
  const chosen = told.find((address) => address?.estPrioritaire === true) ?? told[0];
  return objectOf(chosen?.adresseIndividu) ?? {};
}
