import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { part } from '../frame/missing-parts.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { addDays, mondayOf } from '../words/dates.ts';
import { CalendarFeed } from './calendar-feed.tsx';
import { ReceptionForm } from './reception-form.tsx';

/** Whose appointments: mine, everybody's, a colleague's. */
function Whose({ platform }: { readonly platform: string }) {
  const { data: me } = useMe();
  const [url, setUrl] = useUrlState();
  const { data } = useQuery({
    queryKey: ['colleagues', platform],
    queryFn: ({ signal }) => call('colleagues', { query: { platform } }, signal),
    meta: part('les collègues'),
  });
  const receives = me !== undefined && me !== null && may(me, 'case.act');
  const others = (data?.colleagues ?? []).filter(({ personId }) => personId !== me?.personId);
  return (
    <label className="field field-inline">
      <span>Qui reçoit</span>
      <select
        value={url.get('recoit') ?? (receives ? 'moi' : 'tous')}
        onChange={(event) => setUrl({ recoit: event.target.value }, { replace: true })}
      >
        {receives && <option value="moi">Moi</option>}
        <option value="tous">Toute la plateforme</option>
        {others.map(({ personId, displayName }) => (
          <option key={personId} value={personId}>
            {displayName}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which week, whose, and how I receive. */
export function AgendaTools({
  platform,
  monday,
  onWeek,
}: {
  readonly platform: string;
  readonly monday: string;
  readonly onWeek: (monday: string) => void;
}) {
  const { data: me } = useMe();
  const thisWeek = mondayOf(today());
  return (
    <div className="agenda-tools">
      <div className="agenda-weeks">
        <button type="button" className="button button-quiet" onClick={() => onWeek(addDays(monday, -7))}>
          Précédente <kbd aria-hidden>p</kbd>
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={monday === thisWeek}
          onClick={() => onWeek(thisWeek)}
        >
          Cette semaine <kbd aria-hidden>a</kbd>
        </button>
        <button type="button" className="button button-quiet" onClick={() => onWeek(addDays(monday, 7))}>
          Suivante <kbd aria-hidden>s</kbd>
        </button>
      </div>
      <Whose platform={platform} />
      {me && may(me, 'case.act') && (
        <details className="filter-panel agenda-settings">
          <summary>Mes heures et mon lieu</summary>
          <ReceptionForm />
          <CalendarFeed />
        </details>
      )}
    </div>
  );
}
