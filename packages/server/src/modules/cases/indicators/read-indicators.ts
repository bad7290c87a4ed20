import { INDICATOR_STATES, type IndicatorLevel, type IndicatorRow } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import { hideSmallCounts, type Sum } from './hide-small-counts.ts';

interface CountRow {
  readonly region: string | null;
  readonly department: string;
  readonly platform_id: string | null;
  readonly platform: string | null;
  readonly state: string;
  readonly cases: number;
}

/** A platform, what is in no zone of a département, a département, or a région. */
interface Place {
  readonly level: IndicatorLevel;
  readonly key: string;
  /** Key of the place that holds it. */
  readonly within: string | undefined;
  readonly row: Pick<IndicatorRow, 'id' | 'name' | 'department' | 'region'>;
}

const COLUMNS = [...INDICATOR_STATES, 'total'] as const;

/**
 * How many cases stand where, by place of one level, for the territory of the caller. What is hidden is worked out for a whole région
 * and all its levels at once: it is the same for whoever asks, and no level gives back what another hides.
 */
export async function readIndicators(caller: Caller, by: IndicatorLevel): Promise<IndicatorRow[]> {
  const { rows } = await caller.transaction.query<CountRow>('SELECT * FROM cases.indicator_counts()');
  await caller.record('indicators.read', [], { by });
  const regions = [...new Set(rows.map(({ region }) => region ?? ''))].sort();
  return regions.flatMap((region) =>
    rowsOfRegion(
      rows.filter((row) => (row.region ?? '') === region),
      by,
    ),
  );
}

function rowsOfRegion(rows: readonly CountRow[], by: IndicatorLevel): IndicatorRow[] {
  const places = placesOf(rows);
  const counts = countsOf(rows);
  const hidden = hideSmallCounts(counts, sumsOf([...places.values()]));
  const shown = (place: Place, column: string) => {
    const key = `${place.key} ${column}`;
    return hidden.has(key) ? null : (counts.get(key) ?? 0);
  };
  return [...places.values()]
    .filter(({ level }) => level === by)
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
    .map((place) => ({
      ...place.row,
      total: shown(place, 'total'),
      counts: Object.fromEntries(
        INDICATOR_STATES.map((state) => [state, shown(place, state)]),
      ) as IndicatorRow['counts'],
    }));
}

/** By département, then by name: who is in no zone first. */
const orderOf = ({ row, key }: Place) => `${row.department ?? ''} ${row.name ?? ''} ${key}`;

/** The three places of a row of counts, the smallest first. */
function placesOfRow({ region, department, platform_id, platform }: CountRow): readonly Place[] {
  const above = { region: `r ${region ?? ''}`, department: `d ${department}` };
  const row = { name: null, department, region };
  return [
    {
      level: 'platform',
      key: `p ${department} ${platform_id ?? ''}`,
      within: above.department,
      row: { ...row, id: platform_id, name: platform },
    },
    { level: 'department', key: above.department, within: above.region, row: { ...row, id: department } },
    {
      level: 'region',
      key: above.region,
      within: undefined,
      row: { ...row, id: region, department: null },
    },
  ];
}

const placesOf = (rows: readonly CountRow[]): ReadonlyMap<string, Place> =>
  new Map(rows.flatMap(placesOfRow).map((place) => [place.key, place]));

function countsOf(rows: readonly CountRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const { key } of placesOfRow(row))
      for (const column of [row.state, 'total']) {
        const name = `${key} ${column}`;
        counts.set(name, (counts.get(name) ?? 0) + row.cases);
      }
  return counts;
}

/** Of a place: its states make its total, and the places within it make each of its columns. */
function sumsOf(places: readonly Place[]): readonly Sum[] {
  const states = places.map(({ key }) => ({
    total: `${key} total`,
    parts: INDICATOR_STATES.map((state) => `${key} ${state}`),
  }));
  const levels = places.flatMap(({ key }) =>
    COLUMNS.flatMap((column) => {
      const parts = places.filter(({ within }) => within === key).map((place) => `${place.key} ${column}`);
      return parts.length === 0 ? [] : [{ total: `${key} ${column}`, parts }];
    }),
  );
  return [...states, ...levels];
}
