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
import { Choices, useDigits } from './choices.tsx';
import { NextStep } from './next-step.tsx';
import { useCaseAct } from './use-case-act.tsx';

/** Results after which there may be something to come. */
const GOES_ON: readonly AttemptOutcome[] = ['reached', 'no_answer', 'message_left'];

/** A contact attempt in three presses: how, what came of it (recorded), what comes next. */
export function AttemptForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [channel, setChannel] = useState<AttemptChannel>();
  const [recorded, setRecorded] = useState(false);
  const place = useRef<HTMLElement>(null);
  const { busy, trouble, hasClash, send } = useCaseAct(one, (goesOn) =>
    goesOn ? setRecorded(true) : onDone(),
  );
  useEffect(() => place.current?.focus(), []);
  const record = (result: AttemptOutcome) => {
    if (channel === undefined || busy) return;
    void send({
      route: 'recordAttempt',
      body: { channel, outcome: result },
      done: 'Tentative notée',
      mine: `Tentative par ${AttemptChannelLabels[channel]}, ${AttemptOutcomeLabels[result]}`,
      goesOn: GOES_ON.includes(result),
    });
  };
  useDigits<string>(
    recorded ? [] : channel === undefined ? ATTEMPT_CHANNELS : ATTEMPT_OUTCOMES,
    channel === undefined
      ? (value) => setChannel(value as AttemptChannel)
      : (value) => record(value as AttemptOutcome),
  );
  if (hasClash) return <section className="act-form">{trouble}</section>;
  if (recorded) return <NextStep one={one} onDone={onDone} />;
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
          onChoose={record}
        />
      )}
      <button type="button" className="button button-quiet" onClick={onDone}>
        Ne rien noter
      </button>
    </section>
  );
}
