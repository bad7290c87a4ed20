import {
  proposedBy,
  RefutationLabels,
  type SchoolAnswer,
  SchoolAnswerLabels,
  type SchoolAnswerRow,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { part } from '../frame/missing-parts.tsx';

const NONE: readonly SchoolAnswerRow[] = [];

/** What schools answered and nobody of the platform has decided yet, the oldest first; none until it is known. */
export function useSchoolAnswers(platform: string | undefined): readonly SchoolAnswerRow[] {
  const { data } = useQuery({
    queryKey: ['school-answers', platform],
    queryFn: ({ signal }) => call('schoolAnswers', { query: { platform: platform ?? '' } }, signal),
    enabled: platform !== undefined,
    meta: part('les réponses des établissements'),
  });
  return data?.answers ?? NONE;
}

/** The school of a case and what was asked of it. */
export const useCaseSchool = (caseId: string) =>
  useQuery({
    queryKey: ['case-school', caseId],
    queryFn: ({ signal }) => call('caseSchool', { params: { caseId } }, signal),
    meta: part('l’établissement d’origine'),
  });

/** « en formation ailleurs (CFA de Lens) ». */
export const answerWords = (answer: SchoolAnswer, place: string | null): string =>
  SchoolAnswerLabels[answer] + (place === null ? '' : ` (${place})`);

/** The body of the verification that an answer proposes, and its words: « Vérifié : a déménagé ». */
export function proposal(answer: SchoolAnswer, place: string | null, school: string) {
  const body = proposedBy(answer, place, school);
  const words = body.decision === 'confirm' ? 'toujours sans solution' : RefutationLabels[body.reason];
  return { body, words, done: `Vérifié : ${words}` };
}
