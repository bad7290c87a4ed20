import type { Database } from '../../../../platform/duckdb/database.ts';
import type { PreviousReading } from '../../../sources/index.ts';

/** A record as a reading left it. */
export interface ToldRecord {
  readonly id: string;
  readonly delivery: string;
  readonly ordinal: number;
  /** Kind, establishment and sender of its file, and all that is said of it. */
  readonly said: string;
  /** Its rows bear names of other files. */
  readonly schooling: boolean;
}

const TOLD = ['spells', 'contracts', 'awards', 'accompaniments'] as const;

/** All records of a reading, in the order of their deliveries and rows. */
export async function toldRecords(
  database: Database,
  table: PreviousReading['table'],
): Promise<readonly ToldRecord[]> {
  const said = new Map<string, string[]>();
  for (const name of TOLD)
    for (const { record_id, ...row } of await database.all(`FROM ${table(name)} t ORDER BY ALL`))
      said.set(String(record_id), [...(said.get(String(record_id)) ?? []), JSON.stringify([name, row])]);
  const records = await database.all(
    `SELECT f.delivery_id, f.kind, f.uai, f.sender, r.* EXCLUDE (file_no, position)
     FROM ${table('records')} r JOIN ${table('files')} f USING (file_no) ORDER BY r.file_no, r.ordinal`,
  );
  return records.map(({ record_id, delivery_id, ordinal, ...columns }) => ({
    id: String(record_id),
    delivery: String(delivery_id),
    ordinal: Number(ordinal),
    said: JSON.stringify([columns, said.get(String(record_id))]),
    schooling: columns.kind === 'sygne-schoolings',
  }));
}

/** The ids that records of today, told under their own ids, have after a campaign that left `before` and read `deliveries`. */
export function idsAfter(
  before: readonly ToldRecord[],
  today: readonly ToldRecord[],
  deliveriesToday: ReadonlySet<string>,
  deliveriesBefore: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const placeOf = ({ delivery, ordinal }: ToldRecord) => `${delivery}-${ordinal}`;
  const then = new Map(before.map((record) => [placeOf(record), record.id]));
  const left = new Map<string, string[]>();
  for (const { id, delivery, said, schooling } of before)
    if (!schooling && !deliveriesToday.has(delivery)) left.set(said, [...(left.get(said) ?? []), id]);
  const held = new Map<string, string>();
  for (const record of today) {
    const still = then.get(placeOf(record));
    const id =
      deliveriesBefore.has(record.delivery) || record.schooling ? still : left.get(record.said)?.shift();
    if (id !== undefined) held.set(placeOf(record), id);
  }
  const borne = new Set(held.values());
  const numbered = (id: string, copy: number): string =>
    borne.has(`${id}-${copy}`) ? numbered(id, copy + 1) : `${id}-${copy}`;
  return new Map(
    today.map((record) => {
      const own = placeOf(record);
      return [own, held.get(own) ?? (borne.has(own) ? numbered(own, 2) : own)];
    }),
  );
}
