import type { CaseDetail } from '@raccroche/contract';
import { useEffect, useRef, useState } from 'react';
import { LookAlikes } from '../dossier/look-alikes.tsx';
import { useCaseAct } from '../dossier/use-case-act.tsx';
import { WhyListed } from '../dossier/why-listed.tsx';
import { useKeys } from '../frame/keys.ts';
import { SchoolSays } from '../schools/school-says.tsx';
import { shortDate } from '../words/dates.ts';
import { french, fullName } from '../words/texts.ts';
import { DetailForm, ReasonForm } from './answer-details.tsx';
import { ANSWERS, type Answer, doneWords } from './answers.ts';

function Who({ one, isNext }: { readonly one: CaseDetail; readonly isNext: boolean }) {
  const name = useRef<HTMLHeadingElement>(null);
  // The next person is said, and comes back on screen.
  useEffect(() => {
    if (isNext) name.current?.focus();
  }, [isNext]);
  return (
    <header className="verify-who">
      <h2 ref={name} tabIndex={-1}>
        {fullName(one)}
      </h2>
      <p>
        {one.age} ans, naissance le {shortDate(one.birthDate)}{' '}
        {one.minor && <span className="tag">mineur</span>}
      </p>
      <p className="quiet">
        {one.communeName ?? 'Commune non connue'} · {one.lastTraining ?? 'formation non connue'}
        {one.lastSchool !== null && ` · établissement ${one.lastSchool}`}
        {one.leftOn !== null && ` · jusqu’au ${shortDate(one.leftOn)}`}
      </p>
      {one.why?.flags.map(({ flag, label }) => (
        <p key={flag} className="warning">
          {french(label)}
        </p>
      ))}
    </header>
  );
}

/** The five answers and « plus tard », each with its key. */
function Answers({
  busy,
  onAnswer,
  onLater,
  onAsk,
}: {
  readonly busy: boolean;
  readonly onAnswer: (answer: Answer) => void;
  readonly onLater: () => void;
  readonly onAsk: () => void;
}) {
  useKeys({
    ...Object.fromEntries(ANSWERS.map((answer) => [answer.key, () => !busy && onAnswer(answer)])),
    ' ': () => !busy && onLater(),
    '?': () => !busy && onAsk(),
  });
  return (
    <fieldset className="choices verify-answers">
      <legend>Où en est cette personne ?</legend>
      {ANSWERS.map((answer) => (
        <button
          key={answer.key}
          type="button"
          className="choice"
          disabled={busy}
          onClick={() => onAnswer(answer)}
        >
          <kbd aria-hidden>{answer.key}</kbd> {answer.label}
        </button>
      ))}
      <button type="button" className="choice choice-quiet" disabled={busy} onClick={onAsk}>
        <kbd aria-hidden>?</kbd> Demander à l’établissement
      </button>
      <button type="button" className="choice choice-quiet" disabled={busy} onClick={onLater}>
        <kbd aria-hidden>espace</kbd> Plus tard (dans une semaine)
      </button>
    </fieldset>
  );
}

const LATER = {
  route: 'verify',
  body: { decision: 'later' },
  done: 'Remis à plus tard',
  mine: 'Remettre à plus tard',
} as const;

const ASK_SCHOOL = {
  route: 'askSchool',
  body: {},
  done: 'Question posée à l’établissement',
  mine: 'Demander à l’établissement',
} as const;

/** One person to verify, big. `onAnswered` once it is recorded or kept. */
export function OnePerson({
  one,
  isNext,
  onAnswered,
  onUndone,
}: {
  readonly one: CaseDetail;
  /** Somebody was answered for before, on this very screen. */
  readonly isNext: boolean;
  readonly onAnswered: () => void;
  /** The answer was taken back: the person is to verify again. */
  readonly onUndone: () => void;
}) {
  const [asking, setAsking] = useState<Answer>();
  const { busy, trouble, send } = useCaseAct(one, onAnswered, onUndone);
  const record = (body: Answer['body'], detail: Readonly<Record<string, string>> = {}) => {
    setAsking(undefined);
    void send({
      route: 'verify',
      body: { ...body, ...detail },
      done: doneWords(body),
      mine: doneWords(body),
    });
  };
  const later = () => void send(LATER);
  const ask = () => void send(ASK_SCHOOL);
  const cancel = () => setAsking(undefined);
  return (
    <article className="verify">
      <div>
        <Who one={one} isNext={isNext} />
        <WhyListed one={one} />
        <LookAlikes one={one} />
      </div>
      <div className="verify-side">
        {trouble}
        {asking === undefined && one.verification === 'to_verify' && (
          <SchoolSays one={one} busy={busy} onConfirm={record} />
        )}
        {one.verification !== 'to_verify' ? (
          <p className="warning">
            Ce dossier est déjà vérifié.{' '}
            <button type="button" className="button" onClick={onAnswered}>
              Passer au suivant
            </button>
          </p>
        ) : asking?.ask === 'reason' ? (
          <ReasonForm onRecord={(reason) => record({ decision: 'refute', reason })} onCancel={cancel} />
        ) : asking?.ask !== undefined ? (
          <DetailForm ask={asking.ask} onRecord={(detail) => record(asking.body, detail)} onCancel={cancel} />
        ) : (
          <Answers
            busy={busy}
            onAnswer={(answer) => (answer.ask === undefined ? record(answer.body) : setAsking(answer))}
            onLater={later}
            onAsk={ask}
          />
        )}
      </div>
    </article>
  );
}
