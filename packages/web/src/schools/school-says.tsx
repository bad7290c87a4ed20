import type { CaseDetail } from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { useKeys } from '../frame/keys.ts';
import type { Answer } from '../verification/answers.ts';
import { longDate, since } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { answerWords, proposal, useCaseSchool } from './school-data.ts';

/**
 * What the school of somebody to verify was asked or answered, and the verification that its answer proposes: Enter records it.
 * Nothing when nothing was asked and the school can be.
 */
export function SchoolSays({
  one,
  busy,
  onConfirm,
}: {
  readonly one: CaseDetail;
  readonly busy: boolean;
  readonly onConfirm: (body: Answer['body'], detail?: Readonly<Record<string, string>>) => void;
}) {
  const { data } = useCaseSchool(one.caseId);
  const last = data?.questions.find(({ state }) => state !== 'withdrawn');
  const school = data?.school;
  const answer = last?.answer ?? null;
  const proposed = answer === null || !last || !school ? undefined : proposal(answer, last.place, school.uai);
  const confirm = () => {
    if (proposed === undefined || busy) return;
    const { decision, ...rest } = proposed.body;
    const { reason, establishment } = { reason: undefined, establishment: undefined, ...rest };
    onConfirm(
      reason === undefined ? { decision } : { decision, reason },
      establishment ? { establishment } : {},
    );
  };
  useKeys({ Enter: confirm });
  if (!school) return null;
  if (last && proposed && answer !== null)
    return (
      <div className="school-says" role="status">
        <p>
          <strong>{capital(school.name)}</strong> a répondu {since(last.answeredAt ?? last.askedAt, today())}{' '}
          : <strong>{answerWords(answer, last.place)}</strong>.
        </p>
        <button type="button" className="button" disabled={busy} onClick={confirm}>
          <kbd aria-hidden>Entrée</kbd> Confirmer : {proposed.words}
        </button>
      </div>
    );
  if (last)
    return (
      <p className="school-says" role="status">
        La question a été posée à {school.name} {longDate(last.askedAt, today())}
        {last.state === 'sent'
          ? ' ; elle est partie.'
          : school.hasEmail
            ? ' ; elle part avec le prochain message du matin.'
            : ' ; sa direction la voit dans Raccroche.'}
      </p>
    );
  if (school.hasEmail || school.hasHead) return null;
  return (
    <p className="quiet">
      Personne n’a donné l’adresse de {school.name} : pour lui demander, appelez, ou écrivez par courrier.
    </p>
  );
}
