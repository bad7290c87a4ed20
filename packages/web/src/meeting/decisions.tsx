import { MeetingTopicLabels } from '@raccroche/contract';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { download } from '../client/download.ts';
import { tell } from '../client/notices.ts';
import { hasCode } from '../client/problem.ts';
import { useMe } from '../client/session.ts';
import { counted } from '../words/texts.ts';
import { type Agenda, type Decision, problemText, useRefreshMeetings } from './use-meeting.ts';

function Item({ one, meetingId }: { readonly one: Decision; readonly meetingId: string }) {
  const { data: me } = useMe();
  const refresh = useRefreshMeetings();
  const undo = async () => {
    try {
      await call('undoMeetingDecision', { params: { meetingId }, body: { decisionId: one.decisionId } });
      tell({ tone: 'done', text: 'Décision annulée.' });
    } catch (error) {
      tell({ tone: 'problem', text: problemText(error) });
    }
    await refresh();
  };
  return (
    <li className="duty">
      <div>
        <p>
          <strong>{one.subject}</strong> : {one.words}
        </p>
        <p className="quiet">
          {MeetingTopicLabels[one.topic]}
          {one.decidedByName !== null && ` · noté par ${one.decidedByName}`}
          {one.text !== null && ` · ${one.text}`}
        </p>
      </div>
      {one.decidedBy === me?.personId && one.decision !== 'hand_over' && (
        <div className="duty-actions">
          <button
            type="button"
            className="button-small"
            aria-label={`Annuler la décision sur ${one.subject}`}
            onClick={() => void undo()}
          >
            Annuler
          </button>
        </div>
      )}
    </li>
  );
}

/** Takes the minutes out: says that this is traced, and asks for a second factor where one is wanted. */
export function MinutesButton({ meetingId }: { readonly meetingId: string }) {
  const [problem, setProblem] = useState<string>();
  const [isStronger, setStronger] = useState(false);
  const take = async () => {
    setProblem(undefined);
    try {
      const { fileName, html } = await call('meetingMinutes', { params: { meetingId } });
      download(fileName, html, 'text/html;charset=utf-8');
      tell({ tone: 'done', text: 'Compte rendu enregistré. Ouvrez-le pour l’imprimer.' });
    } catch (error) {
      setStronger(hasCode(error, 'stronger_sign_in_needed'));
      setProblem(problemText(error));
    }
  };
  return (
    <div className="minutes">
      <button type="button" className="button button-quiet" onClick={() => void take()}>
        Enregistrer le compte rendu
      </button>{' '}
      <span className="quiet">Document nominatif : son édition est tracée et comptée.</span>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}{' '}
          {isStronger && <a href="/api/sign-in?strong=true&returnTo=/reunion">Confirmer mon identité</a>}
        </p>
      )}
    </div>
  );
}

/** The minutes as they write themselves. */
export function Decisions({ agenda }: { readonly agenda: Agenda }) {
  const { decisions, meeting } = agenda;
  if (decisions.length === 0) return null;
  return (
    <section aria-labelledby="decide">
      <h2 id="decide">{counted(decisions.length, 'décision prise', 'décisions prises')}</h2>
      <MinutesButton meetingId={meeting.meetingId} />
      <ul>
        {decisions.toReversed().map((one) => (
          <Item key={one.decisionId} one={one} meetingId={meeting.meetingId} />
        ))}
      </ul>
    </section>
  );
}
