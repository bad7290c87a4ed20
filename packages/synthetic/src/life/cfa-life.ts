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
/**
 * A CFA keeps somebody without contract for half a year; a few longer. One of agriculture no longer than that: FREGATA has
 * no contracts, so that nobody could tell.
 */
const KEPT_DAYS = { cfa: { low: 130, high: 330 }, cfaa: { low: 130, high: 170 } } as const;
/** Of those who begin an apprenticeship, how many in agriculture: 45,000 of 385,000 (domain.md §6); and after a school of it. */
const IN_AGRICULTURE = 0.085;
const IN_AGRICULTURE_AFTER_IT = 0.5;
/** What one apprentice in four goes on to after the first diploma, and the year of it that they enter. */
const ADVANCED = {
  cfa: { training: 'cfa-bp-plomberie', year: 1 },
  cfaa: { training: 'cfa-bpa-cgea', year: 2 },
} as const;

/**
 * Begins an apprenticeship and lives it to the reference date: breaks, new contracts, abandon, examination.
 * Returns the last day in training when the person is out of it, without diploma; undefined otherwise.
 */
export function startApprenticeship(
  life: LifeBuilder,
  firstDay: CivilDate,
  { training = drawApprenticeship(life), year = 1 }: { training?: Training; year?: number } = {},
): CivilDate | undefined {
  const { times } = life;
  if (firstDay > times.asOf) return undefined;
  const school = life.schoolFor(training.sector);
  const firstYear = Number(firstDay.slice(0, 4)) - (firstDay.slice(5) < '06-01' ? 1 : 0);
  const plannedEnd = civilDate(firstYear + training.years - (year - 1), 8, 31);
  const { contracts, leftOn } = liveContracts(life, { training, firstDay, plannedEnd });
  life.apprentice({ school, training, year, firstDay, contracts, plannedEnd, leftOn });
  if (leftOn !== undefined && leftOn < times.asOf) return leftOn;
  return plannedEnd < times.asOf ? finish(life, training, plannedEnd) : undefined;
}

function drawApprenticeship({ random, lastStay }: LifeBuilder): Training {
  const before = lastStay?.training.sector;
  const inAgriculture = before === 'agri' || before === 'cfaa' ? IN_AGRICULTURE_AFTER_IT : IN_AGRICULTURE;
  return drawTraining(random, random.chance(inAgriculture) ? 'cfaa' : 'cfa', { qualifying: true });
}

interface Apprenticeship {
  readonly training: Training;
  readonly firstDay: CivilDate;
  readonly plannedEnd: CivilDate;
}

const kindOf = ({ sector }: Training): 'cfa' | 'cfaa' => (sector === 'cfaa' ? 'cfaa' : 'cfa');

function liveContracts(
  life: LifeBuilder,
  apprenticeship: Apprenticeship,
): { contracts: readonly Contract[]; leftOn: CivilDate | undefined } {
  const { random, times } = life;
  const { training, firstDay, plannedEnd } = apprenticeship;
  // To enter a CFA of agriculture takes a contract. `[inferred]`
  const ofAgriculture = kindOf(training) === 'cfaa';
  if (!ofAgriculture && random.chance(NEVER_A_CONTRACT)) {
    return { contracts: [], leftOn: whenSentAway(life, firstDay, apprenticeship) };
  }
  const start = addDays(firstDay, random.between(-20, ofAgriculture ? 0 : 25));
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
  return { contracts: [broken], leftOn: whenSentAway(life, brokenOn, apprenticeship) };
}

/** Last day of somebody without contract: soon after, or when the CFA gives up; undefined when still kept. */
function whenSentAway(
  life: LifeBuilder,
  since: CivilDate,
  { training, plannedEnd }: Apprenticeship,
): CivilDate | undefined {
  const kept = KEPT_DAYS[kindOf(training)];
  const days = life.random.chance(STAYS_WITHOUT_CONTRACT)
    ? life.random.between(kept.low, kept.high)
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
  if (passed && random.chance(0.25)) {
    const { training: id, year } = ADVANCED[kindOf(training)];
    return startApprenticeship(life, next, { training: getTraining(id), year });
  }
  if (!passed && random.chance(0.6))
    return startApprenticeship(life, next, { training, year: training.years });
  if (!passed) return plannedEnd;
  life.findWork(addDays(plannedEnd, random.between(5, 60)));
  return undefined;
}
