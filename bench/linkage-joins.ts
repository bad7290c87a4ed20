/**
 * How candidate pairs are joined: columns carried through the join or joined back by number, and plans for all pairs.
 * Invented records, seeded by hash. Run: npx tsx bench/linkage-joins.ts [rows]
 */
import { openEngine } from '../packages/linkage/src/engine/engine.ts';
import { hashOf } from './linkage-population.ts';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const ALL_PAIRS_ROWS = 10_000;
const RUNS = 3;
const COLUMNS = ['first_name', 'family_name', 'city', 'birth_date', 'email', 'street', 'tf_family_name'];
/** One column's draw for record `i`. */
const drawn = (column: number) => hashOf(`column ${column}`, 'i');
const say = (text: string) => process.stdout.write(`${text}\n`);

const engine = await openEngine({ threads: 2 });
await engine.run(`CREATE TABLE records AS SELECT (i + 1)::INTEGER AS rid, 'FIRST' || ${drawn(1)} % 2000 AS first_name,
  'FAMILY' || ${drawn(2)} % 30000 AS family_name, 'city number ' || ${drawn(3)} % 5000 AS city,
  (DATE '1950-01-01' + (${drawn(4)} % 20000)::INTEGER)::VARCHAR AS birth_date,
  'user' || ${drawn(5)} % 800000 || '@example.org' AS email, 'place ' || ${drawn(6)} % 36000 AS street,
  (${drawn(2)} % 30000) / 1e6 AS tf_family_name FROM range(${ROWS}) t(i);
  CREATE TABLE few AS FROM records WHERE rid <= ${ALL_PAIRS_ROWS}`);

const both = COLUMNS.map((name) => `l.${name} AS ${name}_l, r.${name} AS ${name}_r`).join(', ');
/** Reads every column, as scoring does, and does little with it. */
const used = `sum(CASE WHEN first_name_l = first_name_r THEN 8 ELSE 0 END + CASE WHEN city_l = city_r THEN 5 ELSE 0 END
  + CASE WHEN birth_date_l = birth_date_r THEN 7 ELSE 0 END + CASE WHEN email_l = email_r THEN 3 ELSE 0 END
  + CASE WHEN street_l = street_r THEN 2 ELSE 0 END + CASE WHEN family_name_l = family_name_r THEN 4 ELSE 0 END)`;

const joined = (rule: string, selected: string, from = 'records') =>
  `SELECT ${selected} FROM ${from} l JOIN ${from} r ON ${rule} AND l.rid < r.rid`;
const back = (pairs: string, from = 'records') =>
  `SELECT ${both} FROM (${pairs}) p JOIN ${from} l ON l.rid = p.rid_l JOIN ${from} r ON r.rid = p.rid_r`;
const numbersOnly = 'l.rid AS rid_l, r.rid AS rid_r';

const plans: Readonly<Record<string, string>> = {
  'family name, columns carried': joined('l.family_name = r.family_name', both),
  'family name, joined back': back(joined('l.family_name = r.family_name', numbersOnly)),
  'birth date, columns carried': joined('l.birth_date = r.birth_date', both),
  'birth date, joined back': back(joined('l.birth_date = r.birth_date', numbersOnly)),
  'all pairs, inequality': joined('true', both, 'few'),
  'all pairs, cross product and filter': `SELECT ${both} FROM few l CROSS JOIN few r WHERE r.rid - l.rid > 0`,
  'all pairs, constant hash key': joined('(l.rid IS NOT NULL) = (r.rid IS NOT NULL)', both, 'few'),
  'all pairs, numbers unnested': `SELECT ${both} FROM (SELECT *, unnest(range(rid + 1, ${ALL_PAIRS_ROWS + 1})) AS other FROM few) l
    JOIN few r ON r.rid = l.other`,
};

for (const [name, sql] of Object.entries(plans)) {
  const times: number[] = [];
  let pairs = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const [row] = await engine.all(`SELECT ${used} AS used, count(*) AS n FROM (${sql})`);
    times.push((performance.now() - start) / 1000);
    pairs = Number(row?.n);
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(RUNS / 2)] ?? 0;
  say(`${name}: ${pairs} pairs, ${median.toFixed(2)} s, ${(pairs / median / 1e6).toFixed(1)} M pairs/s`);
}
engine.close();
