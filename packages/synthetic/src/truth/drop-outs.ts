import { addDays, type CivilDate, civilDate, earliest, latest, schoolYearOf } from '../calendar.ts';
import { csvLine } from '../files/csv.ts';
import { timesOf } from '../life/life-builder.ts';
import { lifeOn } from '../life/life-on.ts';
import type { Life } from '../life/model.ts';
import { BIRTHDAYS, CFA_WITHOUT_CONTRACT_MAX_DAYS, judge, type TruthRuleSet } from './judge.ts';
import { streamTable } from './truth-files.ts';

/** Rule sets whose drop-outs are dated. What meets an obligation depends on contacts: nobody is dated by that. */
export const DATED_RULE_SETS = ['siei-2011', 'no-diploma'] as const satisfies readonly TruthRuleSet[];

/** A time during which somebody truly is to be listed by a rule set. */
export interface DropOut {
  readonly person: string;
  readonly ruleSet: TruthRuleSet;
  /** The last day in training, or with a contract. */
  readonly leftOn: CivilDate;
  /** The first day on which the rules make them somebody to list, and the last; undefined while it goes on. */
  readonly since: CivilDate;
  readonly until: CivilDate | undefined;
}

export const dropOutLine = ({ person, ruleSet, leftOn, since, until }: DropOut): string =>
  csvLine([person, ruleSet, leftOn, since, until ?? '']);

/** The times of a life, from the day after `from` to `to`, during which a rule set truly lists the person, in order. */
export function dropOutsOf(life: Life, { from, to }: { from: CivilDate; to: CivilDate }): readonly DropOut[] {
  const listedOn = new Map<CivilDate, Readonly<Record<TruthRuleSet, boolean>>>();
  for (const day of [from, ...turningDays(life, from, to)])
    listedOn.set(day, judge(lifeOn(life, day), timesOf(day)).listed);
  return DATED_RULE_SETS.flatMap((ruleSet) => {
    const found: DropOut[] = [];
    let since: CivilDate | undefined;
    let before = true;
    for (const [day, listed] of listedOn) {
      if (listed[ruleSet] && !before) since = day;
      if (!listed[ruleSet] && since !== undefined) {
        found.push(dropOutSince(life, ruleSet, { since, until: addDays(day, -1) }));
        since = undefined;
      }
      before = listed[ruleSet];
    }
    if (since !== undefined) found.push(dropOutSince(life, ruleSet, { since, until: undefined }));
    return found;
  });
}

function dropOutSince(
  life: Life,
  ruleSet: TruthRuleSet,
  { since, until }: Pick<DropOut, 'since' | 'until'>,
): DropOut {
  return { person: life.person.id, ruleSet, leftOn: lastDayIn(life, since), since, until };
}

/** The last day before `day` on which somebody was in a school, or had a contract; a CFA that keeps them without one is none. */
function lastDayIn(life: Life, day: CivilDate): CivilDate {
  const eve = addDays(day, -1);
  const { stays } = lifeOn(life, eve);
  const days = stays.flatMap(({ school, status, firstDay, lastDay, contracts }) => {
    if (school.kind === 'abroad') return [];
    const open = status === 'apprenti' ? firstDay : eve;
    const ends = contracts.map(({ brokenOn, plannedEnd }) =>
      brokenOn === undefined ? earliest(plannedEnd, eve) : addDays(brokenOn, -1),
    );
    return [lastDay ?? open, ...ends];
  });
  return days.reduce(latest, '');
}

/** Every day after `from`, up to `to`, on which the judgement of a life can turn: events of it, birthdays, 1 September. In order. */
function turningDays(life: Life, from: CivilDate, to: CivilDate): readonly CivilDate[] {
  const days: (CivilDate | null | undefined)[] = [life.deceasedOn, ...birthdays(life.person.birthDate)];
  const gaveUp = (day: CivilDate) => addDays(day, CFA_WITHOUT_CONTRACT_MAX_DAYS + 1);
  for (const { firstDay, lastDay, contracts } of life.stays) {
    days.push(firstDay, gaveUp(firstDay), lastDay && addDays(lastDay, 1));
    for (const { start, plannedEnd, brokenOn } of contracts) {
      days.push(start, addDays(plannedEnd, 1), gaveUp(plannedEnd));
      if (brokenOn !== undefined) days.push(brokenOn, gaveUp(brokenOn));
    }
  }
  for (const { date } of life.awards) days.push(date);
  for (let year = schoolYearOf(from); year <= schoolYearOf(to); year += 1) days.push(civilDate(year, 9, 1));
  const within = days.filter((day): day is CivilDate => typeof day === 'string' && day > from && day <= to);
  return [...new Set(within)].sort();
}

/** Born on 29 February, a year older on 1 March of common years. */
function birthdays(birth: CivilDate): readonly CivilDate[] {
  return BIRTHDAYS.map((age) => {
    const day = civilDate(
      Number(birth.slice(0, 4)) + age,
      Number(birth.slice(5, 7)),
      Number(birth.slice(8, 10)),
    );
    return addDays(day, 0);
  });
}

/** Reads the drop-outs of the truth that was written of one of several reference dates. Throws RangeError where there are none. */
export async function readDropOuts(truthFolder: string): Promise<readonly DropOut[]> {
  const found: DropOut[] = [];
  for await (const row of streamTable(truthFolder, 'drop-outs')) {
    found.push({
      person: row.get('person') ?? '',
      ruleSet: row.get('rule_set') as TruthRuleSet,
      leftOn: row.get('left_on') ?? '',
      since: row.get('since') ?? '',
      until: row.get('until') || undefined,
    });
  }
  if (found.length === 0) throw new RangeError(`no drop-outs in ${truthFolder}`);
  return found;
}
