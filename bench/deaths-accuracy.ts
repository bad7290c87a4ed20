/**
 * Who is told dead, against the truth: an invented region, some of whose people are given a death with INSEE's faults, among
 * dead strangers who bear names, first names, days and places of the same region.
 * `npx tsx bench/deaths-accuracy.ts [people = 12000] [deaths = 800] [strangers = 40000] [seed = 1]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFrance } from '@raccroche/synthetic';
import { linkRecords } from '../packages/server/src/modules/linkage/index.ts';
import { readDeliveries } from '../packages/server/src/modules/sources/index.ts';
import { type Database, openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { literal } from '../packages/server/src/platform/duckdb/sql.ts';

const [PEOPLE = 12_000, DEATHS = 800, STRANGERS = 40_000, SEED = 1] = process.argv.slice(2).map(Number);
const AS_OF = '2025-11-15';
/** Each of: birth place missing, day and month swapped, a letter of the name left out; in a hundred. */
const FAULTY_PERCENT = 3;

/** Of one text: the hash of several values is the XOR of theirs, so that two draws of one person would go together. */
const drawn = (of: string, salt: string, count: number) =>
  `(hash(${of} || '/${salt}/${SEED}') % ${count})::INTEGER`;
const faulty = (salt: string) => `${drawn('person', salt, 100)} < ${FAULTY_PERCENT}`;
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** The deaths of people of the region: names without accents, all first names, as the first record of each tells them. */
const ownDeaths = () => `
  INSERT INTO sources.deaths BY NAME
  SELECT 'own-' || person AS death_id, 0 AS file_no, row_number() OVER (ORDER BY person) AS ordinal, '' AS position,
    CASE WHEN ${faulty('letter')} THEN family[1:2] || family[4:] ELSE family END AS family_name,
    first_names, sex,
    CASE WHEN ${faulty('swap')} AND day(birth_date) <= 12 THEN make_date(year(birth_date), day(birth_date), month(birth_date))
      ELSE birth_date END AS birth_date,
    CASE WHEN NOT ${faulty('place')} THEN birth_commune END AS birth_commune,
    CASE WHEN NOT ${faulty('place')} THEN birth_country END AS birth_country, DATE '2025-09-01' AS died_on
  FROM (
    SELECT person, arg_min(upper(strip_accents(family_name)), record_id) AS family, arg_min(birth_date, record_id) AS birth_date,
      arg_min(upper(strip_accents(concat_ws(' ', first_name1, first_name2, first_name3))), record_id) AS first_names,
      coalesce(max(sex), 'F') AS sex, max(birth_commune) AS birth_commune, max(birth_country) AS birth_country
    FROM told WHERE family_name IS NOT NULL GROUP BY person)
  ORDER BY hash(person || '/${SEED}') LIMIT ${DEATHS}`;

/** Strangers: a name, a first name, a day and a place, each of somebody else of the region. */
const strangers = () => `
  CREATE TABLE shuffled AS SELECT *, (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS n FROM told
    WHERE family_name IS NOT NULL AND birth_commune IS NOT NULL AND sex IS NOT NULL;
  INSERT INTO sources.deaths BY NAME
  WITH size AS (SELECT count(*)::INTEGER AS n FROM shuffled),
  picks AS (SELECT i, ${drawn('i', 'name', 1_000_003)} % size.n AS a, ${drawn('i', 'first', 1_000_033)} % size.n AS b,
    ${drawn('i', 'place', 1_000_037)} % size.n AS c, DATE '1996-01-01' + ${drawn('i', 'day', 5000)} AS born
    FROM range(${STRANGERS}) AS numbers(i), size)
  SELECT 'stranger-' || i AS death_id, 0 AS file_no, i AS ordinal, '' AS position,
    upper(strip_accents(name.family_name)) AS family_name, upper(strip_accents(first.first_name1)) AS first_names,
    first.sex, born AS birth_date, place.birth_commune, '99100' AS birth_country, DATE '2025-09-01' AS died_on
  FROM picks JOIN shuffled name ON name.n = a JOIN shuffled first ON first.n = b JOIN shuffled place ON place.n = c`;

async function report(database: Database): Promise<void> {
  await database.run(`CREATE TABLE own AS SELECT person_id, mode(person) AS person FROM told
    JOIN linkage.memberships USING (record_id) GROUP BY person_id`);
  const right = "(d.death_id = 'own-' || own.person)";
  const [dead] =
    await database.all(`SELECT count(*)::INTEGER AS dead, count(*) FILTER (${right})::INTEGER AS "right"
    FROM linkage.deaths d JOIN own USING (person_id)`);
  say(dead);
  const bands =
    await database.all(`SELECT coalesce(floor(l.match_weight / 3) * 3, NULL)::INTEGER AS "from", count(*)::INTEGER AS litiges,
      count(*) FILTER (${right})::INTEGER AS "right"
    FROM linkage.litiges l JOIN own ON own.person_id = l.person_id_l JOIN sources.deaths d ON list_contains(l.record_ids, d.death_id)
    WHERE l.reason = 'death' GROUP BY ALL ORDER BY ALL`);
  for (const band of bands) say(band);
  const [missed] = await database.all(`SELECT count(*)::INTEGER AS deaths, count(*) FILTER (NOT EXISTS (
      SELECT 1 FROM linkage.deaths x JOIN own USING (person_id) WHERE 'own-' || own.person = d.death_id
      UNION ALL SELECT 1 FROM linkage.litiges l WHERE list_contains(l.record_ids, d.death_id)))::INTEGER AS missed
    FROM sources.deaths d WHERE death_id LIKE 'own-%'`);
  say(missed);
}

const folder = mkdtempSync(join(tmpdir(), 'deaths-accuracy-'));
const database = await openDatabase();
try {
  const { deliveries, truth } = await writeFrance({
    seed: SEED,
    asOf: AS_OF,
    out: folder,
    people: PEOPLE,
    departments: ['59', '62'],
    senders: 'establishments',
    faults: 'named',
    threads: 1,
  });
  rmSync(join(deliveries, 'insee'), { recursive: true, force: true });
  await readDeliveries(database, { deliveries, asOf: AS_OF, workFolder: join(folder, 'work') });
  const table = (name: string) => `(SELECT *, parse_filename(filename) AS part FROM
    read_csv(${literal(join(truth, name, '*.csv'))}, delim = ';', header = true, all_varchar = true, filename = true))`;
  const rows = `(SELECT path, position, person FROM ${table('rows')} JOIN ${table('files')} USING (part, file))`;
  await database.run(`CREATE TABLE told AS SELECT r.*, t.person FROM sources.records r JOIN sources.files f USING (file_no)
    JOIN ${rows} t ON t.path = f.path AND t.position = r.position`);
  await database.run(ownDeaths());
  await database.run(strangers());
  const { deaths, lookAlikes } = await linkRecords(database, { asOf: AS_OF, windowStart: '2024-09-01' });
  say({ variants: lookAlikes.variants, learned: lookAlikes.model !== undefined, ...deaths });
  await report(database);
} finally {
  database.close();
  rmSync(folder, { recursive: true, force: true });
}
