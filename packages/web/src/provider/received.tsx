import {
  PersonAnswerLabels,
  type ReceivedReferral,
  SolutionKindLabels,
  STRUCTURE_REFUSALS,
  type StructureAnswer,
  StructureAnswerLabels,
  type StructureRefusal,
  StructureRefusalLabels,
  type StructureReply,
} from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { Select } from '../dossier/choices.tsx';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { addDays, longDate, shortDate, since } from '../words/dates.ts';
import { capital, counted } from '../words/texts.ts';

const BUTTONS = {
  takes: 'Nous prenons',
  waiting_list: 'Liste d’attente',
  refuses: 'Non, parce que…',
  call_again: 'Recontactez-nous le…',
} as const satisfies Record<StructureAnswer, string>;

const labelled = Object.fromEntries(
  STRUCTURE_REFUSALS.map((reason) => [reason, StructureRefusalLabels[reason]]),
) as Record<StructureRefusal, string>;

/** Sends an answer; false when it could not be kept. */
function useAnswer(referralId: string): (reply: StructureReply) => Promise<boolean> {
  const client = useQueryClient();
  return async (reply) => {
    try {
      await call('answerReferral', { params: { referralId }, body: reply });
      tell({ tone: 'done', text: `Réponse envoyée : ${StructureAnswerLabels[reply.answer]}.` });
      await client.invalidateQueries({ queryKey: ['received-referrals'] });
      return true;
    } catch (error) {
      tell({
        tone: 'problem',
        text: error instanceof ApiProblem ? error.message : 'Votre réponse n’est pas partie. Réessayez.',
      });
      return false;
    }
  };
}

/** What is still to say of a « non » or of a « recontactez-nous ». */
function Details({
  answer,
  onSend,
  onGiveUp,
}: {
  readonly answer: 'refuses' | 'call_again';
  readonly onSend: (reply: StructureReply) => void;
  readonly onGiveUp: () => void;
}) {
  const [reason, setReason] = useState<StructureRefusal>('full');
  const [againOn, setAgainOn] = useState(addDays(today(), 30));
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSend(answer === 'refuses' ? { answer, reason } : { answer, againOn });
  };
  return (
    <form className="received-details" aria-label={BUTTONS[answer]} onSubmit={send}>
      {answer === 'refuses' ? (
        <Select label="Non, parce que" labels={labelled} chosen={reason} onChoose={setReason} />
      ) : (
        <label className="field">
          <span>Recontactez-nous le</span>
          <input
            type="date"
            required
            min={addDays(today(), 1)}
            value={againOn}
            onChange={(event) => setAgainOn(event.target.value)}
          />
        </label>
      )}
      <p>
        <button type="submit" className="button">
          Envoyer la réponse
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onGiveUp}>
          Ne rien envoyer
        </button>
      </p>
    </form>
  );
}

function AnswerButtons({
  one,
  onAnswered,
}: {
  readonly one: ReceivedReferral;
  readonly onAnswered: () => void;
}) {
  const [asking, setAsking] = useState<'refuses' | 'call_again'>();
  const answer = useAnswer(one.referralId);
  const send = (reply: StructureReply) => void answer(reply).then((kept) => kept && onAnswered());
  if (asking !== undefined)
    return <Details answer={asking} onSend={send} onGiveUp={() => setAsking(undefined)} />;
  const who = `${one.firstName} ${one.familyName}`;
  return (
    <div className="received-answers">
      {(Object.keys(BUTTONS) as StructureAnswer[]).map((choice) => (
        <button
          key={choice}
          type="button"
          className={choice === 'takes' ? 'button' : 'button button-quiet'}
          aria-label={`${BUTTONS[choice]} : ${who}`}
          onClick={() =>
            choice === 'refuses' || choice === 'call_again' ? setAsking(choice) : send({ answer: choice })
          }
        >
          {BUTTONS[choice]}
        </button>
      ))}
    </div>
  );
}

function answerWords({ answer, reason, againOn, answeredAt }: ReceivedReferral): string {
  if (answer === null) return 'Sans réponse de votre part';
  const more =
    reason !== null
      ? `, ${StructureRefusalLabels[reason]}`
      : againOn !== null
        ? ` le ${shortDate(againOn)}`
        : '';
  return `Vous avez répondu : ${StructureAnswerLabels[answer]}${more}${
    answeredAt === null ? '' : ` (${since(answeredAt, today())})`
  }`;
}

function Received({ one }: { readonly one: ReceivedReferral }) {
  const [changing, setChanging] = useState(false);
  const isSettled = one.personAnswer !== null;
  const asks = one.answer === null || changing;
  return (
    <li className="panel received">
      <h2>
        {one.firstName} {one.familyName}, {one.age} ans {one.minor && <span className="tag">mineur</span>}
      </h2>
      <p>
        {capital(SolutionKindLabels[one.solution])}
        {one.communeName !== null && `, habite ${one.communeName}`}
      </p>
      <p className="quiet">
        Proposé par {one.proposedBy}, {one.platform}, {longDate(one.proposedAt, today())}
      </p>
      {(one.answer !== null || isSettled) && (
        <p>
          <span className={`word word-${one.answer === 'refuses' ? 'none' : 'doing'}`}>
            {answerWords(one)}
          </span>{' '}
          {one.personAnswer !== null && (
            <span className={`word word-${one.personAnswer === 'accepts' ? 'done' : 'none'}`}>
              {one.entered ? 'Entrée notée par la plateforme' : capital(PersonAnswerLabels[one.personAnswer])}
            </span>
          )}
        </p>
      )}
      {!isSettled && asks && <AnswerButtons one={one} onAnswered={() => setChanging(false)} />}
      {!isSettled && !asks && (
        <button type="button" className="link" onClick={() => setChanging(true)}>
          Changer ma réponse
        </button>
      )}
    </li>
  );
}

/** What platforms propose to a structure, answered by one press. */
export default function ReceivedReferrals() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['received-referrals'],
    queryFn: ({ signal }) => call('receivedReferrals', {}, signal),
  });
  const referrals = data?.referrals ?? [];
  const waiting = referrals.filter(({ answer, personAnswer }) => answer === null && personAnswer === null);
  return (
    <div className="page">
      <title>Propositions reçues · Raccroche</title>
      <h1>Propositions reçues</h1>
      <p className="lead">
        Des plateformes vous proposent ces jeunes. Répondez d’un bouton : la personne qui propose en est
        prévenue. Vous voyez ce qu’il faut pour répondre, pas le dossier.
      </p>
      {isPending && <Skeleton lines={3} height={140} />}
      {error !== null && data === undefined && (
        <Failed error={error} what="les propositions" onRetry={() => void refetch()} />
      )}
      {data && referrals.length === 0 && (
        <Empty title="Aucune proposition en ce moment.">
          <p>Quand une plateforme vous propose quelqu’un, la personne apparaît ici.</p>
        </Empty>
      )}
      {referrals.length > 0 && (
        <>
          <p role="status">
            {waiting.length === 0
              ? 'Vous avez répondu à tout.'
              : `${counted(waiting.length, 'proposition attend', 'propositions attendent')} votre réponse.`}
          </p>
          <ul>
            {referrals.map((one) => (
              <Received key={one.referralId} one={one} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
