/**
 * Delays that the law sets, and what satisfies each. What counts as the day of the signalement differs from one sender to the
 * other: a clock tells from which day it was counted.
 */
export const LEGAL_CLOCKS = ['reorientation_interview', 'return_interview', 'department_report'] as const;
export type LegalClock = (typeof LEGAL_CLOCKS)[number];

export interface LegalClockTerms {
  readonly label: string;
  /** In French, for people. */
  readonly source: string;
  readonly satisfiedBy: string;
  readonly countedFrom: string;
}

export const LegalClockTerms = {
  reorientation_interview: {
    label: 'Entretien de réorientation avec le représentant légal',
    source: 'code de l’éducation, L.313-8 : dans les trois mois qui suivent le signalement',
    satisfiedBy: 'un entretien tenu en présence du représentant légal',
    countedFrom: 'la date à laquelle la plateforme a reçu le signalement ou la liste',
  },
  return_interview: {
    label: 'Entretien après une demande de retour en formation',
    source: 'code de l’éducation, D.122-3-3 : dans les quinze jours qui suivent la demande',
    satisfiedBy: 'un entretien tenu après la demande',
    countedFrom: 'la date de la demande',
  },
  department_report: {
    label: 'Transmission au conseil départemental',
    source: 'code de l’éducation, R.114-7 : dans les deux mois qui suivent la convocation',
    satisfiedBy: 'l’obligation de formation remplie, une exemption, ou la transmission au département',
    countedFrom: 'la date de la convocation',
  },
} as const satisfies Record<LegalClock, LegalClockTerms>;

/** The delays themselves. */
export const REORIENTATION_MONTHS = 3;
export const RETURN_DAYS = 15;
export const REPORT_MONTHS = 2;

/**
 * Days for which what is known of somebody holds without being confirmed anew; after them the situation is unknown.
 * [choice of the product, after the currency rules of the English CCIS]
 */
export const SITUATION_DAYS = { in_solution: 90, otherwise: 60 } as const;
