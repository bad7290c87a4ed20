import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { useKeys } from '../frame/keys.ts';
import { usePlatform } from '../frame/platform.ts';
import { Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { Updated } from '../frame/updated.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { addDays, longDate, mondayOf } from '../words/dates.ts';
import { counted } from '../words/texts.ts';
import { Drawer } from '../worklist/drawer.tsx';
import { AgendaTools } from './agenda-tools.tsx';
import { type Doing, DoingPanel } from './doing-panel.tsx';
import { Week } from './week.tsx';

const LAST_DAY = 6;
const A_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** From one appointment to the next, or the one before. */
function moveAmong(step: number): void {
  const stops = [...document.querySelectorAll<HTMLElement>('.appointment-who a')];
  const here = document.activeElement
    ?.closest('.appointment')
    ?.querySelector<HTMLElement>('.appointment-who a');
  const next = here ? stops.indexOf(here) + step : 0;
  stops[next]?.focus();
}

/** What the address says: the week, by its Monday, and who receives; undefined: everybody. */
function useShown(): { monday: string; person: string | undefined; goTo: (monday: string) => void } {
  const { data: me } = useMe();
  const [url, setUrl] = useUrlState();
  const asked = url.get('semaine') ?? '';
  const who = url.get('recoit') ?? 'moi';
  // Who receives nobody looks at everybody's.
  const mine = me && may(me, 'case.act') ? me.personId : undefined;
  return {
    monday: mondayOf(A_DATE.test(asked) ? asked : today()),
    person: who === 'tous' ? undefined : who === 'moi' ? mine : who,
    goTo: (monday) =>
      setUrl({ semaine: monday === mondayOf(today()) ? undefined : monday }, { replace: true }),
  };
}

function useAgenda(platform: string | undefined, monday: string, person: string | undefined) {
  return useQuery({
    queryKey: ['agenda', platform, monday, person],
    queryFn: ({ signal }) =>
      call(
        'agenda',
        { query: { platform: platform ?? '', from: monday, to: addDays(monday, LAST_DAY), person } },
        signal,
      ),
    enabled: platform !== undefined,
  });
}

/** Rendez-vous: the week of a person or of the platform. */
export default function Agenda() {
  const platform = usePlatform();
  const { data: me } = useMe();
  const { monday, person, goTo } = useShown();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data, error, isPending, refetch } = useAgenda(platform?.platformId, monday, person);
  const canAct = me !== undefined && me !== null && may(me, 'case.act');
  const begin = () => canAct && setDoing({ kind: 'new' });
  useKeys({
    p: () => goTo(addDays(monday, -7)),
    s: () => goTo(addDays(monday, 7)),
    a: () => goTo(mondayOf(today())),
    n: begin,
    j: () => moveAmong(1),
    k: () => moveAmong(-1),
  });
  if (!platform) return <NoRight what="une plateforme" />;
  return (
    <div className="agenda">
      <title>Rendez-vous · Raccroche</title>
      <div className="agenda-head">
        <h1>Rendez-vous</h1>
        <p className="quiet" role="status">
          {data ? counted(data.appointments.length, 'rendez-vous', 'rendez-vous') : 'Chargement'}, semaine du{' '}
          {longDate(monday, today())}
        </p>
        <Updated of="agenda" />
        {canAct && doing === null && (
          <button type="button" className="button" onClick={begin}>
            Nouveau rendez-vous <kbd aria-hidden>n</kbd>
          </button>
        )}
      </div>
      <AgendaTools platform={platform.platformId} monday={monday} onWeek={goTo} />
      {doing !== null && (
        <DoingPanel
          key={JSON.stringify(doing)}
          doing={doing}
          platform={platform.platformId}
          onDone={() => setDoing(null)}
        />
      )}
      {isPending && <Skeleton lines={4} height={120} />}
      {data === undefined && error !== null && (
        <Failed error={error} what="les rendez-vous" onRetry={() => void refetch()} />
      )}
      {data && (
        <Week agenda={data} platform={platform.platformId} person={person} canAct={canAct} onDo={setDoing} />
      )}
      <Drawer />
    </div>
  );
}
