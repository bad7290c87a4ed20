import { join } from 'node:path';
import { Failures, type FailureTallies } from './failures.ts';
import { Exports } from './files/exports.ts';
import { Outbox } from './files/outbox.ts';
import { TextFile } from './files/text-file.ts';
import { Country } from './france/country.ts';
import { academyName } from './france/departments.ts';
import type { Establishment } from './france/establishments.ts';
import { type Times, timesOf, yearStart } from './life/life-builder.ts';
import { lifeOn } from './life/life-on.ts';
import { livesOf } from './life/make-population.ts';
import type { Life } from './life/model.ts';
import { type MarginalCounts, Marginals } from './marginals/marginals.ts';
import type { FranceOptions } from './options.ts';
import { Random } from './random.ts';
import { CfaDesk } from './senders/cfa.ts';
import { deliverEnrolments } from './senders/enrolments.ts';
import { deliverFregata } from './senders/fregata.ts';
import { deliverAccompaniments, deliverContracts, deliverExams, deliverJob } from './senders/partners.ts';
import { deliverExtract, keepForExtract } from './senders/school-extract.ts';
import { type ToldSchooling, tellSchoolings } from './senders/school-register.ts';
import type { Enrolled, SenderContext } from './senders/sender-context.ts';
import { deliverSiecle } from './senders/siecle.ts';
import { deliverSygne } from './senders/sygne.ts';
import { ZipShelf } from './senders/zip-shelf.ts';
import { dropOutLine, dropOutsOf } from './truth/drop-outs.ts';
import { judge } from './truth/judge.ts';
import { listedBySchoolRegistersAlone } from './truth/school-registers-alone.ts';
import { deathLine, personLine, spellLines, type TruthTable, truthHeader } from './truth/truth-files.ts';

/** What one part of the country came to. */
export interface PartResult {
  readonly academy: string;
  readonly people: number;
  readonly rows: number;
  readonly failures: FailureTallies;
  readonly marginals: MarginalCounts;
  /** Who dies after the reference date, before lives end. */
  readonly dyingLater: readonly string[];
}

/** Writes parts of one country: deliveries and truth. Memory holds one bassin at a time. */
export class PartWriter {
  readonly #options: FranceOptions;
  readonly #country: Country;
  /** The reference date, and the day that lives end on. */
  readonly #times: Times;
  readonly #world: Times;

  constructor(options: FranceOptions) {
    this.#options = options;
    this.#country = new Country(options);
    this.#times = timesOf(options.asOf);
    this.#world = timesOf(options.until ?? options.asOf);
  }

