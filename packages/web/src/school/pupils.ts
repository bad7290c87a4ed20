import {
  CaseOutcomeLabels,
  type FormerPupil,
  RefutationLabels,
  type SchoolPupil,
  SolutionKindLabels,
  VerificationLabels,
} from '@raccroche/contract';
import { capital } from '../words/texts.ts';

/** A former pupil: where they stand, and what the school was asked and said. */
export type Pupil = FormerPupil & SchoolPupil;

/** Those of whom both are known, in the order of what the school is asked. */
export function joinPupils(states: readonly FormerPupil[], said: readonly SchoolPupil[]): Pupil[] {
  const byCase = new Map(states.map((one) => [one.caseId, one]));
  return said.flatMap((one) => {
    const state = byCase.get(one.caseId);
    return state === undefined ? [] : [{ ...state, ...one }];
  });
}

export const isKnown = ({ verification }: Pupil): boolean => verification !== 'to_verify';

/** What became of somebody, as far as a school is told. */
export function becameWords({ verification, verificationReason, listed, destination }: Pupil): string {
  if (destination !== null) return capital({ ...SolutionKindLabels, ...CaseOutcomeLabels }[destination]);
  if (verificationReason !== null) return capital(RefutationLabels[verificationReason]);
  if (!listed) return 'N’est plus sur la liste';
  return verification === 'to_verify'
    ? 'Pas encore vérifié par la plateforme'
    : capital(VerificationLabels[verification]);
}
