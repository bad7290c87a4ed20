import { MeetingTopicLabels } from '@raccroche/contract';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { usePlatform } from '../frame/platform.ts';
import { Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { longDate } from '../words/dates.ts';
import { counted, number } from '../words/texts.ts';
import { MinutesButton } from './decisions.tsx';
import { RunningMeeting } from './running.tsx';
import { type Meeting, problemText, useMeetings, useRefreshMeetings } from './use-meeting.ts';
import '../style/litiges.css';
import '../style/meeting.css';

type Waiting = NonNullable<ReturnType<typeof useMeetings>['data']>['waiting'];

function Prepare({ platform, waiting }: { readonly platform: string; readonly waiting: Waiting }) {
  const refresh = useRefreshMeetings();
  const [problem, setProblem] = useState<string>();
  const all = waiting.reduce((sum, { count }) => sum + count, 0);
  const begin = async () => {
    try {
      await call('openMeeting', { body: { platform, heldOn: today() } });
      await refresh();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <section className="panel" aria-labelledby="ordre-du-jour">
      <h2 id="ordre-du-jour">L’ordre du jour est prêt</h2>
      <p>
        {all === 0
          ? 'Aucun dossier n’attend de décision.'
          : `${counted(all, 'dossier attend', 'dossiers attendent')} une décision.`}
      </p>
      <dl className="meeting-counts">
        {waiting.map(({ topic, count }) => (
          <div key={topic}>
            <dt>{MeetingTopicLabels[topic]}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
      <button type="button" className="button" onClick={() => void begin()}>
        Commencer la réunion
      </button>
    </section>
  );
}

function Past({ meetings }: { readonly meetings: readonly Meeting[] }) {
  if (meetings.length === 0) return null;
  return (
    <section aria-labelledby="passees">
      <h2 id="passees">Réunions passées</h2>
      <ul>
        {meetings.map((one) => (
          <li key={one.meetingId} className="duty">
            <p>
              <strong>{longDate(one.heldOn, today())}</strong> ·{' '}
              {counted(one.decided, 'décision', 'décisions')}
            </p>
            <MinutesButton meetingId={one.meetingId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Réunion mensuelle: prepared, held in series, its minutes taken out. */
export default function MonthlyMeeting() {
  const platform = usePlatform();
  const { data, error, isPending, refetch } = useMeetings(platform?.platformId);
  if (!platform) return <NoRight what="une plateforme" />;
  const open = data?.meetings.find(({ closedAt }) => closedAt === null);
  return (
    <div className="page page-wide">
      <title>Réunion mensuelle · Raccroche</title>
      <h1>Réunion mensuelle</h1>
      {isPending && <Skeleton lines={4} height={80} />}
      {data === undefined && error !== null && (
        <Failed error={error} what="la réunion" onRetry={() => void refetch()} />
      )}
      {data !== undefined && open !== undefined && <RunningMeeting meetingId={open.meetingId} />}
      {data !== undefined && open === undefined && (
        <Prepare platform={platform.platformId} waiting={data.waiting} />
      )}
      {data !== undefined && <Past meetings={data.meetings.filter((one) => one !== open)} />}
    </div>
  );
}
