import { addDays, type CivilDate, frenchDate, schoolYearOf } from '../calendar.ts';
import type { Establishment } from '../establishments.ts';
import { csvText } from '../files/csv.ts';
import { type Cell, xlsx } from '../files/xlsx.ts';
import type { Contract, Life } from '../life/model.ts';
import { FRANCE } from '../places.ts';
import type { Random } from '../random.ts';
import { CFA_COLUMNS, CFA_DATE_COLUMNS, type CfaRow } from './cfa-columns.ts';
import {
  type Enrolled,
  enrolledIn,
  extractionDay,
  type SenderContext,
  schoolYearLabel,
} from './sender-context.ts';

interface ToldApprentice {
  readonly personId: string;
  readonly row: CfaRow;
}

/** Writes the "effectifs" of one CFA as JSON, CSV or a workbook. Source: formats.md §5. */
export function deliverCfa(context: SenderContext, lives: readonly Life[], school: Establishment): void {
  const random = context.random.fork(school.uai);
  const on = extractionDay(random, context.times);
  const told = enrolledIn(lives, school).flatMap((one): ToldApprentice[] => {
    const { id } = one.life.person;
    const own = random.fork(`${id}/${one.stay.firstDay}`);
    if (one.stay.firstDay > on || context.failures.strikes('cfa_under_coverage', own, id)) return [];
    return [{ personId: id, row: tellApprentice(context, own, one, on) }];
  });
  if (told.length === 0) return;
  const rows = told.map(({ row }) => row);
  const base = `cfa/${school.uai}-effectifs`;
  const sidecar = { emetteur: school.name, uai: school.uai, date_extraction: on };
  const deliver = (path: string, bytes: Uint8Array, firstPosition: number) => {
    context.folder.write(path, bytes, sidecar);
    context.folder.tell(
      path,
      told.map(({ personId }, index) => ({ position: String(index + firstPosition), personId })),
    );
  };
  if (school.software === 'cfa-json')
    deliver(`${base}.json`, Buffer.from(`${JSON.stringify(rows, null, 1)}\n`, 'utf8'), 1);
  else if (school.software === 'cfa-csv') deliver(`${base}.csv`, Buffer.from(csvOf(rows), 'utf8'), 2);
  else deliver(`${base}.xlsx`, workbookOf(rows), 2);
}

function csvOf(rows: readonly CfaRow[]): string {
  return csvText(
    CFA_COLUMNS,
    rows.map((row) =>
      CFA_COLUMNS.map((column) => {
        const value = row[column];
        return value !== undefined && CFA_DATE_COLUMNS.has(column) ? frenchDate(String(value)) : value;
      }),
    ),
  );
}

/** Dates are dates of the spreadsheet, except days that do not exist: those only fit in as text. */
function workbookOf(rows: readonly CfaRow[]): Buffer {
  const cells = rows.map((row) =>
    CFA_COLUMNS.map((column): Cell => {
      const value = row[column];
      if (value === undefined || !CFA_DATE_COLUMNS.has(column)) return value;
      return addDays(String(value), 0) === value ? { date: value } : frenchDate(String(value));
    }),
  );
  return xlsx('Effectifs', [CFA_COLUMNS, ...cells]);
}

