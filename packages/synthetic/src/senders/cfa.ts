import { addDays, type CivilDate, frenchDate, schoolYearOf } from '../calendar.ts';
import type { RowFailures } from '../failures.ts';
import { csvLine } from '../files/csv.ts';
import type { PlacedOrigin, RowOrigin } from '../files/outbox.ts';
import { type Cell, xlsx } from '../files/xlsx.ts';
import { FRANCE } from '../france/addresses.ts';
import type { Contract } from '../life/model.ts';
import { CFA_COLUMNS, CFA_DATE_COLUMNS, type CfaRow } from './cfa-columns.ts';
import {
  type Enrolled,
  extractionDay,
  isRepeated,
  latestOfEach,
  rowStream,
  type SenderContext,
  schoolYearLabel,
  type Unit,
  unitOf,
} from './sender-context.ts';
import { tellIdentity } from './told-identity.ts';

interface Workbook {
  readonly unit: Unit;
  readonly on: CivilDate;
  readonly rows: Cell[][];
  readonly origins: PlacedOrigin[];
}

interface ToldApprentice {
  readonly one: Enrolled;
  readonly unit: Unit;
  readonly on: CivilDate;
  readonly values: CfaRow;
  readonly origin: RowOrigin;
}

/** Writes the "effectifs" of CFA, each alone or all of an académie together: JSON, CSV or a workbook. Source: formats.md §5. */
export class CfaDesk {
  readonly #context: Pick<SenderContext, 'outbox'>;
  /** A workbook is written whole, at the end. */
  readonly #workbooks = new Map<string, Workbook>();

  constructor(context: Pick<SenderContext, 'outbox'>) {
    this.#context = context;
  }

  /** Tells of the apprentices of a bassin: one row each and sender, of the last stay. */
  deliver(context: SenderContext, enrolled: readonly Enrolled[]): void {
    const byUnit = new Map<string, Enrolled[]>();
    for (const one of enrolled) {
      const { id } = unitOf(one.stay.school, context.mode, '');
      const list = byUnit.get(id);
      if (list) list.push(one);
      else byUnit.set(id, [one]);
    }
    for (const list of byUnit.values()) {
      for (const one of latestOfEach(list)) this.#tell(context, one);
    }
  }

  close(): void {
    for (const [path, { unit, on, rows, origins }] of this.#workbooks) {
      this.#context.outbox.write(path, xlsx('Effectifs', [CFA_COLUMNS, ...rows]), sidecarOf(unit, on));
      this.#context.outbox.tell(path, origins);
    }
  }

  #tell(context: SenderContext, one: Enrolled): void {
    const { life, stay } = one;
    const unit = unitOf(stay.school, context.mode, 'Effectifs des CFA');
    const on = extractionDay(context, unit.id);
    const row = context.failures.ofRow(rowStream(context, life, `cfa/${unit.id}`));
    if (stay.firstDay > on || row.strikes('cfa_under_coverage')) return;
    const values = tellApprentice(row, one, on);
    const times = isRepeated(row) ? 2 : 1;
    const origin = { personId: life.person.id, failures: row.hits };
    for (let time = 0; time < times; time += 1) this.#write(context, { one, unit, on, values, origin });
  }

  #write(context: SenderContext, { one: { stay }, unit, on, values, origin }: ToldApprentice): void {
    const base = `cfa/${unit.id}-effectifs`;
    const sidecar = sidecarOf(unit, on);
    if (stay.school.software === 'cfa-json') {
      const path = `${base}.jsonl`;
      const file = context.outbox.lines(path, () => ({ head: '', sidecar, firstPosition: 1 }));
      file.add(`${JSON.stringify(values)}\n`, origin);
    } else if (stay.school.software === 'cfa-csv') {
      const head = `${csvLine(CFA_COLUMNS)}\r\n`;
      const file = context.outbox.lines(`${base}.csv`, () => ({ head, sidecar, firstPosition: 2 }));
      file.add(`${csvLine(csvCells(values))}\r\n`, origin);
    } else {
      const path = `${base}.xlsx`;
      const book = this.#workbooks.get(path) ?? { unit, on, rows: [], origins: [] };
      this.#workbooks.set(path, book);
      book.rows.push(workbookCells(values));
      book.origins.push({ position: book.rows.length + 1, ...origin });
    }
  }
}

