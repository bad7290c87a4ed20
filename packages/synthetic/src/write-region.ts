import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CivilDate, isCivilDate } from './calendar.ts';
import { ESTABLISHMENTS } from './establishments.ts';
import { FAILURE_MODES, Failures } from './failure-modes.ts';
import { csvText } from './files/csv.ts';
import { DeliveryFolder } from './files/delivery-folder.ts';
import { timesOf } from './life/life-builder.ts';
import { makePopulation } from './life/make-population.ts';
import type { Life } from './life/model.ts';
import { loadPlaces } from './places.ts';
import { Random } from './random.ts';
import { deliverCfa } from './senders/cfa.ts';
import { deliverFregata } from './senders/fregata.ts';
import { deliverDeaths } from './senders/insee-deaths.ts';
import {
  deliverAccompaniments,
  deliverContracts,
  deliverEnrolments,
  deliverExams,
} from './senders/partners.ts';
import { keepSchoolRegister } from './senders/school-register.ts';
import type { SenderContext } from './senders/sender-context.ts';
import { deliverSiecle } from './senders/siecle.ts';
import { deliverSygne } from './senders/sygne.ts';
import { IdentityTeller } from './senders/told-identity.ts';
import { judge } from './truth/judge.ts';
import { SchoolRegistersAlone } from './truth/school-registers-alone.ts';
import { PEOPLE_FILE, peopleHeader, personLine, ROWS_FILE } from './truth/truth-files.ts';

export interface RegionOptions {
  readonly seed: number;
  /** Reference date of the campaign that the deliveries are made for. */
  readonly asOf: CivilDate;
  /** Folder to write in: `deliveries/` and `truth/`. Files of the same names are overwritten. */
  readonly out: string;
  /** How many people live there; 4,500 when left out. */
  readonly people?: number;
}

export interface Region {
  readonly deliveries: string;
  readonly truth: string;
  readonly people: number;
  /** Rows that senders wrote, the unusable ones too. */
  readonly rows: number;
}

const DEFAULT_PEOPLE = 4500;

/**
 * Writes a small invented region: what each sender delivers, in its own format and with its failings, and the truth.
 * The same options give the same bytes. Throws RangeError when `asOf` is no date or `people` is no count.
 */
export async function writeRegion({
  seed,
  asOf,
  out,
  people = DEFAULT_PEOPLE,
}: RegionOptions): Promise<Region> {
  if (!isCivilDate(asOf)) throw new RangeError('asOf is no civil date (yyyy-mm-dd)');
  if (!Number.isInteger(people) || people < 1) throw new RangeError('people is no count');
  const deliveries = join(out, 'deliveries');
  const truth = join(out, 'truth');
  const times = timesOf(asOf);
  const places = loadPlaces();
  const lives = [...makePopulation({ seed, count: people, times, places })];
  const failures = new Failures();
  mkdirSync(truth, { recursive: true });
  const folder = new DeliveryFolder(deliveries, join(truth, ROWS_FILE));
  const random = new Random(seed).fork('senders');
  const context = { random, times, failures, teller: new IdentityTeller(failures), folder };
  const registers = deliverAll(context, lives);
  deliverDeaths(context, lives, places);
  folder.close();
  const lines = lives.map((life) =>
    personLine(life, judge(life, times), {
      raw: registers.lists(life),
      failures: failures.of(life.person.id),
    }),
  );
  writeFileSync(join(truth, PEOPLE_FILE), csvText(peopleHeader(), lines, { lineEnd: '\n' }));
  writeFileSync(join(truth, 'failure-modes.csv'), failureReport(failures));
  return { deliveries, truth, people: lives.length, rows: folder.rows };
}

function deliverAll(context: SenderContext, lives: readonly Life[]): SchoolRegistersAlone {
  const registers = new SchoolRegistersAlone(context.times);
  let siecleRank = 0;
  for (const school of ESTABLISHMENTS) {
    if (school.software === 'siecle' || school.software === 'sygne') {
      const register = keepSchoolRegister(context, lives, school);
      registers.add(register);
      if (school.software === 'siecle') deliverSiecle(context, register, siecleRank++);
      else deliverSygne(context, register);
    } else if (school.software.startsWith('fregata')) deliverFregata(context, lives, school);
    else if (school.software.startsWith('cfa')) deliverCfa(context, lives, school);
    else if (school.software === 'interchange') deliverEnrolments(context, lives, school);
  }
  deliverExams(context, lives);
  deliverContracts(context, lives);
  deliverAccompaniments(context, lives);
  return registers;
}

/** What went wrong how often, beside the rate that was asked for. */
function failureReport(failures: Failures): string {
  const rows = Object.entries(FAILURE_MODES).map(([mode, { rate, source }]) => {
    const tally = [...failures.tallies()].find(([name]) => name === mode)?.[1];
    return [mode, rate, tally?.occasions ?? 0, tally?.hits ?? 0, source];
  });
  return csvText(['mode', 'rate', 'occasions', 'hits', 'source'], rows, { lineEnd: '\n' });
}
