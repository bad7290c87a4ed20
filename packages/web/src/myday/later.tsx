import { type Duty, LATER_DAYS_MAX } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { addDays, longDate } from '../words/dates.ts';
import { listName } from '../words/texts.ts';

const DELAYS = [
  [1, 'Demain'],
  [3, 'Dans 3 jours'],
  [7, 'Dans une semaine'],
] as const;

/** Puts something off, for oneself alone. */
function usePostpone(duty: Duty): (until: string) => Promise<void> {
  const client = useQueryClient();
  const put = (until: string | null) =>
    call('postpone', { params: { caseId: duty.case.caseId }, body: { item: duty.item, until } });
  const refresh = () => client.invalidateQueries({ queryKey: ['my-day'] });
  return async (until) => {
    try {
      await put(until);
      tell({
        tone: 'done',
        text: `${listName(duty.case)} reviendra ${longDate(until, today())}.`,
        undo: async () => {
          await put(null);
          await refresh();
        },
      });
    } catch {
      tell({ tone: 'problem', text: 'Cela n’a pas pu être remis à plus tard. Réessayez dans un instant.' });
    }
    await refresh();
  };
}

/** When: tomorrow, in some days, or on a day of one's own. */
function When({ duty, onLeave }: { readonly duty: Duty; readonly onLeave: () => void }) {
  const postpone = usePostpone(duty);
  const [day, setDay] = useState('');
  const first = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone: the place of the keyboard is the first choice.
  useEffect(() => first.current?.focus(), []);
  const leaveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onLeave();
  };
  return (
    <fieldset className="later" onKeyDown={leaveByKey}>
      <legend>Plus tard, quand ?</legend>
      {DELAYS.map(([days, label], index) => (
        <button
          key={days}
          ref={index === 0 ? first : null}
          type="button"
          className="button button-quiet"
          onClick={() => void postpone(addDays(today(), days))}
        >
          {label}
        </button>
      ))}
      <label className="field-inline">
        <span>ou le</span>
        <input
          type="date"
          min={addDays(today(), 1)}
          max={addDays(today(), LATER_DAYS_MAX)}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      {day !== '' && (
        <button type="button" className="button" onClick={() => void postpone(day)}>
          Remettre à ce jour
        </button>
      )}
      <button type="button" className="link" onClick={onLeave}>
        Garder aujourd’hui
      </button>
    </fieldset>
  );
}

/** « Plus tard », which asks when. */
export function Later({ duty }: { readonly duty: Duty }) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const left = useRef(false);
  useEffect(() => {
    if (!asking && left.current) button.current?.focus();
  }, [asking]);
  if (asking)
    return (
      <When
        duty={duty}
        onLeave={() => {
          left.current = true;
          setAsking(false);
        }}
      />
    );
  return (
    <button ref={button} type="button" className="button button-quiet" onClick={() => setAsking(true)}>
      Plus tard
    </button>
  );
}
