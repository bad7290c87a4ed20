/**
 * A year of monthly campaigns on an invented country whose people are followed, each with the one before as `--previous` and
 * one registry for all: how long somebody who left is on no list, against two campaigns a year on the same data; and whether
 * people keep their numbers. Months follow, so that whoever left has had time to be listed. Intervals are of 95 %: by order
 * statistics for days, Wilson's for shares.
 * `npx tsx bench/twelve-months.ts [--scale 0.05] [--seed 1] [--departments 29,35,51,59,60,62] [--from 2024-12-15] [--months 12]
 * [--after 5] [--keep FOLDER]`. What a kept folder holds is not run again.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { wilsonInterval } from '@raccroche/linkage';
import {
  addMonths,
  cohortOf,
  countPeople,
  type DaysWithin,
  type Delay,
  type DelayFigures,
  delaysOf,
  figuresOf,
  numberFigures,
  readDropOuts,
  WITHIN_DAYS,
  writeMonths,
} from '@raccroche/synthetic';
import { parseMemory, runCampaign } from '../packages/server/src/modules/lists/index.ts';
import { silentProgress } from '../packages/server/src/platform/terminal/progress.ts';
import { type CampaignTruth, readCampaignTruth } from './campaign-truth.ts';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '0.05' },
    seed: { type: 'string', default: '1' },
    departments: { type: 'string', default: '29,35,51,59,60,62' },
    from: { type: 'string', default: '2024-12-15' },
    months: { type: 'string', default: '12' },
    after: { type: 'string', default: '5' },
    keep: { type: 'string' },
  },
});
const { from } = options;
const months = Number(options.months);
const departments = options.departments.split(',');
const RULE_SETS = ['siei-2011', 'no-diploma'] as const;
/**
 * Two campaigns a year from 2010 to 2021: in autumn, a list towards November, and in spring, between March and May; the days
 * are not known (domain.md §1.3). Here: the campaigns of these months, among the monthly ones.
 */
const MONTHS_OF_2011 = ['04', '11'];
/** Out for less than that between two schools, nobody has dropped out. */
const SHORTEST_DAYS = 30;

const HEADINGS = [
  'drop-outs',
  'listed',
  'median',
  'p90',
  'mean of the listed',
  'in 30 days',
  'in 60',
  'in 90',
  'over before',
  'never',
];

