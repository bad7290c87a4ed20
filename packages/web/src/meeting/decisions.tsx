import { MeetingTopicLabels } from '@raccroche/contract';
import { call } from '../client/call.ts';
import { downloadText } from '../client/download.ts';
import { tell } from '../client/notices.ts';
import { useMe } from '../client/session.ts';
import { useChange } from '../frame/use-change.tsx';
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
  const { busy, trouble, send } = useChange();
  const take = () =>
    send(async () => {
      const { fileName, html } = await call('meetingMinutes', { params: { meetingId } });
      downloadText(fileName, html, 'text/html');
    }, 'Compte rendu enregistré. Ouvrez-le pour l’imprimer.');
  return (
    <div className="minutes">
      <button type="button" className="button button-quiet" disabled={busy} onClick={() => void take()}>
        Enregistrer le compte rendu
      </button>{' '}
      <span className="quiet">Document nominatif : son édition est tracée et comptée.</span>
      {trouble}
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
