import type { CaseDetail, CaseQuestion } from '@raccroche/contract';
import { Link, useLocation } from 'wouter';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { setSchoolLetter } from '../client/letters.ts';
import { may, useMe } from '../client/session.ts';
import { actorName } from '../dossier/case-data.ts';
import { useCaseAct } from '../dossier/use-case-act.tsx';
import { useChange } from '../frame/use-change.tsx';
import { longDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { answerWords, useCaseSchool } from './school-data.ts';

const STATE_WORDS = {
  waiting: 'pas encore partie',
  sent: 'partie, sans réponse pour l’instant',
  answered: 'répondue',
  withdrawn: 'retirée, ou devenue inutile',
} as const;

function Question({
  one,
  question,
  me,
}: {
  readonly one: CaseDetail;
  readonly question: CaseQuestion;
  readonly me: string | undefined;
}) {
  const { answer, place, askedBy, askedAt, answeredAt, state } = question;
  if (answer !== null)
    return (
      <li>
        A répondu {longDate(answeredAt ?? askedAt, today())} : <strong>{answerWords(answer, place)}</strong>.
      </li>
    );
  const who = askedBy === me ? 'vous' : actorName(one, askedBy, me);
  return (
    <li>
      Question posée {longDate(askedAt, today())} par {who} : {STATE_WORDS[state]}.
    </li>
  );
}

/** Asking it, by a letter when nobody has said how to write to it otherwise. */
function Ask({
  one,
  canReach,
  again,
}: {
  readonly one: CaseDetail;
  readonly canReach: boolean;
  readonly again: boolean;
}) {
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  const words = canReach ? 'Demander à l’établissement' : 'Demander par courrier';
  const ask = () =>
    send({
      route: 'askSchool',
      body: { letter: !canReach },
      done: 'Question posée à l’établissement',
      mine: words,
    });
  return (
    <>
      {trouble}
      {!canReach && (
        <p className="quiet">
          Personne n’a donné l’adresse électronique de cet établissement : appelez-le, ou écrivez-lui.
        </p>
      )}
      <button type="button" className="button button-quiet" disabled={busy} onClick={() => void ask()}>
        {again ? 'Demander encore' : words}
      </button>
    </>
  );
}

/** The letter to print and post, with a new code. */
function Letter({ caseId }: { readonly caseId: string }) {
  const [, navigate] = useLocation();
  const { busy, trouble, send } = useChange();
  const print = async () => {
    const work = async () => setSchoolLetter(await call('schoolLetter', { params: { caseId } }));
    if (await send(work)) navigate('/documents/etablissement');
  };
  return (
    <>
      {trouble}
      <p className="quiet">
        Cet établissement n’a pas d’adresse électronique : la question part par une lettre.
      </p>
      <button type="button" className="button button-quiet" disabled={busy} onClick={() => void print()}>
        Préparer la lettre à imprimer
      </button>
    </>
  );
}

/** The school that somebody left: what it was asked, what it said, and asking it. */
export function SchoolPanel({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const { data } = useCaseSchool(one.caseId);
  if (!data?.school) return null;
  const { school, questions } = data;
  const mayDecide = me && may(me, 'case.act') && one.verification === 'to_verify' && one.pathway !== 'closed';
  const isAsked = questions.some(({ state }) => state === 'waiting' || state === 'sent');
  const canAsk = mayDecide && !isAsked;
  const hasAnswer = questions.some(({ answer }) => answer !== null);
  if (!canAsk && questions.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="etablissement">
      <h2 id="etablissement">L’établissement d’origine</h2>
      <p>{capital(school.name)}</p>
      {questions.length > 0 && (
        <ul className="school-questions">
          {questions.map((question) => (
            <Question key={question.questionId} one={one} question={question} me={me?.personId} />
          ))}
        </ul>
      )}
      {mayDecide && hasAnswer && (
        <p>
          <Link className="button" href={`/a-verifier?dossier=${one.caseId}`}>
            Décider d’après cette réponse
          </Link>
        </p>
      )}
      {mayDecide && isAsked && !school.hasEmail && <Letter caseId={one.caseId} />}
      {canAsk && <Ask one={one} canReach={school.hasEmail || school.hasHead} again={hasAnswer} />}
    </section>
  );
}
