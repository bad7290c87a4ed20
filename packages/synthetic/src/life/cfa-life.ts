import { addDays, type CivilDate, civilDate, daysBetween, earliest, latest } from '../calendar.ts';
import { drawTraining, getTraining, type Training } from '../trainings.ts';
import { PASS_RATES } from './fates.ts';
import { type LifeBuilder, yearStart } from './life-builder.ts';
import type { Contract } from './model.ts';

/** Shares `[inferred]`; one contract in four or five breaks. */
const BREAKS = 0.2;
const NEVER_A_CONTRACT = 0.05;
const NEW_CONTRACT_AFTER_BREAK = 0.45;
const STAYS_WITHOUT_CONTRACT = 0.42;
/** A CFA keeps somebody without contract for half a year; a few longer. */
const KEPT_DAYS = { low: 130, high: 330 } as const;

/**
 * Begins an apprenticeship and lives it to the reference date: breaks, new contracts, abandon, examination.
 * Returns the last day in training when the person is out of it, without diploma; undefined otherwise.
 */
export function startApprenticeship(
  life: LifeBuilder,
  firstDay: CivilDate,
  {
    training = drawTraining(life.random, 'cfa', { qualifying: true }),
    year = 1,
  }: { training?: Training; year?: number } = {},
): CivilDate | undefined {
  const { times } = life;
  if (firstDay > times.asOf) return undefined;
  const school = life.schoolFor('cfa');
  const firstYear = Number(firstDay.slice(0, 4)) - (firstDay.slice(5) < '06-01' ? 1 : 0);
  const plannedEnd = civilDate(firstYear + training.years - (year - 1), 8, 31);
  const { contracts, leftOn } = liveContracts(life, firstDay, plannedEnd);
  life.apprentice({ school, training, year, firstDay, contracts, plannedEnd, leftOn });
  if (leftOn !== undefined && leftOn < times.asOf) return leftOn;
  return plannedEnd < times.asOf ? finish(life, training, plannedEnd) : undefined;
}

function liveContracts(
  life: LifeBuilder,
  firstDay: CivilDate,
  plannedEnd: CivilDate,
): { contracts: readonly Contract[]; leftOn: CivilDate | undefined } {
  const { random, times } = life;
  if (random.chance(NEVER_A_CONTRACT)) {
    return { contracts: [], leftOn: whenSentAway(life, firstDay, plannedEnd) };
  }
  const start = addDays(firstDay, random.between(-20, 25));
  const lastKnown = earliest(plannedEnd, times.asOf);
  const lived = daysBetween(start, lastKnown);
  if (lived < 30 || !random.chance(BREAKS))
    return { contracts: [life.contract(start, plannedEnd)], leftOn: undefined };
  // Recent breaks are what a campaign must judge: those of long-finished years would only make noise.
  const earliestBreak = latest(addDays(start, 15), addDays(times.asOf, -400));
  const room = Math.max(0, daysBetween(earliestBreak, addDays(lastKnown, -5)));
  const brokenOn = addDays(earliestBreak, random.between(0, room));
  const broken = life.contract(start, plannedEnd, brokenOn);
  if (random.chance(NEW_CONTRACT_AFTER_BREAK)) {
    const next = addDays(brokenOn, random.between(3, 75));
    if (next < lastKnown) return { contracts: [broken, life.contract(next, plannedEnd)], leftOn: undefined };
  }
  return { contracts: [broken], leftOn: whenSentAway(life, brokenOn, plannedEnd) };
}

/** Last day of somebody without contract: soon after, or when the CFA gives up; undefined when still kept. */
function whenSentAway(life: LifeBuilder, since: CivilDate, plannedEnd: CivilDate): CivilDate | undefined {
  const days = life.random.chance(STAYS_WITHOUT_CONTRACT)
    ? life.random.between(KEPT_DAYS.low, KEPT_DAYS.high)
    : life.random.between(1, 60);
  const day = addDays(since, days);
  return day < plannedEnd ? day : undefined;
}

function finish(life: LifeBuilder, training: Training, plannedEnd: CivilDate): CivilDate | undefined {
  const { random, times } = life;
  const passed = random.chance(PASS_RATES[training.award ?? ''] ?? 0.8);
  life.exam(training, Number(plannedEnd.slice(0, 4)) - 1, passed);
  const next = yearStart(times.current);
  if (plannedEnd >= next) return undefined;
  if (passed && random.chance(0.25))
    return startApprenticeship(life, next, { training: getTraining('cfa-bp-plomberie') });
  if (!passed && random.chance(0.6))
    return startApprenticeship(life, next, { training, year: training.years });
  if (!passed) return plannedEnd;
  life.findWork(addDays(plannedEnd, random.between(5, 60)));
  return undefined;
}
