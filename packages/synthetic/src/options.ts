import { type CivilDate, isCivilDate } from './calendar.ts';
import { FAULT_LEVELS, type FaultLevel } from './failure-modes.ts';
import { SENDER_MODES, type SenderMode } from './france/establishments.ts';

/** What makes a country: the same options give the same bytes. */
export interface FranceOptions {
  readonly seed: number;
  /** Reference date of the campaign that the deliveries are made for. */
  readonly asOf: CivilDate;
  /** Folder to write in: `deliveries/` and `truth/`. */
  readonly out: string;
  /** How many people live there altogether. */
  readonly people: number;
  /** Départements that there are; the others do not exist. All when left out. */
  readonly departments?: readonly string[] | undefined;
  readonly senders: SenderMode;
  readonly faults: FaultLevel;
}

/** Throws RangeError when an option is none. */
export function checkOptions({ asOf, people, senders, faults }: FranceOptions): void {
  if (!isCivilDate(asOf)) throw new RangeError('asOf is no civil date (yyyy-mm-dd)');
  if (!Number.isInteger(people) || people < 1 || people > 9_999_999)
    throw new RangeError('people is no count');
  if (!SENDER_MODES.includes(senders)) throw new RangeError('senders is no mode');
  if (!FAULT_LEVELS.includes(faults)) throw new RangeError('faults is no level');
}
