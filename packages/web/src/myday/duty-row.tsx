import type { Duty } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAct } from '../client/act.ts';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { addDays, longDate } from '../words/dates.ts';
import { listName } from '../words/texts.ts';
import { caseLink } from '../worklist/case-link.ts';
import { dutyAction, dutyWords } from './duties.ts';

const DELAYS = [
  [1, 'Demain'],
  [3, 'Dans 3 jours'],
  [7, 'Dans une semaine'],
] as const;

/** Puts something off, for oneself alone. */
function usePostpone(duty: Duty): (days: number) => Promise<void> {
  const client = useQueryClient();
  const put = (until: string | null) =>
    call('postpone', { params: { caseId: duty.case.caseId }, body: { item: duty.item, until } });
  const refresh = () => client.invalidateQueries({ queryKey: ['my-day'] });
  return async (days) => {
    const until = addDays(today(), days);
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

function Later({ duty }: { readonly duty: Duty }) {
  const [asking, setAsking] = useState(false);
  const postpone = usePostpone(duty);
  if (!asking)
    return (
      <button type="button" className="button button-quiet" onClick={() => setAsking(true)}>
        Plus tard
      </button>
    );
  return (
    <fieldset className="later">
      <legend className="visually-hidden">Plus tard, quand ?</legend>
      {DELAYS.map(([days, label]) => (
        <button key={days} type="button" className="button button-quiet" onClick={() => void postpone(days)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** Something to do: who, why it is here, one action, and « plus tard ». */
export function DutyRow({ duty }: { readonly duty: Duty }) {
  const act = useAct();
  const { caseId, version, age, minor } = duty.case;
  const { form, label } = dutyAction(duty);
  const confirm = () =>
    act({ route: 'reconfirm', caseId, body: { version }, done: 'Situation confirmée' }).catch(() =>
      tell({ tone: 'problem', text: 'Le dossier a changé entre-temps : ouvrez-le pour le relire.' }),
    );
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <Link href={caseLink(caseId)}>{listName(duty.case)}</Link>, {age} ans{' '}
          {minor && <span className="tag">mineur</span>}
        </p>
        <p className={duty.daysLeft < 0 ? 'duty-late' : 'quiet'}>{dutyWords(duty)}</p>
      </div>
      <div className="duty-actions">
        {duty.item === 'situation' ? (
          <button type="button" className="button" onClick={() => void confirm()}>
            Toujours vrai
          </button>
        ) : (
          <Link className="button" href={caseLink(caseId, form || undefined)}>
            {label}
          </Link>
        )}
        <Later duty={duty} />
      </div>
    </li>
  );
}
