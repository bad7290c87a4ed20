import { type AgendaEntry, AppointmentStateLabels, InterviewModeLabels } from '@raccroche/contract';
import { Link } from 'wouter';
import { type ActRoute, useAct } from '../client/act.ts';
import { isPast } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { hour } from '../words/dates.ts';
import { capital, listName } from '../words/texts.ts';
import { caseLink } from '../worklist/case-link.ts';
import { useReceiver } from './receivers.ts';

const TONES = { planned: 'todo', confirmed: 'doing', held: 'done', missed: 'none' } as const;

/** One press each: what may be said of an appointment that is set. */
function CardActions({ entry, onMove }: { readonly entry: AgendaEntry; readonly onMove: () => void }) {
  const act = useAct();
  const { caseId, version } = entry.case;
  const who = listName(entry.case);
  const say = (route: ActRoute, body: object, done: string) => () =>
    void act({ route, caseId, body: { ...body, version }, done }).catch((error: unknown) =>
      tell({
        tone: 'problem',
        text: error instanceof ApiProblem ? error.message : 'Cela n’a pas pu être enregistré.',
      }),
    );
  return (
    <div className="appointment-actions">
      {isPast(entry.at) ? (
        <>
          <Link
            className="button-small"
            href={caseLink(caseId, 'Noter l’entretien')}
            aria-label={`Venu : ${who}`}
          >
            Venu
          </Link>
          <button
            type="button"
            className="button-small"
            aria-label={`N’est pas venu : ${who}`}
            onClick={say('reportInterview', { held: false }, 'Absence notée, rappel mis dans la journée')}
          >
            Pas venu
          </button>
        </>
      ) : (
        <>
          {entry.state === 'planned' && (
            <button
              type="button"
              className="button-small"
              aria-label={`Confirmer : ${who}`}
              onClick={say('confirmInterview', {}, 'Rendez-vous confirmé')}
            >
              Confirmer
            </button>
          )}
          <button
            type="button"
            className="button-small"
            aria-label={`Annuler le rendez-vous : ${who}`}
            onClick={say('cancelInterview', { by: 'person' }, 'Rendez-vous annulé')}
          >
            Annuler
          </button>
        </>
      )}
      <button type="button" className="button-small" aria-label={`Déplacer : ${who}`} onClick={onMove}>
        Déplacer
      </button>
    </div>
  );
}

/** An appointment: when, who, how, where it stands, and what may be said of it. */
export function AppointmentCard({
  entry,
  canAct,
  showsReceiver,
  onMove,
}: {
  readonly entry: AgendaEntry;
  readonly canAct: boolean;
  readonly showsReceiver: boolean;
  readonly onMove: () => void;
}) {
  const { at, minutes, mode, state, overlaps, place, receivedBy } = entry;
  const receiver = useReceiver(receivedBy);
  const isSet = state === 'planned' || state === 'confirmed';
  return (
    <li className={`appointment appointment-${state}`}>
      <p className="appointment-when">
        <strong>{hour(at)}</strong> <span className="quiet">{minutes} min</span>
      </p>
      <p className="appointment-who">
        <Link href={caseLink(entry.case.caseId)}>{listName(entry.case)}</Link>, {entry.case.age} ans{' '}
        {entry.case.minor && <span className="tag">mineur</span>}
      </p>
      <p className="quiet">
        {[
          mode === null ? undefined : capital(InterviewModeLabels[mode]),
          place ?? undefined,
          entry.invited.includes('representative') ? 'avec le représentant légal' : undefined,
          showsReceiver ? `reçu par ${receiver}` : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(', ')}
      </p>
      <p>
        <span className={`word word-${TONES[state]}`}>{capital(AppointmentStateLabels[state])}</span>
      </p>
      {overlaps && isSet && <p className="warning">Même heure qu’un autre</p>}
      {canAct && isSet && <CardActions entry={entry} onMove={onMove} />}
    </li>
  );
}
