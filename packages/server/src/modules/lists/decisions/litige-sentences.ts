/** Why a litige is one, by `linkage.litiges.reason`. */
export const LITIGE_SENTENCES: Readonly<Record<string, string>> = {
  identifier_disagrees:
    'un autre dossier porte le même identifiant, avec un autre nom et une autre date de naissance',
  two_identifiers: 'deux identifiants différents de même type, tous deux récents',
  two_enrolments: 'deux scolarités en cours le même jour dans deux établissements',
  look_alike: 'un autre dossier ressemble à celui-ci, sans que ce soit sûr',
  death: 'un décès ressemble à cette personne, sans que ce soit sûr',
};

/** What the words of a file of decisions mean of a death. */
export const DEATH_ANSWERS = 'meme_personne : c’est son décès ; personnes_differentes : celui d’un autre';

/** Litiges about who is the same person: those that a decision closes. */
export const IDENTITY_LITIGES = ['identifier_disagrees', 'two_identifiers', 'two_enrolments', 'look_alike'];
