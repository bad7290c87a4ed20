import { addDays, type CivilDate, latest } from '../calendar.ts';
import type { Establishment } from '../establishments.ts';
import type { Failures } from '../failure-modes.ts';
import type { DeliveryFolder } from '../files/delivery-folder.ts';
import { type Times, yearStart } from '../life/life-builder.ts';
import type { Life, Stay } from '../life/model.ts';
import type { Random } from '../random.ts';
import type { IdentityTeller } from './told-identity.ts';

/** What every sender works with. */
export interface SenderContext {
  readonly random: Random;
  readonly times: Times;
  readonly failures: Failures;
  readonly teller: IdentityTeller;
  readonly folder: DeliveryFolder;
}

/** Somebody's stay in an establishment, as the register of that establishment is asked for it. */
export interface Enrolled {
  readonly life: Life;
  readonly stay: Stay;
}

/** Senders extract from 1 to this many days before the reference date, and never before the last 1 September. */
const EXTRACTED_AT_MOST_DAYS_BEFORE = 25;

/** The day on which a sender made its files. */
export function extractionDay(random: Random, times: Times): CivilDate {
  return latest(
    addDays(times.asOf, -random.between(1, EXTRACTED_AT_MOST_DAYS_BEFORE)),
    yearStart(times.current),
  );
}

/** `2025` → `2025-2026`. */
export function schoolYearLabel(schoolYear: number): string {
  return `${schoolYear}-${schoolYear + 1}`;
}

/** Stays in one establishment, in the order of the people. */
export function enrolledIn(lives: readonly Life[], school: Establishment): readonly Enrolled[] {
  return lives.flatMap((life) =>
    life.stays.filter((stay) => stay.school === school).map((stay) => ({ life, stay })),
  );
}
