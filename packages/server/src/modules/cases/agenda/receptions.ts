import type { Reception, ReceptionHours } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';

const WEEKDAYS = [1, 2, 3, 4, 5];
/** Of who has set nothing: the hours of an office. [choice of the product] */
export const USUAL_HOURS: readonly ReceptionHours[] = WEEKDAYS.flatMap((weekday) => [
  { weekday, from: '09:00', to: '12:00' },
  { weekday, from: '14:00', to: '17:00' },
]);

/** How somebody receives; the usual hours, no place and no telephone for who set nothing or is no colleague of the caller. */
export async function readReception({ transaction }: Caller, person: string): Promise<Reception> {
  const { rows } = await transaction.query<Reception>(
    'SELECT hours, place, phone FROM cases.receptions WHERE person_id = $1',
    [person],
  );
  const [row] = rows;
  return row
    ? { hours: row.hours, place: row.place, phone: row.phone }
    : { hours: [...USUAL_HOURS], place: null, phone: null };
}

/** Sets how the caller receives: nobody sets it for somebody else. */
export async function setReception(
  { transaction, personId }: Caller,
  { hours, place, phone }: Reception,
): Promise<Reception> {
  const ordered = [...hours].sort((one, other) =>
    `${one.weekday} ${one.from} ${one.to}` < `${other.weekday} ${other.from} ${other.to}` ? -1 : 1,
  );
  const set: Reception = { hours: ordered, place: place || null, phone: phone || null };
  await transaction.query(
    `INSERT INTO cases.receptions (person_id, hours, place, phone) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id) DO UPDATE SET hours = excluded.hours, place = excluded.place, phone = excluded.phone`,
    [personId, JSON.stringify(set.hours), set.place, set.phone],
  );
  return set;
}
