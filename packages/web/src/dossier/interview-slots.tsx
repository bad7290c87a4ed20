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
  const { data } = useQuery({
    queryKey: ['agenda', 'free', platform, person, from, minutes],
    queryFn: ({ signal }) =>
      call('freeSlots', { query: { platform, person, from, to: addDays(from, DAYS), minutes } }, signal),
    enabled: platform !== '' && person !== '',
    meta: part('les heures libres'),
  });
  const slots = firstOfDays(data?.slots ?? []);
  if (slots.length === 0) return null;
  return (
    <fieldset className="choices slots">
      <legend>Premières heures libres</legend>
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
