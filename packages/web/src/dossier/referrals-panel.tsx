import {
  type CaseDetail,
  type CaseReferral,
  PersonAnswerLabels,
  SolutionKindLabels,
  STRUCTURE_REFUSALS,
  type StructureAnswer,
  StructureAnswerLabels,
  type StructureRefusal,
  StructureRefusalLabels,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { part } from '../frame/missing-parts.tsx';
import { addDays, longDate, shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { Select } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

function answerWords({ answer, reason, againOn }: CaseReferral): string {
  if (answer === null) return 'Sans réponse de la structure';
  const more =
    reason !== null
      ? ` : ${StructureRefusalLabels[reason]}`
      : againOn !== null
        ? ` le ${shortDate(againOn)}`
        : '';
  return `Réponse : ${StructureAnswerLabels[answer]}${more}`;
}

function AgainOn({ day, onChange }: { readonly day: string; readonly onChange: (day: string) => void }) {
  return (
    <label className="field">
      <span>Recontacter le</span>
      <input
        type="date"
        required
        min={addDays(today(), 1)}
        value={day}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** Notes what a structure said on the telephone. */
function NoteAnswer({
  one,
  referral,
  onDone,
}: {
  readonly one: CaseDetail;
  readonly referral: CaseReferral;
  readonly onDone: () => void;
}) {
  const [answer, setAnswer] = useState<StructureAnswer>('takes');
  const [reason, setReason] = useState<StructureRefusal>(STRUCTURE_REFUSALS[0]);
  const [againOn, setAgainOn] = useState(addDays(today(), 30));
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const record = (event: FormEvent) => {
    event.preventDefault();
    void send({
      route: 'noteStructureAnswer',
      body: {
        referralId: referral.referralId,
        answer,
        ...(answer === 'refuses' ? { reason } : {}),
        ...(answer === 'call_again' ? { againOn } : {}),
      },
      done: 'Réponse de la structure notée',
      mine: `${referral.structure} : ${StructureAnswerLabels[answer]}`,
    });
  };
  return (
    <form className="act-form" aria-label={`Réponse de ${referral.structure}`} onSubmit={record}>
      {trouble}
      <div className="fields">
        <Select
          label="La structure a dit"
          labels={StructureAnswerLabels}
          chosen={answer}
          onChoose={setAnswer}
        />
        {answer === 'refuses' && (
          <Select label="Parce que" labels={StructureRefusalLabels} chosen={reason} onChoose={setReason} />
        )}
        {answer === 'call_again' && <AgainOn day={againOn} onChange={setAgainOn} />}
      </div>
      <p>
        <button type="submit" className="button" disabled={busy}>
          Noter la réponse
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien noter
        </button>
      </p>
    </form>
  );
}

function Referral({ one, referral }: { readonly one: CaseDetail; readonly referral: CaseReferral }) {
  const { data: me } = useMe();
  const [noting, setNoting] = useState(false);
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  const { referralId, structure, answer, personAnswer } = referral;
  const isOpen = personAnswer === null && one.pathway === 'proposed';
  const say = (given: 'accepts' | 'declines', done: string) => () =>
    void send({
      route: 'notePersonAnswer',
      body: { referralId, answer: given },
      done,
      mine: `${structure} : ${PersonAnswerLabels[given]}`,
    });
  return (
    <li className="referral">
      {trouble}
      <p>
        <strong>{structure}</strong>, {SolutionKindLabels[referral.solution]}
      </p>
      <p className="quiet">Proposé {longDate(referral.proposedAt, today())}</p>
      <p>
        <span className={`word word-${answer === null ? 'todo' : answer === 'refuses' ? 'none' : 'doing'}`}>
          {answerWords(referral)}
        </span>{' '}
        {personAnswer !== null && (
          <span className={`word word-${personAnswer === 'accepts' ? 'done' : 'none'}`}>
            {capital(PersonAnswerLabels[personAnswer])}
          </span>
        )}
      </p>
      {isOpen && me && may(me, 'case.act') && !noting && (
        <div className="actions">
          <button type="button" className="button-small" onClick={() => setNoting(true)}>
            Noter la réponse de la structure
          </button>
          {answer !== 'refuses' && (
            <button
              type="button"
              className="button-small"
              disabled={busy}
              onClick={say('accepts', 'Solution acceptée par la personne')}
            >
              La personne accepte
            </button>
          )}
          <button
            type="button"
            className="button-small"
            disabled={busy}
            onClick={say('declines', 'Refus de la personne noté')}
          >
            La personne ne souhaite pas
          </button>
        </div>
      )}
      {noting && <NoteAnswer one={one} referral={referral} onDone={() => setNoting(false)} />}
    </li>
  );
}

/** What was proposed to structures, and what came of it. */
export function ReferralsPanel({ one }: { readonly one: CaseDetail }) {
  const { data } = useQuery({
    queryKey: ['case', one.caseId, 'referrals', one.version],
    queryFn: ({ signal }) => call('referrals', { params: { caseId: one.caseId } }, signal),
    meta: part('les propositions à des structures'),
  });
  const referrals = data?.referrals ?? [];
  if (referrals.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="propositions">
      <h2 id="propositions">Propositions à des structures</h2>
      <ul>
        {referrals.map((referral) => (
          <Referral key={referral.referralId} one={one} referral={referral} />
        ))}
      </ul>
    </section>
  );
}
