/** What a FREGATA status means: a status of enrolment, and whether it is an enrolment at all. */
export interface FregataStatus {
  readonly statut: string;
  readonly enrolled: boolean;
}

/**
 * FREGATA status codes. Adults (2502) are trainees of continuing training; distance learning (2504) and VAE (2506) are
 * enrolments of no status that the interchange format names; 2505 (non scolarisé) is no enrolment. Source: formats §3, rules §2.
 */
const STATUSES: Readonly<Record<string, FregataStatus>> = {
  '0000': { statut: 'etudiant', enrolled: true },
  '2501': { statut: 'scolaire', enrolled: true },
  '2502': { statut: 'stagiaire', enrolled: true },
  '2503': { statut: 'apprenti', enrolled: true },
  '2504': { statut: 'autre', enrolled: true },
  '2505': { statut: 'autre', enrolled: false },
  '2506': { statut: 'autre', enrolled: true },
  // The CSV export has the letters that SIECLE also uses.
  ST: { statut: 'scolaire', enrolled: true },
  AP: { statut: 'apprenti', enrolled: true },
};

/** An absent or unknown code is an enrolment of status `autre`: nobody is listed because a code is new. */
export function fregataStatusOf(code: string | undefined): FregataStatus {
  return STATUSES[code?.toUpperCase() ?? ''] ?? { statut: 'autre', enrolled: true };
}
