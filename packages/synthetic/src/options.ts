import { existsSync } from 'node:fs';
import { type CivilDate, isCivilDate, schoolYearOf } from './calendar.ts';
import { FAULT_LEVELS, type FaultLevel } from './failures.ts';
import { exportsFolder } from './files/exports.ts';
import { SENDER_MODES, type SenderMode } from './france/establishments.ts';

/** What makes a country: the same options give the same bytes. */
export interface FranceOptions {
  readonly seed: number;
  /** Reference date of the campaign that the deliveries are made for. */
  readonly asOf: CivilDate;
  /**
   * The day that lives end on: the reference date when left out. Two reference dates of one `until` tell of the same people
   * and the same lives, as far as these have come; `asOf` is in its school year or the one before, and not after it.
   */
  readonly until?: CivilDate | undefined;
  /** Folder of another reference date of the same `until`: files whose content has not changed since then stand as they were. */
  readonly after?: string | undefined;
  /** Folder to write in: `deliveries/` and `truth/`. */
  readonly out: string;
  /** How many people live there altogether. */
  readonly people: number;
  /** Départements that there are; the others do not exist. All when left out. */
  readonly departments?: readonly string[] | undefined;
  readonly senders: SenderMode;
  readonly faults: FaultLevel;
  /** How many times as many people die as in France, from 0: 1 when left out. More makes a small country have deaths to look at. */
  readonly mortality?: number | undefined;
}

/** So many times the deaths of France is a country in which one in ten dies. */
const MOST_DEATHS = 300;

/** Throws RangeError when an option is none. */
export function checkOptions({
  asOf,
  until,
  after,
  people,
  senders,
  faults,
  mortality = 1,
}: FranceOptions): void {
  if (!isCivilDate(asOf)) throw new RangeError('asOf is no civil date (yyyy-mm-dd)');
  if (until !== undefined && !isCivilDate(until)) throw new RangeError('until is no civil date (yyyy-mm-dd)');
  if (until !== undefined && (asOf > until || schoolYearOf(asOf) < schoolYearOf(until) - 1))
    throw new RangeError('asOf is after until, or before the school year before that of until');
  if (after !== undefined && (until === undefined || !existsSync(exportsFolder(after))))
    throw new RangeError('after is no folder of another reference date');
  if (!Number.isInteger(people) || people < 1 || people > 9_999_999)
    throw new RangeError('people is no count');
  if (!SENDER_MODES.includes(senders)) throw new RangeError('senders is no mode');
  if (!(mortality >= 0 && mortality <= MOST_DEATHS)) throw new RangeError('mortality is no rate');
  if (!FAULT_LEVELS.includes(faults)) throw new RangeError('faults is no level');
}
