import { type AskedPupil, LETTER_CODE, type SchoolAnswer } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { longDate, shortDate } from '../words/dates.ts';
import { capital, listName } from '../words/texts.ts';
import { AnswerCard } from './answer-card.tsx';
import { CodeForm } from './code-form.tsx';
import { keepLinkToken, takeLinkToken } from './link-token.ts';

type Opened = RouteOutput<'openSchoolLink'>;

/** What opens the link, and what it asked when it was opened: read once, kept while the answers are given. */
function useLink() {
  const [token, setToken] = useState(takeLinkToken);
  useEffect(() => {
    const onHash = () => setToken(takeLinkToken());
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const { data, error, refetch } = useQuery({
    queryKey: ['school-link', token],
    queryFn: ({ signal }) => call('openSchoolLink', { body: { token: token ?? '' } }, signal),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const type = (code: string) => {
    keepLinkToken(code);
    setToken(code);
  };
  return { token, type, opened: data, error, retry: () => void refetch() };
}

function Thanks({ children }: { readonly children: string }) {
  return (
    <div className="state">
      <h1 className="state-title">Merci.</h1>
      <p>{children}</p>
    </div>
  );
}

const by = ({ askedBy, platform }: AskedPupil) =>
  [askedBy, platform].filter((part) => part !== null).join(', ');

function Questions({ token, opened }: { readonly token: string; readonly opened: Opened }) {
  const [remaining, setRemaining] = useState(opened.pupils.length);
  const isOne = opened.pupils.length === 1;
  const answer = async (questionId: string, given: SchoolAnswer, place?: string) => {
    const body = { token, questionId, answer: given, ...(place === undefined ? {} : { place }) };
    setRemaining((await call('answerSchoolLink', { body })).remaining);
  };
  return (
    <div className="page prose school-link">
      <h1>{isOne ? 'Qu’est devenu cet ancien élève ?' : 'Que sont-ils devenus ?'}</h1>
      <p className="lead">
        {capital(opened.school ?? 'Votre établissement')} : on vous demande des nouvelles{' '}
        <strong>{isOne ? 'd’un ancien élève' : `de ${opened.pupils.length} anciens élèves`}</strong>. Un clic
        suffit{isOne ? '' : ' pour chacun'} ; « toujours sans nouvelle » est une réponse utile.
      </p>
      <p role="status" className={remaining === 0 ? 'answer-given' : 'quiet'}>
        {remaining === 0
          ? 'Merci, tout est répondu. Vous pouvez fermer cette page ; une erreur se corrige encore pendant dix minutes.'
          : `Il en reste ${remaining}.${opened.expiresAt === null ? '' : ` Ce lien répond jusqu’au ${longDate(opened.expiresAt, today())}.`}`}
      </p>
      {opened.pupils.map((pupil) => (
        <AnswerCard
          key={pupil.questionId}
          name={listName(pupil)}
          heading="h2"
          onAnswer={(given, place) => answer(pupil.questionId, given, place)}
        >
          <p className="quiet">
            {capital(pupil.lastTraining ?? 'formation non connue')}
            {pupil.leftOn !== null && `, jusqu’au ${shortDate(pupil.leftOn)}`}
            {by(pupil) !== '' && ` · demandé par ${by(pupil)}`}
          </p>
        </AnswerCard>
      ))}
      <h2>Ce que devient votre réponse</h2>
      <p>
        Elle est gardée dans le dossier de la personne, qui peut la lire. La plateforme décide, après vous
        avoir lu. Ne dites rien de la santé, de la famille ni de la justice : rien n’est prévu pour cela.
      </p>
      <p>
        Ce lien ne montre que ces élèves, et vaut pour votre établissement. Pour signaler un élève ou savoir
        où vos anciens élèves sont entrés, il faut un compte : demandez-le à la coordination de votre
        département.
      </p>
    </div>
  );
}

/** What a school sees by the link of a message, without an account: those asked about, and thanks once it is over. */
export default function SchoolLink() {
  const { token, type, opened, error, retry } = useLink();
  const isOver = opened?.pupils.length === 0;
  return (
    <>
      <title>Répondre pour un établissement · Raccroche</title>
      {token === null || (isOver && LETTER_CODE.test(token)) ? (
        <CodeForm isRefused={isOver} onCode={type} />
      ) : opened === undefined ? (
        <>
          <h1 className="visually-hidden">Répondre pour un établissement</h1>
          {error === null ? (
            <Skeleton lines={4} height={120} />
          ) : (
            <Failed error={error} what="les questions" onRetry={retry} />
          )}
        </>
      ) : isOver ? (
        <Thanks>Ce lien ne demande plus rien : tout est répondu, ou son temps est passé.</Thanks>
      ) : (
        <Questions key={opened.pupils[0]?.questionId} token={token} opened={opened} />
      )}
    </>
  );
}
