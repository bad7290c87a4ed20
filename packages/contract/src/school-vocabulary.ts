import type { RefutationReason } from './case-axes.ts';

/** The page that a link of a message opens; what opens it comes behind the #. */
export const SCHOOL_LINK_PATH = '/reponse-etablissement';

/** What a school says of a former pupil: five buttons, the last of which opens a few more. Never a reason of health or family. */
export const SCHOOL_ANSWERS = [
  'no_news',
  'enrolled_elsewhere',
  'graduated',
  'moved',
  'back_here',
  'employed',
  'never_here',
  'deceased',
] as const;
export type SchoolAnswer = (typeof SCHOOL_ANSWERS)[number];
export const SchoolAnswerLabels = {
  no_news: 'toujours sans nouvelle',
  enrolled_elsewhere: 'en formation ailleurs',
  graduated: 'a obtenu son diplôme',
  moved: 'a déménagé',
  back_here: 'de retour dans l’établissement',
  employed: 'en emploi',
  never_here: 'n’a pas été élève ici',
  deceased: 'décès',
} as const satisfies Record<SchoolAnswer, string>;

/** The answers that have a button of their own, and those behind « autre ». */
export const FIRST_SCHOOL_ANSWERS = [
  'no_news',
  'enrolled_elsewhere',
  'graduated',
  'moved',
] as const satisfies readonly SchoolAnswer[];
export const OTHER_SCHOOL_ANSWERS = [
  'back_here',
  'employed',
  'never_here',
  'deceased',
] as const satisfies readonly SchoolAnswer[];

/** What a letter has to type: 20 characters that are not mistaken for one another (Crockford's base 32), a hundred bits. */
export const LETTER_CODE = /^[0-9A-HJKMNP-TV-Z]{20}$/;

/** The code that somebody typed: whatever the case and what stands between, O read as 0, I and L as 1. */
export const readLetterCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

/** As it is printed: by fives. */
export const writeLetterCode = (code: string): string => code.match(/.{1,5}/g)?.join('-') ?? '';

/** Answers to which one may add where. */
export const PLACED_SCHOOL_ANSWERS: readonly SchoolAnswer[] = ['enrolled_elsewhere', 'moved'];

/** What an answer proposes to whoever verifies; a person decides. */
export type ProposedVerification =
  | { readonly decision: 'confirm' }
  | { readonly decision: 'refute'; readonly reason: RefutationReason; readonly establishment?: string };

const REASONS = {
  enrolled_elsewhere: 'enrolled_elsewhere',
  graduated: 'graduated',
  moved: 'moved',
  back_here: 'enrolled_elsewhere',
  employed: 'employed',
  never_here: 'error',
  deceased: 'deceased',
} as const satisfies Record<Exclude<SchoolAnswer, 'no_news'>, RefutationReason>;

const UAI = /^\d{7}[A-Z]$/;

/** The verification that an answer of the school `uai` proposes. A place that is the code of an establishment is told as one. */
export function proposedBy(answer: SchoolAnswer, place: string | null, uai: string): ProposedVerification {
  if (answer === 'no_news') return { decision: 'confirm' };
  const named = answer === 'back_here' ? uai : answer === 'enrolled_elsewhere' ? place : null;
  const reason = REASONS[answer];
  return named !== null && UAI.test(named)
    ? { decision: 'refute', reason, establishment: named }
    : { decision: 'refute', reason };
}
