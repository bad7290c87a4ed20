import {
  ATTEMPT_CHANNELS,
  ATTEMPT_OUTCOMES,
  type AttemptChannel,
  AttemptChannelLabels,
  type AttemptOutcome,
  AttemptOutcomeLabels,
  type CaseDetail,
} from '@raccroche/contract';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../frame/keys.ts';
import { capital } from '../words/texts.ts';
import { useCaseAct } from './use-case-act.tsx';

/** One choice among a few, as large buttons with their key. */
export function Choices<V extends string>({
  legend,
  values,
  labels,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly values: readonly V[];
  readonly labels: Readonly<Record<V, string>>;
  readonly chosen: V | undefined;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {values.map((value, index) => (
        <button
          key={value}
          type="button"
          className="choice"
          aria-pressed={chosen === value}
          onClick={() => onChoose(value)}
        >
          <kbd aria-hidden>{index + 1}</kbd> {capital(labels[value])}
        </button>
      ))}
    </fieldset>
  );
}

/** The digits of the step where one is: a channel, then a result. */
function useDigits<V extends string>(values: readonly V[], onChoose: (value: V) => void): void {
  useKeys(Object.fromEntries(values.map((value, index) => [String(index + 1), () => onChoose(value)])));
}

/** A contact attempt: how, then what came of it; the second press records it. */
export function AttemptForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [channel, setChannel] = useState<AttemptChannel>();
  const place = useRef<HTMLElement>(null);
  const { busy, trouble, send } = useCaseAct(one, onDone);
  useEffect(() => place.current?.focus(), []);
  const record = (outcome: AttemptOutcome) => {
    if (channel === undefined || busy) return;
    void send({
      route: 'recordAttempt',
      body: { channel, outcome },
      done: 'Tentative notée',
      mine: `Tentative par ${AttemptChannelLabels[channel]}, ${AttemptOutcomeLabels[outcome]}`,
    });
  };
  useDigits<string>(
    channel === undefined ? ATTEMPT_CHANNELS : ATTEMPT_OUTCOMES,
    channel === undefined
      ? (value) => setChannel(value as AttemptChannel)
      : (value) => record(value as AttemptOutcome),
  );
  return (
    <section className="act-form" ref={place} tabIndex={-1} aria-label="Noter une tentative">
      {trouble}
      <Choices
        legend="Comment ?"
        values={ATTEMPT_CHANNELS}
        labels={AttemptChannelLabels}
        chosen={channel}
        onChoose={setChannel}
      />
      {channel !== undefined && (
        <Choices
          legend="Qu’est-ce que cela a donné ?"
          values={ATTEMPT_OUTCOMES}
          labels={AttemptOutcomeLabels}
          chosen={undefined}
          onChoose={record}
        />
      )}
      <button type="button" className="button button-quiet" onClick={onDone}>
        Ne rien noter
      </button>
    </section>
  );
}