interface WrittenMonth {
  readonly asOf: string;
  readonly deliveries: string;
  readonly truth: string;
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const days = (value: number | undefined): string => (value === undefined ? 'not reached' : String(value));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** A figure with the interval that holds it 95 times in 100. */
const within = (value: number | undefined, { low, high }: DaysWithin): string =>
  `${days(value)} (${days(low)} to ${days(high)})`;
const shareOf = (share: number, of: number): string => {
  const { low, high } = wilsonInterval(Math.round(share * of), of);
  return `${percent(share)} (${percent(low)} to ${percent(high)})`;
};

function row(label: string, figures: DelayFigures): string {
  const { dropOuts, listed, mean, overBefore, never } = figures;
  const quantiles = [within(figures.median, figures.medianWithin), within(figures.p90, figures.p90Within)];
  const shares = WITHIN_DAYS.map((limit) => shareOf(figures.within[limit], dropOuts));
  return `| ${[label, dropOuts, listed, ...quantiles, mean.toFixed(0), ...shares, overBefore, never].join(' | ')} |`;
}

async function runOne(campaign: {
  readonly asOf: string;
  readonly deliveries: string;
  readonly previous: string | undefined;
  readonly out: string;
  readonly ruleSet: string;
  readonly root: string;
}): Promise<void> {
  const { asOf, deliveries, previous, out, ruleSet } = campaign;
  const start = cpuSeconds();
  const { listed, rows } = await runCampaign(
    {
      deliveries,
      asOf,
      ruleSetId: ruleSet,
      previous,
      registry: join(campaign.root, `registre-${ruleSet}`),
      memoryBytes: parseMemory('2GB'),
      threads: 2,
      out,
      allowMissing: [],
    },
    silentProgress,
  );
  say(`${ruleSet} ${asOf}: ${rows} rows, ${listed} listed, ${(cpuSeconds() - start).toFixed(1)} s of CPU`);
}

async function runAll(
  root: string,
  written: readonly WrittenMonth[],
  { ruleSet, asked }: { ruleSet: string; asked: readonly string[] },
): Promise<readonly CampaignTruth[]> {
  const read: CampaignTruth[] = [];
  let previous: string | undefined;
  for (const { asOf, deliveries, truth } of written) {
    const out = join(root, ruleSet, asOf);
    if (!existsSync(join(out, 'manifest.json')))
      await runOne({ asOf, deliveries, previous, out, ruleSet, root });
    read.push(await readCampaignTruth({ folder: out, truth, asOf }, asked));
    previous = out;
  }
  return read;
}

/** Means of the three waits over those listed, and what kept the others waiting, by the days it cost. */
function sayCauses(name: string, delays: readonly Delay[], campaigns: readonly CampaignTruth[]): void {
  const listed = delays.filter(({ listedOn }) => listedOn !== undefined);
  const mean = (of: (delay: Delay) => number) =>
    (listed.reduce((sum, delay) => sum + of(delay), 0) / Math.max(1, listed.length)).toFixed(1);
  say(
    `${name}, mean days: rules ${mean(({ rules }) => rules)}, calendar ${mean((one) => one.calendar ?? 0)}, senders ${mean((one) => one.senders ?? 0)}`,
  );
  const causes = new Map<string, { people: number; months: number; never: number }>();
  for (const { dropOut, listedOn } of delays) {
    const { person, since, until = '9999-12-31' } = dropOut;
    const missed = campaigns.filter(
      ({ asOf, listed: on }) => asOf >= since && asOf <= until && !on.has(person),
    );
    const waited = missed.filter(({ asOf }) => listedOn === undefined || asOf < listedOn);
    const cause = waited.at(-1)?.absentBecause.get(person);
    if (cause === undefined) continue;
    const sum = causes.get(cause) ?? { people: 0, months: 0, never: 0 };
    causes.set(cause, {
      people: sum.people + 1,
      months: sum.months + waited.length,
      never: sum.never + (listedOn === undefined ? 1 : 0),
    });
  }
  for (const [cause, { people, months: missed, never }] of [...causes].sort(
    ([, a], [, b]) => b.months - a.months,
  ))
    say(`| ${cause} | ${people} | ${missed} | ${never} |`);
}

/** Deliveries and truth of each month; written unless a kept folder has them. */
async function writtenMonths(folder: string): Promise<readonly WrittenMonth[]> {
  const count = months + Number(options.after);
  const dates = Array.from({ length: count }, (_, rank) => addMonths(from, rank));
  const people = countPeople(Number(options.scale), departments);
  if (!existsSync(join(folder, dates.at(-1) ?? '', 'truth', 'counts.json'))) {
    const start = cpuSeconds();
    await writeMonths({
      seed: Number(options.seed),
      from,
      months: count,
      out: folder,
      people,
      departments,
      senders: 'national',
      faults: 'named',
      threads: 2,
    });
    say(`${people} people, ${(cpuSeconds() - start).toFixed(0)} s of CPU to write ${count} months`);
  }
  return dates.map((asOf) => ({
    asOf,
    deliveries: join(folder, asOf, 'deliveries'),
    truth: join(folder, asOf, 'truth'),
  }));
}

async function measure(root: string, written: readonly WrittenMonth[], ruleSet: string): Promise<void> {
  const cohort = { from: addMonths(from, -1), to: addMonths(from, months - 1) };
  const told = await readDropOuts(written.at(-1)?.truth ?? '');
  const truth = told.filter((one) => one.ruleSet === ruleSet);
  const all = cohortOf(truth, { ...cohort, shortest: 0 });
  const dropOuts = cohortOf(truth, { ...cohort, shortest: SHORTEST_DAYS });
  const asked = [...new Set(dropOuts.map(({ person }) => person))];
  const campaigns = await runAll(root, written, { ruleSet, asked });
  const shorter = all.length - dropOuts.length;
  say(
    `${ruleSet}: ${dropOuts.length} drop-outs after ${cohort.from}, to ${cohort.to}; ${shorter} shorter ways`,
  );
  const calendars = {
    monthly: campaigns,
    'two a year': campaigns.filter(({ asOf }) => MONTHS_OF_2011.includes(asOf.slice(5, 7))),
  };
  say(`| calendar, wait | ${HEADINGS.join(' | ')} |`);
  for (const [name, calendar] of Object.entries(calendars)) {
    const delays = delaysOf(dropOuts, calendar);
    for (const start of ['leaving', 'due'] as const) say(row(`${name}, ${start}`, figuresOf(delays, start)));
  }
  for (const [name, calendar] of Object.entries(calendars))
    sayCauses(name, delaysOf(dropOuts, calendar), calendar);
  say(JSON.stringify(numberFigures(campaigns)));
}

const root = options.keep ?? mkdtempSync(join(tmpdir(), 'twelve-months-'));
try {
  const written = await writtenMonths(join(root, 'months'));
  for (const ruleSet of RULE_SETS) await measure(root, written, ruleSet);
} finally {
  if (options.keep === undefined) rmSync(root, { recursive: true, force: true });
}
