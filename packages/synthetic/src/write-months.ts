import { join } from 'node:path';
import { addMonths, type CivilDate } from './calendar.ts';
import { type France, type FranceRequest, writeFrance } from './write-france.ts';

export interface MonthsRequest extends Omit<FranceRequest, 'asOf' | 'until' | 'after'> {
  /** The first reference date; the others follow on the same day of each month. */
  readonly from: CivilDate;
  /** How many, from 1. All are within two school years. */
  readonly months: number;
}

/** What was written for one reference date, in the folder of `out` that bears its name. */
export interface Month extends France {
  readonly asOf: CivilDate;
}

/**
 * Writes the same invented country at one reference date a month: the same people live the same lives, of which senders tell
 * more each month; a file whose content has not changed stands as it was. Throws RangeError for options that are none.
 */
export async function writeMonths(request: MonthsRequest): Promise<readonly Month[]> {
  const { from, months, out, ...options } = request;
  if (!Number.isInteger(months) || months < 1) throw new RangeError('months is no count');
  const dates = Array.from({ length: months }, (_, rank) => addMonths(from, rank));
  const written: Month[] = [];
  for (const [rank, asOf] of dates.entries()) {
    const before = dates[rank - 1];
    const france = await writeFrance({
      ...options,
      asOf,
      until: dates.at(-1),
      after: before === undefined ? undefined : join(out, before),
      out: join(out, asOf),
    });
    written.push({ asOf, ...france });
  }
  return written;
}