function sidecarOf(unit: Unit, on: CivilDate) {
  return { emetteur: unit.name, date_extraction: on, ...(unit.uai === undefined ? {} : { uai: unit.uai }) };
}

const csvCells = (row: CfaRow) =>
  CFA_COLUMNS.map((column) => {
    const value = row[column];
    return value !== undefined && CFA_DATE_COLUMNS.has(column) ? frenchDate(String(value)) : value;
  });

/** Dates are dates of the spreadsheet, except days that do not exist: those only fit in as text. */
const workbookCells = (row: CfaRow) =>
  CFA_COLUMNS.map((column): Cell => {
    const value = row[column];
    if (value === undefined || !CFA_DATE_COLUMNS.has(column)) return value;
    return addDays(String(value), 0) === value ? { date: value } : frenchDate(String(value));
  });

function tellApprentice(row: RowFailures, enrolled: Enrolled, on: CivilDate): CfaRow {
  const { life, stay } = enrolled;
  const { person } = life;
  const told = tellIdentity(row, life, { family: 'cfa', knownOn: on });
  const { number } = person;
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
    adresse_apprenant: address?.lines.join(' '),
    code_postal_apprenant: address?.postalCode === '' ? undefined : address?.postalCode,
    code_commune_insee_apprenant: address?.commune?.code,
    code_commune_insee_de_naissance_apprenant: told.birthCommune?.code,
    code_postal_de_naissance_apprenant:
      told.birthCountry === FRANCE ? told.birthCommune?.postalCodes[0] : undefined,
    responsable_apprenant_mail1: row.spares('parent_email_missing') ? person.parent.email : undefined,
    annee_scolaire: schoolYearLabel(Math.min(schoolYearOf(stay.lastDay ?? on), schoolYearOf(on))),
    ...statusOf(row, enrolled, on),
    formation_cfd: stay.training.diplomaCode,
    libelle_court_formation: stay.training.label,
    annee_formation: Math.min(
      stay.training.years,
      stay.year + Math.max(0, schoolYearOf(on) - schoolYearOf(stay.firstDay)),
    ),
    date_inscription_formation: stay.firstDay,
    date_entree_formation: stay.firstDay,
    date_fin_formation: row.strikes('bad_end_date') ? addDays(stay.firstDay, -40) : stay.plannedEnd,
    obtention_diplome_formation: passed === undefined ? undefined : 'true',
    date_obtention_diplome_formation: passed?.date,
    ...contractsOf(row, enrolled, on),
    etablissement_responsable_uai: stay.school.uai,
    etablissement_formateur_uai: stay.school.uai,
    etablissement_lieu_de_formation_uai: stay.school.uai,
    type_cfa: '01',
  };
}

/** 0 = abandon, 2 = inscrit, 3 = apprenti. */
function statusOf(row: RowFailures, { stay }: Enrolled, on: CivilDate): CfaRow {
  if (row.strikes('bad_value')) return { statut_apprenant: 9 };
  const left =
    stay.ending === 'during_year' && stay.lastDay !== null && stay.lastDay < on ? stay.lastDay : undefined;
  const late = (day: CivilDate) =>
    row.aside('late exit').isStillUntold('exit_recorded_late', { since: day, on });
  if (left !== undefined && !row.strikes('exit_never_recorded') && !late(left))
    return { statut_apprenant: 0, date_metier_mise_a_jour_statut: left };
  const begun = stay.contracts.some((contract) => contract.start <= on);
  return { statut_apprenant: begun ? 3 : 2, date_metier_mise_a_jour_statut: stay.firstDay };
}

function contractsOf(row: RowFailures, { stay }: Enrolled, on: CivilDate): CfaRow {
  const columns: Record<string, string | undefined> = {};
  const known = stay.contracts.filter((contract) => contract.start <= on);
  known.forEach((contract, rank) => {
    const suffix = rank === 0 ? '' : `_${rank + 1}`;
    const broken = toldBreak(contract, on);
    const silent =
      broken !== undefined &&
      rank === known.length - 1 &&
      row.leavesUntold('break_untold', { since: broken, on });
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