function tellApprentice(context: SenderContext, random: Random, enrolled: Enrolled, on: CivilDate): CfaRow {
  const { life, stay } = enrolled;
  const { person } = life;
  const { failures, teller } = context;
  const told = teller.tell(random, life, { family: 'cfa', knownOn: on });
  const number = Number(person.id.slice(1));
  const passed = life.awards.find(
    (award) => award.training === stay.training && award.result === 'admis' && award.date <= on,
  );
  const { address } = told;
  return {
    nom_apprenant: told.familyName,
    prenom_apprenant: told.givenNames[0],
    date_de_naissance_apprenant: told.birthDate,
    sexe_apprenant: told.sex,
    ine_apprenant: told.ine,
    id_erp_apprenant: `ERP-${number}`,
    // Columns that real files have and that a campaign may not keep: the values say so themselves.
    nir_apprenant: `NIR-INTERDIT-${String(number).padStart(5, '0')}`,
    rqth_apprenant: 'RQTH-INTERDIT',
    etablissement_formateur_referent_handicap_nom: 'REFERENT-INTERDIT',
    email_contact: told.email,
    tel_apprenant: told.mobile,
    adresse_apprenant: address?.lines.join(', '),
    code_postal_apprenant: address?.postalCode === '' ? undefined : address?.postalCode,
    code_commune_insee_apprenant: address?.commune?.code,
    code_commune_insee_de_naissance_apprenant: told.birthCommune?.code,
    code_postal_de_naissance_apprenant:
      told.birthCountry === FRANCE ? told.birthCommune?.postalCodes[0] : undefined,
    responsable_apprenant_mail1: random.chance(0.6) ? person.parent.email : undefined,
    annee_scolaire: schoolYearLabel(Math.min(schoolYearOf(stay.lastDay ?? on), schoolYearOf(on))),
    ...statusOf(context, random, enrolled, on),
    formation_cfd: stay.training.diplomaCode,
    libelle_court_formation: stay.training.label,
    annee_formation: Math.min(
      stay.training.years,
      stay.year + Math.max(0, schoolYearOf(on) - schoolYearOf(stay.firstDay)),
    ),
    date_inscription_formation: stay.firstDay,
    date_entree_formation: stay.firstDay,
    date_fin_formation: failures.strikes('bad_end_date', random, person.id)
      ? addDays(stay.firstDay, -40)
      : stay.plannedEnd,
    obtention_diplome_formation: passed === undefined ? undefined : 'true',
    date_obtention_diplome_formation: passed?.date,
    ...contractsOf(context, random, enrolled, on),
    etablissement_responsable_uai: stay.school.uai,
    etablissement_formateur_uai: stay.school.uai,
    etablissement_lieu_de_formation_uai: stay.school.uai,
    type_cfa: '01',
  };
}

/** 0 = abandon, 2 = inscrit, 3 = apprenti. */
function statusOf(
  { failures }: SenderContext,
  random: Random,
  { life, stay }: Enrolled,
  on: CivilDate,
): CfaRow {
  const { id } = life.person;
  if (failures.strikes('bad_value', random, id)) return { statut_apprenant: 9 };
  const left =
    stay.ending === 'during_year' && stay.lastDay !== null && stay.lastDay < on ? stay.lastDay : undefined;
  if (left !== undefined && !failures.strikes('exit_never_recorded', random, id)) {
    return { statut_apprenant: 0, date_metier_mise_a_jour_statut: left };
  }
  const begun = stay.contracts.some((contract) => contract.start <= on);
  return { statut_apprenant: begun ? 3 : 2, date_metier_mise_a_jour_statut: stay.firstDay };
}

function contractsOf(
  { failures }: SenderContext,
  random: Random,
  { life, stay }: Enrolled,
  on: CivilDate,
): CfaRow {
  const columns: Record<string, string | undefined> = {};
  const known = stay.contracts.filter((contract) => contract.start <= on);
  known.forEach((contract, rank) => {
    const suffix = rank === 0 ? '' : `_${rank + 1}`;
    const broken = toldBreak(contract, on);
    const silent =
      broken !== undefined &&
      rank === known.length - 1 &&
      failures.strikes('break_untold', random, life.person.id);
    columns[`contrat_date_debut${suffix}`] = contract.start;
    columns[`contrat_date_fin${suffix}`] = contract.plannedEnd;
    columns[`contrat_date_rupture${suffix}`] = silent ? undefined : broken;
    columns[`cause_rupture_contrat${suffix}`] =
      silent || broken === undefined ? undefined : 'Rupture amiable';
    columns[`siret_employeur${suffix}`] = contract.employerSiret;
  });
  return columns;
}

/** The day of a break that had come by `on`. */
export function toldBreak(contract: Contract, on: CivilDate): CivilDate | undefined {
  return contract.brokenOn !== undefined && contract.brokenOn <= on ? contract.brokenOn : undefined;
}
