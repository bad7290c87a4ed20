import type { CaseDetail } from '@raccroche/contract';
import { Link } from 'wouter';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { actorName } from '../dossier/case-data.ts';
import { useCaseAct } from '../dossier/use-case-act.tsx';
import { longDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { answerWords, useCaseSchool } from './school-data.ts';

const STATE_WORDS = {
  waiting: 'pas encore partie',
  sent: 'partie, sans réponse pour l’instant',
  answered: 'répondue',
  withdrawn: 'retirée, ou devenue inutile',
} as const;

/** The school that somebody left: what it was asked, what it said, and asking it. */
export function SchoolPanel({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const { data } = useCaseSchool(one.caseId);
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  if (!data?.school) return null;
  const { school, questions } = data;
  const canAsk =
    me &&
    may(me, 'case.act') &&
    one.verification === 'to_verify' &&
    one.pathway !== 'closed' &&
    !questions.some(({ state }) => state === 'waiting' || state === 'sent');
  const last = questions.find(({ state }) => state !== 'withdrawn');
  if (!canAsk && questions.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="etablissement">
      <h2 id="etablissement">L’établissement d’origine</h2>
      <p>{capital(school.name)}</p>
      {trouble}
      {questions.length > 0 && (
        <ul className="school-questions">
          {questions.map((question) => (
            <li key={question.questionId}>
              {question.answer === null ? (
                <>
                  Question posée {longDate(question.askedAt, today())} par{' '}
                  {question.askedBy === me?.personId
                    ? 'vous'
                    : actorName(one, question.askedBy, me?.personId)}{' '}
                  : {STATE_WORDS[question.state]}.
                </>
              ) : (
                <>
                  A répondu {longDate(question.answeredAt ?? question.askedAt, today())} :{' '}
                  <strong>{answerWords(question.answer, question.place)}</strong>.
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {canAsk && last?.answer != null && (
        <p>
          <Link className="button" href={`/a-verifier?dossier=${one.caseId}`}>
            Décider d’après cette réponse
          </Link>
        </p>
      )}
      {canAsk &&
        (school.hasEmail || school.hasHead ? (
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            onClick={() =>
              void send({
                route: 'askSchool',
                body: {},
                done: 'Question posée à l’établissement',
                mine: 'Demander à l’établissement',
              })
            }
          >
            {last === undefined ? 'Demander à l’établissement' : 'Demander encore'}
          </button>
        ) : (
          <p className="quiet">
            Personne n’a donné l’adresse de cet établissement : appelez-le, ou écrivez-lui par courrier.
          </p>
        ))}
    </section>
  );
}
