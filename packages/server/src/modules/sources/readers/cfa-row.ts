import { type CivilDate, parseCivilDate } from '../../../kernel/civil-date.ts';
import type { RowPart, RowSink } from '../reader.ts';
import type { CfaColumn, CfaRow } from './cfa-columns.ts';
import { type CfaContract, contractsOf } from './cfa-contracts.ts';
import { type CfaLastDay, type CfaStatus, cfaLastDay } from './cfa-last-day.ts';
import { dateOf, type RowValues, sexOf } from './row-values.ts';

const STATUS_WORDS: Readonly<Record<string, CfaStatus>> = {
  '0': '0',
  '2': '2',
  '3': '3',
  abandon: '0',
  inscrit: '2',
  apprenti: '3',
};

/** Brings one row of CFA effectifs to the sink: the training, its contracts, its award. Source: formats §5, rules §2 and §8. */
export function readCfaRow(row: CfaRow, position: string, sink: RowSink): void {
  const status = STATUS_WORDS[row.get('statut_apprenant')?.toLowerCase() ?? ''];
  if (status === undefined) {
    sink.reject(position, 'valeur_hors_liste', 'statut_apprenant');
    return;
  }
  const told = contractsOf(row);
  if ('missing' in told) {
    sink.reject(position, 'contrat_incomplet', told.missing);
    return;
  }
  const start = startOf(row);
  const end = cfaLastDay({
    status,
    firstDay: parseCivilDate(start),
    statusDate: readableDate(row, 'date_metier_mise_a_jour_statut', position, sink),
    excludedOn: readableDate(row, 'date_exclusion_formation', position, sink),
    trainingEnd: readableDate(row, 'date_fin_formation', position, sink),
    contractEnds: told.contracts.flatMap(endOfContract),
  });
  const training: RowPart = {
    kind: 'inscriptions',
    values: trainingOf(row, status, start, end),
  };
  const uai = uaiOf(row);
  const contracts = told.contracts.map((contract) => contractPart(contract, row, uai));
  sink.row(position, [training, ...contracts, ...awardParts(row, end)]);
  if (end.undatedAbandon) sink.warn(position, 'abandon_sans_date', 'date_metier_mise_a_jour_statut');
}

/** A date that only this reader uses: intake never sees it, so its being unreadable is told here. */
function readableDate(
  row: CfaRow,
  column: CfaColumn,
  position: string,
  sink: RowSink,
): CivilDate | undefined {
  const written = dateOf(row.get(column));
  const date = parseCivilDate(written);
  if (written !== undefined && date === undefined) sink.warn(position, 'date_illisible', column);
  return date;
}

function startOf(row: CfaRow): string | undefined {
  return dateOf(row.get('date_entree_formation')) ?? dateOf(row.get('date_inscription_formation'));
}

function endOfContract(contract: CfaContract): CivilDate[] {
  const end = parseCivilDate(dateOf(contract.broken)) ?? parseCivilDate(dateOf(contract.plannedEnd));
  return end === undefined ? [] : [end];
}

/** The place of training is nearest to the young person; the school that teaches, then the one that answers for it, stand in. */
function uaiOf(row: CfaRow): string | undefined {
  return (
    row.get('etablissement_lieu_de_formation_uai') ??
    row.get('etablissement_formateur_uai') ??
    row.get('etablissement_responsable_uai')
  );
}

/** The learner and the training. One literal, no spread, which would cost as much as all else here: it runs once a row. */
function trainingOf(row: CfaRow, status: CfaStatus, start: string | undefined, end: CfaLastDay): RowValues {
  return {
    ine: row.get('ine_apprenant'),
    nom_famille: row.get('nom_apprenant'),
    prenom1: row.get('prenom_apprenant'),
    sexe: sexOf(row.get('sexe_apprenant')),
    date_naissance: dateOf(row.get('date_de_naissance_apprenant')),
    commune_naissance: row.get('code_commune_insee_de_naissance_apprenant'),
    adresse: row.get('adresse_apprenant'),
    code_postal: row.get('code_postal_apprenant'),
    commune_residence: row.get('code_commune_insee_apprenant'),
    telephone: row.get('tel_apprenant'),
    courriel: row.get('email_contact'),
    resp1_courriel: row.get('responsable_apprenant_mail1'),
    resp2_courriel: row.get('responsable_apprenant_mail2'),
    uai: uaiOf(row),
    annee_scolaire: row.get('annee_scolaire'),
    // What a trainee without contract is, x_cfa_statut says.
    statut: 'apprenti',
    x_cfa_statut: status,
    code_diplome: row.get('formation_cfd'),
    date_debut: start,
    date_fin: end.lastDay,
    motif_fin: end.reason === 'exclusion' ? 'exclusion' : end.reason === 'abandon' ? 'autre' : undefined,
    x_abandon_sans_date: end.undatedAbandon ? '1' : undefined,
  };
}

function contractPart(contract: CfaContract, row: CfaRow, uai: string | undefined): RowPart {
  return {
    kind: 'contrats',
    values: {
      type: 'apprentissage',
      uai_cfa: uai,
      code_diplome: row.get('formation_cfd'),
      siret_employeur: contract.employerSiret,
      date_debut: dateOf(contract.start),
      date_fin_prevue: dateOf(contract.plannedEnd),
      date_rupture: dateOf(contract.broken),
      motif_rupture: contract.breakReason,
    },
  };
}

/**
 * `obtention_diplome_formation` true is an award with the level of the diploma code. Without its date, the month in which
 * the training ended is its session, else the close of its school year: the row tells that it is won, not when.
 */
function awardParts(row: CfaRow, end: CfaLastDay): RowPart[] {
  if (!isTrue(row.get('obtention_diplome_formation'))) return [];
  const awardedOn = dateOf(row.get('date_obtention_diplome_formation'));
  const ended = parseCivilDate(dateOf(row.get('date_fin_formation'))) ?? end.lastDay;
  const closes = /^(\d{4})/.exec(row.get('annee_scolaire') ?? '')?.[1];
  const closing = closes === undefined ? undefined : `${Number(closes) + 1}-08`;
  const values = {
    type: 'autre',
    code_diplome: row.get('formation_cfd'),
    libelle: row.get('libelle_court_formation'),
    session: (parseCivilDate(awardedOn) ?? ended)?.slice(0, 7) ?? closing,
    date_obtention: awardedOn,
    resultat: 'admis',
  };
  return [{ kind: 'diplomes', values }];
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['true', '1', 'oui', 'vrai', 'o'].includes(value.toLowerCase());
}
