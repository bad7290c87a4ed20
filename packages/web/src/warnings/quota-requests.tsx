import { type QuotaRequest, RaisedQuotaLabels, RaisePurposeLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { FormButtons } from '../frame/fields.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { hour, shortDate } from '../words/dates.ts';
import { number } from '../words/texts.ts';

const KEY = ['quota-requests'];

function AnswerForm({ asked, onDone }: { readonly asked: QuotaRequest; readonly onDone: () => void }) {
  const client = useQueryClient();
  const { quotaRequestId, person, kind, perDay } = asked;
  const name = `quota ${quotaRequestId}`;
  const draft = useDraft(name, { more: String(Math.ceil(perDay / 2)), reason: '' });
  const { busy, trouble, send } = useChange({ name, values: draft.values });
  const answer = async (more: number) => {
    const body = { more, reason: draft.values.reason };
    const work = () => call('answerQuotaRequest', { params: { quotaRequestId }, body });
    const done =
      more === 0 ? 'refusé' : `${number(more)} ${RaisedQuotaLabels[kind]} de plus, aujourd’hui seulement`;
    if (!(await send(work, `${person.displayName} : ${done}.`))) return;
    onDone();
    await client.invalidateQueries({ queryKey: KEY });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void answer(Number(draft.values.more));
  };
  return (
    <form className="act-form" aria-label={`Répondre à ${person.displayName}`} onSubmit={submit}>
      <Back isBack={draft.isBack} />
      {trouble}
      <div className="fields">
        <label className="field">
          <span>De plus, aujourd’hui ({RaisedQuotaLabels[kind]})</span>
          <input
            type="number"
            required
            min={0}
            max={perDay}
            value={draft.values.more}
            onChange={(event) => draft.set({ more: event.target.value })}
          />
        </label>
        <label className="field">
          <span>Pourquoi (dix caractères au moins)</span>
          <input
            type="text"
            required
            minLength={10}
            maxLength={500}
            value={draft.values.reason}
            onChange={(event) => draft.set({ reason: event.target.value })}
          />
        </label>
      </div>
      <p className="quiet">
        Zéro refuse. La raison est lue par {person.displayName} et par la protection des données. Ce qui est
        accordé cesse ce soir.
      </p>
      <FormButtons busy={busy} label="Répondre" leave="Ne pas répondre encore" onLeave={onDone} />
    </form>
  );
}

function Answered({ answer }: { readonly answer: NonNullable<QuotaRequest['answer']> }) {
  return (
    <p>
      {answer.more === 0 ? 'Refusé' : `${number(answer.more)} de plus, ce jour-là`} par {answer.by}, le{' '}
      {shortDate(answer.at)} à {hour(answer.at)} : « {answer.reason} »
    </p>
  );
}

function Row({ asked }: { readonly asked: QuotaRequest }) {
  const [open, setOpen] = useState(false);
  const { person, kind, purpose, used, perDay, askedAt, answer } = asked;
  return (
    <li className="admin-item">
      <div className="duty">
        <div>
          <p className="duty-who">
            <strong>{person.displayName}</strong>
          </p>
          <p>
            Demande plus aujourd’hui ({RaisedQuotaLabels[kind]}), pour {RaisePurposeLabels[purpose]}.
          </p>
          <p className="quiet">
            Le {shortDate(askedAt)} à {hour(askedAt)} · ce jour-là : {number(used)} sur {number(perDay)}
          </p>
          {answer && <Answered answer={answer} />}
        </div>
        {answer === null && !open && (
          <div className="duty-actions">
            <button
              type="button"
              className="button"
              aria-label={`Répondre à ${person.displayName}`}
              onClick={() => setOpen(true)}
            >
              Répondre
            </button>
          </div>
        )}
      </div>
      {open && answer === null && <AnswerForm asked={asked} onDone={() => setOpen(false)} />}
    </li>
  );
}

/** Who asks for more than their day allows, for who may grant it; nothing when nobody did. */
export function QuotaRequests() {
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call('quotaRequests', {}, signal),
  });
  if (error !== null) return <Failed error={error} what="ces demandes" onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={2} />;
  if (data.requests.length === 0) return null;
  return (
    <section className="stack">
      <h2>Faire plus que ce que la journée permet</h2>
      <ul>
        {data.requests.map((asked) => (
          <Row key={asked.quotaRequestId} asked={asked} />
        ))}
      </ul>
    </section>
  );
}