  /** Académies, in order, with their people. */
  parts(): ReadonlyMap<string, number> {
    const people = new Map<string, number>();
    for (const { department, people: count } of this.#country.territory.bassins)
      people.set(department.academy, (people.get(department.academy) ?? 0) + count);
    return people;
  }

  /** Writes what the senders of an académie deliver, and the truth about the people at home there. */
  write(academy: string): PartResult {
    const { out, until, after, seed, senders, faults } = this.#options;
    const truth = join(out, 'truth');
    const followed = until !== undefined;
    const exports = followed ? new Exports(out, after, academy) : undefined;
    const outbox = new Outbox(join(out, 'deliveries'), truth, { part: academy, exports });
    const truthOf = (table: TruthTable): TextFile => {
      const file = new TextFile(join(truth, table, `${academy}.csv`));
      file.add(`${truthHeader(table)}\n`);
      return file;
    };
    const part: Part = {
      outbox,
      failures: new Failures(faults, followed),
      shelf: new ZipShelf(outbox, `SIECLE, ${academyName(academy)}`),
      desk: new CfaDesk({ outbox }),
      people: truthOf('people'),
      spells: truthOf('spells'),
      deaths: truthOf('deaths'),
      dropOuts: followed ? truthOf('drop-outs') : undefined,
      dyingLater: [],
      marginals: new Marginals(this.#times),
    };
    const random = new Random(seed).fork('senders');
    let people = 0;
    for (const bassin of this.#country.territory.bassins) {
      if (bassin.department.academy !== academy) continue;
      const { failures } = part;
      const times = { times: this.#times, world: this.#world, followed };
      this.#writeBassin({ random, ...times, mode: senders, failures, outbox, bassin }, part);
      people += bassin.people;
    }
    part.shelf.close();
    part.desk.close();
    outbox.close();
    for (const file of [part.people, part.spells, part.deaths, part.dropOuts]) file?.close();
    const { rows } = outbox;
    part.marginals.addRows(rows);
    part.marginals.addContacts(part.failures.tallies.contact_stale);
    const { marginals, dyingLater } = part;
    return {
      academy,
      people,
      rows,
      failures: part.failures.tallies,
      marginals: marginals.counts,
      dyingLater,
    };
  }

  #writeBassin(context: SenderContext, part: Part): void {
    const { bassin } = context;
    const enrolled = new Map<Establishment, Enrolled[]>();
    const rolls = new Map<Establishment, ToldSchooling[]>();
    const extracted: ToldSchooling[] = [];
    const { seed, mortality = 1 } = this.#options;
    const setting = { seed, times: this.#world, country: this.#country, mortality };
    for (const whole of livesOf(setting, bassin)) {
      const life = context.followed ? lifeOn(whole, context.times.asOf) : whole;
      const told = tellSchoolings(context, life);
      for (const one of told) if (one.stay.school.bassin === bassin) push(rolls, one.stay.school, one);
      extracted.push(...keepForExtract(told));
      for (const stay of life.stays) {
        if (stay.school.bassin === bassin) push(enrolled, stay.school, { life, stay });
      }
      deliverExams(context, life);
      deliverContracts(context, life);
      deliverAccompaniments(context, life);
      deliverJob(context, life);
      if (life.person.home !== bassin) continue;
      this.#tellTruth(part, life, told);
      if (context.followed) tellFollowed(part, whole, context);
    }
    this.#deliverSchools(context, part, { enrolled, rolls, extracted });
  }

  #deliverSchools(
    context: SenderContext,
    { shelf, desk }: Part,
    {
      enrolled,
      rolls,
      extracted,
    }: {
      enrolled: ReadonlyMap<Establishment, readonly Enrolled[]>;
      rolls: ReadonlyMap<Establishment, readonly ToldSchooling[]>;
      extracted: readonly ToldSchooling[];
    },
  ): void {
    const { all } = this.#country.schoolsOf(context.bassin);
    all.forEach((school, rank) => {
      const told = rolls.get(school) ?? [];
      // Schools of both programs take turns: half the rank makes charsets and wrappings turn too.
      if (school.software === 'siecle') deliverSiecle(context, shelf, { school, told, rank: rank >> 1 });
      else if (school.software === 'sygne') deliverSygne(context, school, told);
      else if (school.software.startsWith('fregata-'))
        deliverFregata(context, school, enrolled.get(school) ?? []);
    });
    deliverExtract(context, extracted);
    const { failures, random } = context;
    const silent = ({ software, uai }: Establishment) =>
      software === 'silent' && failures.strikesSender('school_silent', random.fork(`silent/${uai}`));
    const of = (tells: (school: Establishment) => boolean) =>
      all.flatMap((school) => (tells(school) && !silent(school) ? (enrolled.get(school) ?? []) : []));
    desk.deliver(
      context,
      of(({ software }) => software.startsWith('cfa-')),
    );
    deliverEnrolments(
      context,
      of(({ kind }) => kind === 'private' || kind === 'university'),
    );
  }

  #tellTruth(part: Part, life: Life, told: readonly ToldSchooling[]): void {
    const judgement = judge(life, this.#times);
    const raw = listedBySchoolRegistersAlone(life, told, this.#times);
    part.people.add(`${personLine(life, judgement, { raw, asOf: this.#times.asOf })}\n`);
    for (const line of spellLines(life)) part.spells.add(`${line}\n`);
    const death = deathLine(life);
    if (death !== undefined) part.deaths.add(`${death}\n`);
    part.marginals.add(life, judgement, raw);
  }
}

interface Part {
  readonly outbox: Outbox;
  readonly failures: Failures;
  readonly shelf: ZipShelf;
  readonly desk: CfaDesk;
  readonly people: TextFile;
  readonly spells: TextFile;
  readonly deaths: TextFile;
  readonly marginals: Marginals;
  /** Where people are followed: since when they are to be listed, and who is going to die. */
  readonly dropOuts: TextFile | undefined;
  readonly dyingLater: string[];
}

/** `whole`: the life beyond the reference date, of which nothing is told but who must not pass for living. */
function tellFollowed({ dropOuts, dyingLater }: Part, whole: Life, { times, world }: SenderContext): void {
  const { asOf } = times;
  const found = dropOutsOf(whole, { from: yearStart(world.before), to: asOf });
  for (const one of found) dropOuts?.add(`${dropOutLine(one)}\n`);
  const { deceasedOn, person } = whole;
  if (deceasedOn !== undefined && deceasedOn > asOf) dyingLater.push(person.id);
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
