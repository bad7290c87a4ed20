/** Words of solutions that are proposed to a structure: what it answers, what the person answers. With their French labels. */

export const STRUCTURE_ANSWERS = ['takes', 'waiting_list', 'refuses', 'call_again'] as const;
export type StructureAnswer = (typeof STRUCTURE_ANSWERS)[number];
export const StructureAnswerLabels = {
  takes: 'nous prenons',
  waiting_list: 'liste d’attente',
  refuses: 'non',
  call_again: 'recontactez-nous',
} as const satisfies Record<StructureAnswer, string>;

/** Why a structure does not take somebody: the offer, never the person's life. */
export const STRUCTURE_REFUSALS = ['full', 'age', 'level', 'distance', 'dates', 'not_ours'] as const;
export type StructureRefusal = (typeof STRUCTURE_REFUSALS)[number];
export const StructureRefusalLabels = {
  full: 'plus de place',
  age: 'l’âge ne convient pas',
  level: 'le niveau demandé n’est pas celui-là',
  distance: 'trop loin de son domicile',
  dates: 'les dates ne conviennent pas',
  not_ours: 'ce n’est pas ce que nous proposons',
} as const satisfies Record<StructureRefusal, string>;

export const PERSON_ANSWERS = ['accepts', 'declines'] as const;
export type PersonAnswer = (typeof PERSON_ANSWERS)[number];
export const PersonAnswerLabels = {
  accepts: 'la personne accepte',
  declines: 'la personne ne souhaite pas',
} as const satisfies Record<PersonAnswer, string>;

/** Days after which a structure that has not answered is called. [choice of the product] */
export const REFERRAL_DAYS = 7;
