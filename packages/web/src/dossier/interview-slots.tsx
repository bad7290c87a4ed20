import type { CaseDetail } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { part } from '../frame/missing-parts.tsx';
import { addDays, hour, localDay, longDate } from '../words/dates.ts';

/** As many as one reads at a glance, over the days to come. */
const A_DAY = 2;
const SHOWN = 6;
const DAYS = 14;
/** As long as most of them: keeps their room, so that what is below does not move away under a press. */
const ROOM = 'mercredi 30 septembre, 10 h 30';

/** The first of each day. */
function firstOfDays(slots: readonly string[]): readonly string[] {
  const before = (index: number) =>
    slots.slice(0, index).filter((other) => localDay(other) === localDay(slots[index] ?? '')).length;
  return slots.filter((_, index) => before(index) < A_DAY).slice(0, SHOWN);
}

/** The next free hours of whoever receives, one press each. */
export function InterviewSlots({
  one,
  person,
  minutes,
  chosen,
  onChoose,
}: {
  readonly one: CaseDetail;
  readonly person: string;
  readonly minutes: number;
  readonly chosen: string;
  readonly onChoose: (slot: string) => void;
}) {
  const platform = one.platformId ?? '';
  const from = addDays(today(), 1);
  const isAsked = platform !== '' && person !== '';
  const { data, isPending } = useQuery({
    queryKey: ['agenda', 'free', platform, person, from, minutes],
    queryFn: ({ signal }) =>
      call('freeSlots', { query: { platform, person, from, to: addDays(from, DAYS), minutes } }, signal),
    enabled: isAsked,
    meta: part('les heures libres'),
  });
  const slots = firstOfDays(data?.slots ?? []);
  const isComing = isAsked && isPending;
  if (slots.length === 0 && !isComing) return null;
  return (
    <fieldset className="choices slots" aria-busy={isComing}>
      <legend>Premières heures libres</legend>
      {isComing &&
        Array.from({ length: SHOWN }, (_, place) => place).map((place) => (
          <span key={place} className="choice room" aria-hidden="true">
            {ROOM}
          </span>
        ))}
      {slots.map((slot) => (
        <button
          key={slot}
          type="button"
          className="choice"
          aria-pressed={slot === chosen}
          onClick={() => onChoose(slot)}
        >
          {longDate(slot, today())}, {hour(slot)}
        </button>
      ))}
    </fieldset>
  );
}
