/** Why somebody is missed or wrongly listed: one main cause each, the first that can be shown. A short name, and what it means. */
export const CAUSES = {
  told_wrong: ['ligne inexacte', 'une ligne de la personne dit autre chose que ce qui s’est passé'],
  extracted_before: ['fichier extrait avant', 'le fichier a été fait avant le départ, ou avant l’arrivée'],
  untold: ['ligne absente', 'la ligne qu’il fallait n’est dans aucun fichier reçu'],
  abroad: ['à l’étranger', 'la personne est scolarisée à l’étranger : aucun émetteur ne peut le dire'],
  not_received: ['fichier non reçu', 'la ligne qu’il fallait est dans un fichier que la campagne n’a pas eu'],
  rejected: ['ligne rejetée', 'la ligne qu’il fallait a été rejetée, ou écartée pour son âge'],
  unlinked: ['ligne non rapprochée', 'la ligne qu’il fallait a été lue, et n’a pas été rapprochée'],
  foreign_record: ['ligne d’autrui', 'une ligne de quelqu’un d’autre a été attribuée à la personne'],
  in_another_person: ['confondu', 'toutes les lignes de la personne ont été attribuées à quelqu’un d’autre'],
  false_death: ['décès d’autrui', 'le décès de quelqu’un d’autre a été attribué à la personne'],
  unexplained: ['inexpliqué', 'aucune des causes ci-dessus ne peut être montrée'],
} as const satisfies Record<string, readonly [name: string, meaning: string]>;
export type CauseCode = keyof typeof CAUSES;

/** Faults that can make a row say that somebody is still there, or leave out how they left. */
const STILL_THERE = [
  'ghost_return',
  'exit_never_recorded',
  'exit_recorded_late',
  'exit_untold_after_transfer',
  'break_untold',
  'bad_end_date',
  'exit_as_not_schooled',
  'last_contact_missing',
];

const BIRTH_DATE = ['birth_date_first_january', 'day_month_swapped', 'birth_date_typo'];

/** Faults that can keep two rows of one person apart: those that tell most first. */
const APART = [
  'ine_double',
  'ine_of_apprentice',
  'ine_bea_kept',
  'names_swapped',
  'register_names_swapped',
  ...BIRTH_DATE,
  'name_typo',
  'register_name_typo',
  'mojibake',
  'register_mojibake',
  'name_truncated',
  'register_name_truncated',
  'usage_name_always',
  'usage_name_as_family',
  'register_usage_name',
  'compound_name_cut',
  'register_compound_cut',
  'particle_glued',
  'register_particle_glued',
  'birth_place_wrong',
  'death_date_partial',
  'ina_instead_of_ine',
  'ine_malformed',
  'ine_missing_school',
  'ine_missing_agriculture',
  'ine_missing_cfa',
  'ine_missing_exams',
  'ine_missing_accompaniment',
  'ine_missing_private',
  'birth_place_missing',
  'death_place_missing',
  'birth_place_former',
  'accents_lost',
  'register_accents_lost',
];

/** Faults for which a row is rejected, or taken for that of a child. */
const REJECTED = ['bad_birth_date', 'bad_value', 'bad_end_date', 'birth_date_typo'];

/** Faults that can make a row say that somebody who is there has gone. */
const GONE = ['summer_blindness'];

/** What a fault may explain; in each topic the first that struck is the one told. */
export const FAULT_TOPICS = {
  still_there: STILL_THERE,
  birth_date: BIRTH_DATE,
  apart: APART,
  rejected: REJECTED,
  gone: GONE,
  /** A contract that another row shows broken. */
  still_hired: ['break_untold'],
} as const satisfies Record<string, readonly string[]>;
export type FaultTopic = keyof typeof FAULT_TOPICS;

/** The one fault of a sender that leaves somebody out of its file altogether; told where nothing else is possible. */
export const FAULT_OF_SILENCE: Readonly<Record<string, string>> = {
  cfa: 'cfa_under_coverage',
  'education-nationale/sygne': 'enrolment_told_late',
  'education-nationale/siecle': 'enrolment_told_late',
  'education-nationale/extraction': 'enrolment_told_late',
  agriculture: 'dates_left_out',
  'prive-hors-contrat': 'enrolment_told_late',
  universite: 'enrolment_told_late',
  examens: 'exam_missing',
  contrats: 'contract_untold',
  insee: 'death_told_late',
  none: 'school_silent',
};

/** The same of those who are there, where it is another: an export without dates leaves out those who left. */
export const FAULT_OF_SILENCE_ON_ARRIVAL: Readonly<Record<string, string>> = {
  ...FAULT_OF_SILENCE,
  agriculture: 'enrolment_told_late',
};
