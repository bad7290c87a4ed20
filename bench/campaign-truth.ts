/** What a finished campaign says of the people of an invented country: its lists and numbers, and why somebody is not listed. */
import { join } from 'node:path';
import type { Listing, NumberedCampaign } from '@raccroche/synthetic';
import { checksSql } from '../packages/server/src/modules/eligibility/index.ts';
import { keptTable } from '../packages/server/src/modules/lists/campaign/testing/data-content.ts';
import { type Database, openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { literal } from '../packages/server/src/platform/duckdb/sql.ts';

/** Faults of senders that keep somebody off a list for a time, the most telling first. */
const DELAYING_FAULTS = [
  'ghost_return',
  'exit_never_recorded',
  'exit_untold_after_transfer',
  'exit_recorded_late',
  'summer_blindness',
  'break_untold',
  'contract_untold',
  'dates_left_out',
  'bad_end_date',
  'bad_value',
  'bad_birth_date',
  'cfa_under_coverage',
];

export interface CampaignTruth extends Listing, NumberedCampaign {
  /** Of people who are not listed, by person: the first check that removes them, and the fault of the rows that decided. */
  readonly absentBecause: ReadonlyMap<string, string>;
}

/** Reads the campaign in `folder`, made at `asOf` on the deliveries whose truth lies in `truth`; `asked`: who is looked for. */
export async function readCampaignTruth(
  { folder, truth, asOf }: { folder: string; truth: string; asOf: string },
  asked: readonly string[],
): Promise<CampaignTruth> {
  const database = await openDatabase();
  try {
    await openViews(database, folder, truth);
    const pairs = await database.all<{ person: string; siei: string }>(
      `SELECT person, siei FROM owners JOIN ${data(folder, 'numbers')} USING (person_id) ORDER BY siei`,
    );
    const numbersOf = new Map<string, string[]>();
    for (const { person, siei } of pairs) numbersOf.set(person, [...(numbersOf.get(person) ?? []), siei]);
    const listed = await database.all<{ person: string }>(
      `SELECT person FROM owners JOIN ${data(folder, 'persons')} USING (person_id) WHERE listed`,
    );
    const merges = await database.all<{ siei: string; current: string }>(
      `SELECT siei, current_siei AS current FROM ${data(folder, 'number-aliases')}`,
    );
    return {
      asOf,
      listed: new Set(listed.map(({ person }) => person)),
      numbersOf,
      mergedInto: new Map(merges.map(({ siei, current }) => [siei, current])),
      absentBecause: await reasonsOf(database, folder, asked),
    };
  } finally {
    database.close();
  }
}

const data = (folder: string, name: string): string => keptTable(join(folder, 'data'), name);

/** `told`: whose each record really is, and what went wrong with it; `owners`: whom each person of the campaign is. */
async function openViews(database: Database, folder: string, truth: string): Promise<void> {
  const table = (name: string) => `(SELECT *, parse_filename(filename) AS part FROM
    read_csv(${literal(join(truth, name, '*.csv'))}, delim = ';', header = true, all_varchar = true, filename = true))`;
  await database.run(`CREATE TABLE told AS
    SELECT r.record_id, r.source, t.person, coalesce(t.failures, '') AS failures
    FROM ${data(folder, 'records')} r JOIN ${data(folder, 'files')} f USING (file_no)
    JOIN (SELECT path, position, person, failures FROM ${table('rows')} JOIN ${table('files')} USING (part, file)) t
      ON t.path = f.path AND t.position = r.position`);
  await database.run(`CREATE TABLE owners AS
    SELECT person_id, arg_max(person, (many, person)) AS person
    FROM (SELECT person_id, person, count(*) AS many FROM told JOIN ${data(folder, 'memberships')} USING (record_id)
      GROUP BY ALL) GROUP BY person_id`);
}

async function reasonsOf(
  database: Database,
  folder: string,
  asked: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  await database.run('CREATE TABLE asked (person VARCHAR)');
  if (asked.length > 0)
    await database.run(`INSERT INTO asked VALUES ${asked.map((person) => `(${literal(person)})`).join(',')}`);
  const faults = DELAYING_FAULTS.map(
    (fault, rank) => `WHEN bool_or(contains(failures, '${fault}')) THEN '${rank}'`,
  );
  const rows = await database.all<{ person: string; check: string | null; fault: string | null }>(`
    WITH failed AS (
      SELECT person, check_code, unnest(CASE WHEN evidence = [] THEN [NULL] ELSE evidence END) AS record_id, ordinal
      FROM asked JOIN owners USING (person) JOIN ${checksSql(data(folder, 'assessments'))} USING (person_id) WHERE NOT passed),
    first AS (SELECT * FROM failed QUALIFY ordinal = min(ordinal) OVER (PARTITION BY person))
    SELECT a.person, min(check_code) AS check, CASE ${faults.join(' ')} END AS fault
    FROM asked a LEFT JOIN first USING (person) LEFT JOIN told USING (record_id) GROUP BY a.person`);
  return new Map(
    rows.map(({ person, check, fault }) => {
      const name = fault === null ? 'no fault of the rows' : DELAYING_FAULTS[Number(fault)];
      return [person, check === null ? 'in no record' : `${check}: ${name}`];
    }),
  );
}
