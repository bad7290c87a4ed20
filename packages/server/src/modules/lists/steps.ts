import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../platform/duckdb/step.ts';
import { FETCHED_MEMBERS, type FetchedMembers } from '../linkage/index.ts';
import { FETCHED_RECORDS, type FetchedRecords } from '../sources/index.ts';
import { entrySteps, listedStep } from './entries.ts';
import { contactStep } from './entry-contact.ts';
import { placeSteps, toldPersonsStep } from './place.ts';
import { createListsTablesSql } from './tables.ts';

/** From assessed and numbered persons to the entries of the lists. */
export const listSteps: readonly Step[] = [
  toldPersonsStep(false),
  ...placeSteps(),
  listedStep('lists.told_persons'),
  contactStep,
  ...entrySteps(),
];

/** The same of `lists.touched_persons` alone, after which `lists.places` is of everybody again; then the entries of those touched. */
const touchedPlaceSteps = ({
  records,
  memberships,
  persons,
}: Told = {}): readonly [Step, Step, ...Step[]] => [
  toldPersonsStep(true, persons),
  ...placeSteps(records, memberships),
];

/** Relations in the place of everybody's. */
interface Told {
  readonly records?: string | undefined;
  readonly memberships?: string | undefined;
  readonly persons?: string | undefined;
}
const touchedEntrySteps = (assessments?: string): readonly Step[] => [
  listedStep('eligibility.persons'),
  contactStep,
  ...entrySteps(assessments),
];

/** Steps after another campaign whose entries hold but of `lists.touched_persons`. */
export const touchedListSteps: readonly Step[] = [...touchedPlaceSteps(), ...touchedEntrySteps()];

/**
 * Fills `lists.places` alone: on which list each listed person stands, worked out from the tables of a finished campaign as
 * its own lists were. Reads `sources` with its referential, `linkage` and `eligibility`. May be run again: what was there is replaced.
 */
export async function placeListed(database: Database): Promise<void> {
  await database.run(createListsTablesSql(['places']));
  await runSteps(database, [toldPersonsStep(false), ...placeSteps()]);
  await database.run('DROP TABLE lists.recent_records; DROP TABLE lists.told_persons');
}

/**
 * Fills `lists.places`, `lists.listed`, `lists.contacts` and `lists.entries`. Reads `sources`, `linkage`, `eligibility` and `lists.numbers`
 * (tables or views). May be run again: what was there is replaced.
 */
export async function buildEntries(database: Database, onStep?: StepListener): Promise<void> {
  // Not the numbers: they may stand as views over the Parquet files of a former run.
  await database.run(createListsTablesSql(['places', 'contacts', 'entries']));
  await runSteps(database, listSteps, onStep);
}

/** Relations with rows of persons of `lists.touched_persons`, those of all of them, in the place of the tables of `eligibility` of those names. */
export interface JudgedPersons {
  readonly persons: string;
  readonly assessments: string;
}

interface TouchedOptions {
  readonly keepPlaces: () => Promise<void>;
  readonly fetched?: FetchedRecords | undefined;
  readonly members?: FetchedMembers | undefined;
  readonly judged?: JudgedPersons | undefined;
}

/**
 * As `buildEntries` of `lists.touched_persons` alone, but `lists.listed`, which is of everybody. `keepPlaces` is called when
 * `lists.places` holds the places of those touched, and has to put those of everybody there. `fetched`, `members`: where rows of records, and who
 * is who, are held for several stages; `judged`: their rows of `eligibility`. Without them these are read among everybody's.
 */
export async function buildTouchedEntries(
  database: Database,
  { keepPlaces, fetched, members, judged }: TouchedOptions,
  onStep: StepListener,
): Promise<void> {
  const [told, whose, ...placing] = touchedPlaceSteps({
    records: fetched && FETCHED_RECORDS,
    memberships: members && FETCHED_MEMBERS,
    persons: judged?.persons,
  });
  const tell =
    (before: number): StepListener =>
    (step, index) =>
      onStep(step, before + index, touchedListSteps.length);
  await database.run(createListsTablesSql(['places', 'contacts', 'entries']));
  await runSteps(database, [told], tell(0));
  await members?.hold('SELECT person_id FROM lists.told_persons');
  await runSteps(database, [whose], tell(1));
  await fetched?.hold('SELECT record_id FROM lists.told_members');
  await runSteps(database, placing, tell(2));
  await keepPlaces();
  await runSteps(database, touchedEntrySteps(judged?.assessments), tell(2 + placing.length));
}
