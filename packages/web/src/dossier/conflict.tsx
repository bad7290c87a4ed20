import type { CaseDetail } from '@raccroche/contract';
import { useEffect, useRef } from 'react';
import { today } from '../client/clock.ts';
import { hour, longDate } from '../words/dates.ts';
import { actorName } from './case-data.ts';
import { detailWords, kindWords } from './event-words.ts';

/** Somebody changed the case in between: both versions, and a choice. `one` is the case as it is now. */
export function Conflict({
  one,
  me,
  mine,
  onKeepMine,
  onGiveUp,
}: {
  readonly one: CaseDetail;
  readonly me: string | undefined;
  /** What was about to be recorded, in words. */
  readonly mine: string;
  readonly onKeepMine: () => void;
  readonly onGiveUp: () => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  const last = one.timeline.at(-1);
  const name = (personId: string | null) => actorName(one, personId, me);
  const details = last === undefined ? '' : detailWords(last, name);
  return (
    <div className="conflict" role="alert" ref={place}>
      <p>
        <strong>
          {last === undefined ? 'Quelqu’un' : name(last.actor)} a modifié ce dossier entre-temps
        </strong>
        {last !== undefined && ` (${longDate(last.recordedAt, today())}, ${hour(last.recordedAt)})`}. Rien
        n’est perdu.
      </p>
      <dl>
        <div>
          <dt>Ce qui a été noté</dt>
          <dd>
            {last === undefined ? 'un changement' : kindWords(last.kind)}
            {details !== '' && ` : ${details}`}
          </dd>
        </div>
        <div>
          <dt>Ce que vous alliez noter</dt>
          <dd>{mine}</dd>
        </div>
      </dl>
      <p>
        <button type="button" className="button" onClick={onKeepMine}>
          Enregistrer aussi ma saisie
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onGiveUp}>
          Abandonner ma saisie
        </button>
      </p>
    </div>
  );
}
