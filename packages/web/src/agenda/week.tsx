import type { AgendaEntry } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Empty } from '../frame/states.tsx';
import { hour, localDay, longDate, weekdayOf } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { AppointmentCard } from './appointment-card.tsx';
import type { Doing } from './doing-panel.tsx';

type AgendaOutput = RouteOutput<'agenda'>;

/** Free hours of the week of one person; none of a whole platform. */
function useFree(
  platform: string,
  person: string | undefined,
  days: AgendaOutput['days'],
): readonly string[] {
  const [from, to] = [days[0]?.date ?? '', days.at(-1)?.date ?? ''];
  const { data } = useQuery({
    queryKey: ['agenda', 'free', platform, person, from, to],
    queryFn: ({ signal }) =>
      call('freeSlots', { query: { platform, person: person ?? '', from, to } }, signal),
    enabled: person !== undefined && to >= today(),
  });
  return data?.slots ?? [];
}

function FreeHours({
  slots,
  onChoose,
}: {
  readonly slots: readonly string[];
  readonly onChoose: (slot: string) => void;
}) {
  if (slots.length === 0) return null;
  return (
    <details className="free-hours">
      <summary>{slots.length === 1 ? '1 heure libre' : `${slots.length} heures libres`}</summary>
      <ul>
        {slots.map((slot) => (
          <li key={slot}>
            <button
              type="button"
              className="button-small"
              aria-label={`Nouveau rendez-vous ${longDate(slot, today())} à ${hour(slot)}`}
              onClick={() => onChoose(slot)}
            >
              {hour(slot)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Day({
  day: { date, holiday },
  entries,
  slots,
  canAct,
  showsReceiver,
  onDo,
}: {
  readonly day: AgendaOutput['days'][number];
  readonly entries: readonly AgendaEntry[];
  readonly slots: readonly string[];
  readonly canAct: boolean;
  readonly showsReceiver: boolean;
  readonly onDo: (doing: Doing) => void;
}) {
  const isEmpty = entries.length === 0 && slots.length === 0 && holiday === null;
  return (
    <section
      className={isEmpty ? 'agenda-day agenda-day-empty' : 'agenda-day'}
      aria-label={longDate(date, today())}
    >
      <h2 aria-current={date === today() ? 'date' : undefined}>{capital(longDate(date, today()))}</h2>
      {holiday !== null && <p className="quiet">Férié : {holiday}</p>}
      <ul>
        {entries.map((entry) => (
          <AppointmentCard
            key={`${entry.case.caseId} ${entry.at}`}
            entry={entry}
            canAct={canAct}
            showsReceiver={showsReceiver}
            onMove={() => onDo({ kind: 'move', caseId: entry.case.caseId })}
          />
        ))}
      </ul>
      {canAct && <FreeHours slots={slots} onChoose={(at) => onDo({ kind: 'new', at })} />}
      {isEmpty && <p className="quiet">Rien</p>}
    </section>
  );
}

const FRIDAY = 5;

/** Columns on a wide screen, a list on a phone; week-ends only when something stands there. */
export function Week({
  agenda: { days, appointments },
  platform,
  person,
  canAct,
  onDo,
}: {
  readonly agenda: AgendaOutput;
  readonly platform: string;
  readonly person: string | undefined;
  readonly canAct: boolean;
  readonly onDo: (doing: Doing) => void;
}) {
  const free = useFree(platform, person, days);
  const entriesOf = (date: string) => appointments.filter(({ at }) => localDay(at) === date);
  const shown = days.filter(({ date }) => weekdayOf(date) <= FRIDAY || entriesOf(date).length > 0);
  return (
    <>
      {appointments.length === 0 && (
        <Empty title="Aucun rendez-vous cette semaine.">
          <p>Un rendez-vous se fixe ici, ou depuis un dossier.</p>
        </Empty>
      )}
      <div className={`agenda-week agenda-week-${shown.length}`}>
        {shown.map((day) => (
          <Day
            key={day.date}
            day={day}
            entries={entriesOf(day.date)}
            slots={free.filter((slot) => localDay(slot) === day.date)}
            canAct={canAct}
            showsReceiver={person === undefined}
            onDo={onDo}
          />
        ))}
      </div>
    </>
  );
}
