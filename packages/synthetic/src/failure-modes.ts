import type { Random } from './random.ts';

/**
 * Ways in which senders' files differ from what happened. One table: a rate is the chance at each occasion
 * (a stay, a row, an address…). Sources are those of domain.md; `[inferred]` = ours, a magnitude to be present and seen.
 */
export const FAILURE_MODES = {
  exit_never_recorded: { rate: 0.05, source: '[inferred] domain.md §2.4 (10): la sortie n’est pas saisie' },
  exit_recorded_late: {
    rate: 0.15,
    source: 'Cour des comptes 2025, « repérés trop tardivement » ; taux [inferred]',
  },
  exit_as_inactive: { rate: 0.1, source: '[inferred] SIECLE : division « Inactifs », SYGNE : classe vide' },
  exit_told_at_year_end: { rate: 0.25, source: '[inferred] sortie datée du dernier jour de classe' },
  ghost_return: { rate: 0.04, source: '[inferred] montée de niveau automatique, élève jamais revenu' },
  exit_after_transfer: {
    rate: 0.85,
    source: 'DSI Dijon : partis vers un autre ministère, « sortie » pour l’EN ; taux [inferred]',
  },
  ine_missing_school: { rate: 0.01, source: '[inferred] nouveaux arrivants' },
  ine_missing_agriculture: { rate: 0.12, source: 'AplyPro, cas « :no_ine » ; taux [inferred]' },
  ine_missing_cfa: { rate: 0.22, source: '[inferred] INE facultatif dans les effectifs de CFA' },
  ine_missing_exams: { rate: 0.03, source: '[inferred] candidats individuels' },
  ine_missing_accompaniment: { rate: 0.65, source: '[inferred] i-MILO n’a pas besoin de l’INE' },
  ine_missing_private: { rate: 0.5, source: 'domain.md §2.3 : privé hors contrat ; taux [inferred]' },
  ine_of_apprentice: { rate: 0.08, source: 'domain.md §7.6 : INE apprenti ; taux [inferred]' },
  ine_double: {
    rate: 0.008,
    source: '« un élève physique se retrouve avec 2 INE » (AplyPro) ; taux [inferred]',
  },
  ine_malformed: { rate: 0.004, source: '[inferred]' },
  ina_instead_of_ine: { rate: 0.15, source: 'domain.md §2.3 : INAA de l’agriculture ; taux [inferred]' },
  usage_name_as_family: { rate: 0.5, source: '[inferred] CFA et partenaires, quand un nom d’usage existe' },
  accents_lost: { rate: 0.25, source: 'domain.md §7.4 ; taux [inferred]' },
  name_typo: { rate: 0.012, source: 'domain.md §7.4 ; taux [inferred]' },
  particle_glued: { rate: 0.08, source: 'linkage.md : DE MAILLARD = DEMAILLARD ; taux [inferred]' },
  compound_name_cut: { rate: 0.1, source: 'domain.md §7.4 : prénoms composés ; taux [inferred]' },
  day_month_swapped: { rate: 0.006, source: 'domain.md §7.4 ; taux [inferred]' },
  birth_date_typo: { rate: 0.004, source: '[inferred]' },
  birth_place_missing: { rate: 0.06, source: 'domain.md §7.4 ; taux [inferred]' },
  contact_stale: { rate: 0.2, source: 'Bretagne 2018-19 : 549 messages sans réponse sur 2 793' },
  contact_missing: { rate: 0.06, source: '[inferred]' },
  departure_abroad_untold: {
    rate: 0.6,
    source: 'domain.md §2.4 (8) : partis à l’étranger ; taux [inferred]',
  },
  death_untold: { rate: 0.5, source: 'domain.md §2.4 (8) : décès ; taux [inferred]' },
  cfa_under_coverage: { rate: 0.05, source: 'SIFA : nouveaux CFA, −5 % en 2020 (DEPP)' },
  contract_untold: { rate: 0.15, source: '[inferred] contrats saisis après l’extraction' },
  break_untold: { rate: 0.12, source: '[inferred] rupture déclarée plus tard' },
  exam_missing: { rate: 0.015, source: '[inferred] session d’une autre académie' },
  last_contact_missing: { rate: 0.1, source: '[inferred] dossiers de mission locale' },
  duplicate_row: { rate: 0.004, source: '[inferred] formats.md §1 : le même INE deux fois' },
  bad_birth_date: { rate: 0.003, source: '[inferred] jour qui n’existe pas' },
  bad_end_date: { rate: 0.002, source: '[inferred] fin avant début' },
  bad_value: { rate: 0.003, source: '[inferred] valeur hors liste, UAI à clé fausse' },
} as const satisfies Record<string, { rate: number; source: string }>;

export type FailureMode = keyof typeof FAILURE_MODES;

export interface FailureTally {
  occasions: number;
  hits: number;
}

/** Draws failures and counts them: occasions and hits of each mode, and which modes touched which person. */
export class Failures {
  readonly #tallies = new Map<FailureMode, FailureTally>();
  readonly #byPerson = new Map<string, Set<FailureMode>>();

  /** True when `mode` strikes this time. */
  strikes(mode: FailureMode, random: Random, personId: string): boolean {
    const tally = this.#tallies.get(mode) ?? { occasions: 0, hits: 0 };
    this.#tallies.set(mode, tally);
    tally.occasions += 1;
    if (!random.chance(FAILURE_MODES[mode].rate)) return false;
    tally.hits += 1;
    const modes = this.#byPerson.get(personId);
    if (modes) modes.add(mode);
    else this.#byPerson.set(personId, new Set([mode]));
    return true;
  }

  tallies(): ReadonlyMap<FailureMode, Readonly<FailureTally>> {
    return this.#tallies;
  }

  /** Modes that touched a person's rows, sorted. */
  of(personId: string): readonly FailureMode[] {
    return [...(this.#byPerson.get(personId) ?? [])].sort();
  }
}
