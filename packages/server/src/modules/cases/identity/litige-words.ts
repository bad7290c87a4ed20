import type { CheckCode, Litige, LitigeKind, LitigeState } from '@raccroche/contract';

/** Of an answer that stands: all that says whose turn it is. */
type Answer = Pick<Litige['decisions'][number], 'verdict' | 'decidedBy'>;

/** People who must not have known before a question is put aside. */
const UNSURE_MAX = 2;

/** Whose turn it is, for this person; `answers`: those that stand, the last one first. */
export function litigeState(answers: readonly Answer[], personId: string): LitigeState {
  const [last] = answers;
  if (!last) return 'to_decide';
  if (last.verdict !== 'unknown') return 'decided';
  const sure = answers.findIndex(({ verdict }) => verdict !== 'unknown');
  const unsure = new Set(
    answers.slice(0, sure < 0 ? answers.length : sure).map(({ decidedBy }) => decidedBy),
  );
  if (unsure.size >= UNSURE_MAX) return 'set_aside';
  return unsure.has(personId) ? 'waiting' : 'second_opinion';
}

/** What the doubt is about, by the numbers and the reasons of the campaign. */
export function litigeKind(siei1: string, siei2: string, reasons: readonly string[]): LitigeKind {
  if (reasons.includes('death')) return 'death';
  return siei1 === siei2 ? 'within' : 'pair';
}

/** What is known of one side when the answer is weighed. */
export interface SideStanding {
  readonly listed: boolean | null;
  readonly failedChecks: readonly CheckCode[];
}

export interface LitigeStanding {
  readonly kind: LitigeKind;
  /** Null: the publication did not tell. */
  readonly sides: readonly SideStanding[] | null;
  /** Open cases of the two sides that the caller sees. */
  readonly openCases: number;
  /** Somebody else did not know already. */
  readonly isSecond: boolean;
}

/** What of the other side would take a person off the list if both were one. Other checks need more than one side to tell. */
const CARRIED: Partial<Record<CheckCode, string>> = {
  not_enrolled:
    'L’autre est en formation : la personne le serait aussi, et sortirait de la liste à la prochaine campagne.',
  no_qualifying_diploma:
    'L’autre a obtenu le diplôme visé : la personne l’aurait aussi, et sortirait de la liste à la prochaine campagne.',
  obligation_unmet:
    'L’autre remplit l’obligation de formation : la personne la remplirait aussi, et sortirait de la liste à la prochaine campagne.',
  alive:
    'L’autre est tenue pour décédée : la personne le serait aussi, et sortirait de la liste. Ne répondez que si vous en êtes certain.',
};
const AFTER_LEAVING =
  'Son dossier serait fermé si personne n’y a encore rien fait ; sinon, il serait seulement signalé.';
const NOTHING_TOLD =
  'Cette publication ne dit pas ce que l’on sait de l’autre : ce qui change se verra à la prochaine campagne.';

function whenOne({ sides, openCases }: LitigeStanding): string[] {
  const joined =
    'À la prochaine campagne, toutes ces lignes seront celles d’une seule personne : un seul numéro, une seule place sur la liste.';
  if (openCases > 1)
    return [
      joined,
      'Les deux dossiers restent ouverts jusque-là. L’un sera alors signalé en double, et vous pourrez les réunir sans rien perdre.',
    ];
  if (sides === null) return [joined, NOTHING_TOLD];
  const carried = [...new Set(sides.flatMap(({ listed, failedChecks }) => (listed ? [] : failedChecks)))];
  const leaving = carried.flatMap((check) => CARRIED[check] ?? []);
  if (leaving.length > 0) return [joined, ...leaving, AFTER_LEAVING];
  return [
    joined,
    sides.every(({ listed }) => listed)
      ? 'Elle ne sera plus comptée deux fois. L’autre dossier est suivi ailleurs : sa plateforme sera prévenue par la publication.'
      : 'L’autre n’est sur aucune liste, et rien de ce que l’on en sait n’en ferait sortir celle-ci.',
  ];
}

const WHEN: Readonly<Record<LitigeKind, (of: LitigeStanding) => { same: string[]; different: string[] }>> = {
  pair: (of) => ({
    same: whenOne(of),
    different: [
      'Elles restent deux personnes, chacune avec son numéro et son dossier.',
      'La question ne sera plus posée, même quand les fichiers changeront.',
    ],
  }),
  within: () => ({
    same: [
      'Ces lignes restent celles d’une seule personne. Rien ne change sur les listes, et la question ne sera plus posée.',
    ],
    different: [
      'À la prochaine campagne, les lignes seront séparées : l’une garde ce numéro, l’autre en reçoit un nouveau.',
      'Chacune sera jugée pour elle-même : l’une pourra sortir de la liste, l’autre y rester.',
    ],
  }),
  death: () => ({
    same: [
      'La personne sortira des listes à la prochaine campagne. D’ici là, ni appel ni courrier.',
      'Son dossier n’est pas effacé : sa plateforme le ferme, avec les égards dus à la famille.',
    ],
    different: [
      'La personne reste sur la liste. Ses coordonnées y reviendront à la prochaine campagne.',
      'Ce décès ne lui sera plus opposé.',
    ],
  }),
};

/** What each answer would change, in French sentences. */
export function litigeConsequences(of: LitigeStanding): Litige['consequences'] {
  return {
    ...WHEN[of.kind](of),
    unknown: [
      of.isSecond
        ? 'Vous serez deux à ne pas savoir : la question est mise de côté, et rien ne change.'
        : 'La question est posée à quelqu’un d’autre de la plateforme. Rien ne change d’ici là.',
    ],
  };
}
