import { addDays, ageAt, type CivilDate } from '../calendar.ts';
import { type Times, yearEnd, yearStart } from '../life/life-builder.ts';
import type { Life } from '../life/model.ts';
import type { ToldSchooling } from '../senders/school-register.ts';

/**
 * Whether the national education's own registers would list somebody, people recognised without fault:
 * on its rolls since the 1 September before last, in a cycle that leads to a diploma; no longer on any at the reference
 * date; 16 to 25; without the diploma of that cycle. It is what the two-thirds figure is about (domain.md §2.4 (2), (3)).
 */
export function listedBySchoolRegistersAlone(
  life: Life,
  schoolings: readonly ToldSchooling[],
  { asOf, before }: Times,
): boolean {
  const age = ageAt(life.person.birthDate, asOf);
  const told = schoolings.filter((one) => lastDayTold(one) >= yearStart(before));
  if (age < 16 || age >= 26 || told.length === 0) return false;
  const qualifying = told.filter(({ stay }) => stay.training.leadsTo === 3 || stay.training.leadsTo === 4);
  if (qualifying.length === 0) return false;
  if (told.some((one) => !one.inactive && one.firstDay <= asOf && lastDayTold(one) >= asOf)) return false;
  const asked = Math.min(4, Math.max(...qualifying.map(({ stay }) => stay.training.leadsTo ?? 0)));
  return !life.awards.some(
    ({ result, level, date }) => result === 'admis' && date <= asOf && (level ?? 0) >= asked,
  );
}

/** Without an exit the stay closes with its school year; one in no class has already closed. */
function lastDayTold({ exit, inactive, schoolYear, firstDay }: ToldSchooling): CivilDate {
  if (exit !== undefined) return exit;
  return inactive ? addDays(firstDay, 1) : yearEnd(schoolYear);
}
