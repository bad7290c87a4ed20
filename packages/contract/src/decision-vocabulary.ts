/** What a person decides of a litige. */
export const DECISION_VERDICTS = ['same', 'different', 'unknown'] as const;
export type DecisionVerdict = (typeof DECISION_VERDICTS)[number];

/** Words of the column `decision`. */
export const DECISION_WORDS = {
  meme_personne: 'same',
  personnes_differentes: 'different',
  indecis: 'unknown',
} as const satisfies Record<string, DecisionVerdict>;

export const DecisionLabels: Readonly<Record<DecisionVerdict, string>> = {
  same: 'une seule personne',
  different: 'deux personnes différentes',
  unknown: 'indécis',
};

/**
 * What is wrong with a line of a file of decisions. Nothing of such a file is applied: a decision lost in silence would join or part
 * two people against what somebody decided. `{champ}` is replaced by the name of the column.
 */
export const DECISION_FAULTS = {
  decision_numero_faux:
    '« {champ} » n’est pas un numéro SIEI (12 caractères, le dernier contrôle les autres) : recopiez-le.',
  decision_hors_liste:
    '« decision » attend meme_personne, personnes_differentes ou indecis ; une ligne non tranchée reste vide.',
  decision_date_illisible:
    '« date_decision » est absente ou n’existe pas. Écrivez-la aaaa-mm-jj (ou jj/mm/aaaa).',
  decision_role_absent: '« role » est vide. Écrivez qui a tranché, par sa fonction, jamais par son nom.',
  decision_texte_long: '« {champ} » dépasse 200 caractères. Résumez, sans rien de personnel.',
} as const satisfies Record<string, string>;
export type DecisionFaultCode = keyof typeof DECISION_FAULTS;

/** What became of a decision in a campaign. `{lignes}` is replaced by the lines that contradict it. */
export const DECISION_EFFECTS = {
  appliquee: 'Appliquée.',
  contredite: 'Contredite par une autre décision (ligne {lignes}) : aucune n’est appliquée. Gardez la bonne.',
  numero_inconnu: 'Le registre ne connaît pas l’un des deux numéros. Vérifiez-les, et le registre employé.',
  sans_objet:
    'Personne, dans les fichiers reçus, ne répond à l’un des deux numéros. Gardez la ligne : elle servira si la personne revient.',
  numero_unique:
    'Les deux numéros n’en font plus qu’un : rien ne dit qui séparer. Retirez la ligne ; la question sera reposée.',
  indistincte:
    'Les fiches des deux numéros ne se distinguent plus : rien ne dit laquelle est à qui. Faites corriger les fichiers.',
} as const satisfies Record<string, string>;
export type DecisionEffect = keyof typeof DECISION_EFFECTS;
