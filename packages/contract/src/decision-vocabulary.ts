/** What a person decides of a litige. */
export const DECISION_VERDICTS = ['same', 'different', 'unknown'] as const;
export type DecisionVerdict = (typeof DECISION_VERDICTS)[number];

/** Who is in doubt: two people, the lines of one, or one person and a death. */
export const LITIGE_KINDS = ['pair', 'within', 'death'] as const;
export type LitigeKind = (typeof LITIGE_KINDS)[number];

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

/** The same verdicts of a person and a death. */
export const DeathDecisionLabels: Readonly<Record<DecisionVerdict, string>> = {
  same: 'ce décès est le sien',
  different: 'ce décès n’est pas le sien',
  unknown: 'indécis',
};

/**
 * What is wrong with a line of a file of decisions. Nothing of such a file is applied: a decision lost in silence would join or part
 * two people against what somebody decided. `{champ}` is replaced by the name of the column.
 */
export const DECISION_FAULTS = {
  decision_numero_faux:
    '« {champ} » n’est ni un numéro SIEI (12 caractères, le dernier contrôle les autres) ni le code d’un décès (DECES- et 12 caractères) : recopiez-le.',
  decision_deux_deces: 'La ligne dit deux décès, et personne : l’un des deux doit être un numéro SIEI.',
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
    'Personne, dans les fichiers reçus, ne répond à l’un des deux numéros, ou le décès n’y est pas. Gardez la ligne : elle servira s’ils reviennent.',
  numero_unique:
    'Les deux numéros n’en font plus qu’un : rien ne dit qui séparer. Retirez la ligne ; la question sera reposée.',
  indistincte:
    'Les fiches des deux numéros, ou celles qui répondent au numéro, ne se distinguent plus : rien ne dit laquelle est à qui. Faites corriger les fichiers.',
} as const satisfies Record<string, string>;
export type DecisionEffect = keyof typeof DECISION_EFFECTS;
