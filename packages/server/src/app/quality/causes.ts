/** Why somebody is missed or wrongly listed: one main cause each, from what can be shown. */
export const CAUSES = {
  told_wrong: 'une ligne dit autre chose que ce qui s’est passé',
  extracted_before: 'le fichier a été extrait avant le changement',
  untold: 'la ligne qu’il fallait n’est dans aucun fichier reçu',
  abroad: 'scolarisé à l’étranger : aucun émetteur ne peut le dire',
  not_received: 'la ligne qu’il fallait est dans un fichier qui n’a pas été reçu',
  rejected: 'la ligne qu’il fallait a été rejetée ou écartée',
  unlinked: 'la ligne qu’il fallait a été lue, et n’a pas été rapprochée',
  foreign_record: 'une ligne de quelqu’un d’autre lui a été attribuée',
  in_another_person: 'toutes ses lignes ont été attribuées à quelqu’un d’autre',
  false_death: 'le décès de quelqu’un d’autre lui a été attribué',
  unexplained: 'inexpliqué',
} as const;
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
  'names_swapped',
  ...BIRTH_DATE,
  'name_typo',
  'mojibake',
  'name_truncated',
  'usage_name_always',
  'usage_name_as_family',
  'compound_name_cut',
  'particle_glued',
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
];

/** Faults for which a row is rejected, or taken for that of a child. */
const REJECTED = ['bad_birth_date', 'bad_value', 'bad_end_date', 'duplicate_row', 'birth_date_typo'];

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
  examens: 'exam_missing',
  contrats: 'contract_untold',
  insee: 'death_told_late',
  none: 'school_silent',
};
