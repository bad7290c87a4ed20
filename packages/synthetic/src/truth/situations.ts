/** What truly holds of a person at the reference date: a code and one sentence for people. */
export const SITUATIONS = {
  trop_jeune: 'A moins de 16 ans à la date de référence.',
  trop_age: 'A déjà 26 ans à la date de référence.',
  decede: 'Est décédé ou décédée.',
  en_lycee_ou_college: 'Est scolarisé dans un établissement de l’éducation nationale.',
  en_lycee_agricole: 'Est scolarisé dans un établissement agricole.',
  en_prive_hors_contrat: 'Est scolarisé dans un établissement privé hors contrat.',
  en_ecole_a_l_etranger: 'Vit à l’étranger et y est scolarisé.',
  a_l_universite: 'Étudie à l’université.',
  en_apprentissage: 'Est en apprentissage, contrat en cours.',
  rupturant_a_suivre: 'Est en CFA sans contrat depuis 180 jours au plus.',
  hors_fenetre: 'N’était plus en formation pendant la période regardée.',
  diplome: 'A obtenu le diplôme visé et n’est plus en formation.',
  cycle_non_vise: 'A quitté une formation qui ne mène pas à un diplôme visé.',
  decroche_en_cours_annee: 'A quitté sa formation en cours d’année, sans le diplôme.',
  decroche_a_la_rentree: 'N’est pas revenu à la rentrée, sans le diplôme.',
  decroche_cfa: 'A quitté son CFA sans le diplôme.',
  decroche_cfa_sans_contrat: 'Est en CFA sans contrat depuis plus de 180 jours.',
} as const;

export type SituationCode = keyof typeof SITUATIONS;
