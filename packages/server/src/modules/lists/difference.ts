import { CheckLabels } from '@raccroche/contract';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { runSteps, type Step } from '../../platform/duckdb/step.ts';
import { openTextFile, type TextFile } from '../../platform/files/text-file.ts';
import { type PreviousCampaign, readPreviousLists } from './difference-previous.ts';
import type { ListContext } from './export-context.ts';
import { createListsTablesSql } from './tables.ts';

/** How many entered, stayed, left or moved since the previous campaign. */
export interface DifferenceCounts {
  readonly nouveaux: number;
  readonly maintenus: number;
  readonly sortis: number;
  readonly transférés: number;
}

/** What is said of somebody who is in no file any more. */
export const ABSENT_LABEL = 'plus dans les fichiers';

/**
 * Everybody of either campaign, once: `was` and `now` are list codes, NULL when not listed.
 * `removed_by`: for those who left, the first check (in the order of the rule set) that they do not pass; NULL when they are
 * in no file any more. Numbers are compared under the name they bear today: a number that was merged is its elder.
 */
const compare: Step = {
  name: 'entries against the previous campaign',
  reads: [
    'lists.previous_entries',
    'lists.number_aliases',
    'lists.listed',
    'lists.numbers',
    'eligibility.assessments',
  ],
  writes: ['lists.differences'],
  sql: `
    CREATE OR REPLACE TABLE lists.differences AS
    WITH before AS (
      SELECT coalesce(a.current_siei, p.siei) AS siei, min(p.department) AS was
      FROM lists.previous_entries p LEFT JOIN lists.number_aliases a ON a.siei = p.siei
      GROUP BY 1
    ), removals AS (
      SELECT n.siei, a.codes[list_position(a.passed, false)] AS removed_by
      FROM lists.numbers n
      SEMI JOIN (SELECT siei FROM before ANTI JOIN lists.listed USING (siei)) gone ON gone.siei = n.siei
      JOIN eligibility.assessments a ON a.person_id = n.person_id
    )
    SELECT siei, b.was, e.department AS now, r.removed_by,
      CASE WHEN b.was IS NULL THEN 'nouveaux' WHEN e.department IS NULL THEN 'sortis'
           WHEN b.was = e.department THEN 'maintenus' ELSE 'transférés' END AS kind
    FROM before b
    FULL JOIN (SELECT siei, department FROM lists.listed) e USING (siei)
    LEFT JOIN removals r USING (siei)
    ORDER BY siei`,
};

export const differenceSteps: readonly Step[] = [compare];

const KINDS = ['nouveaux', 'maintenus', 'sortis', 'transférés'] as const;
type Kind = (typeof KINDS)[number];

/** What the file says of somebody, by kind: SQL over `lists.differences`. */
const TOLD_SQL = {
  nouveaux: 'struct_pack(siei := siei, department := now)',
  maintenus: 'struct_pack(siei := siei, department := now)',
  sortis: `struct_pack(siei := siei, department := was, "check" := removed_by, label := CASE removed_by ${Object.entries(
    CheckLabels,
  )
    .map(([check, label]) => `WHEN ${literal(check)} THEN ${literal(label)}`)
    .join(' ')} ELSE ${literal(ABSENT_LABEL)} END)`,
  transférés: 'struct_pack(siei := siei, "from" := was, "to" := now)',
} as const satisfies Record<Kind, string>;

/**
 * Writes `difference.json`: who is new, still there, gone (and by which check) or in another département,
 * compared with the lists of `previousOut`. Reads `lists.listed`, `lists.numbers`, `lists.number_aliases`.
 * Throws a RaccrocheError when the previous lists are missing or damaged.
 */
export async function writeDifference(
  database: Database,
  options: { readonly path: string; readonly previousOut: string; readonly context: ListContext },
): Promise<DifferenceCounts> {
  const previous = await loadPrevious(database, options.previousOut);
  await runSteps(database, differenceSteps);
  const counts = await countKinds(database);
  const file = openTextFile(options.path);
  try {
    writeHead(file, options.context, previous, counts);
    for (const kind of KINDS) await writeKind(database, file, kind);
    file.write('\n}\n');
  } finally {
    file.close();
  }
  await database.run('DROP TABLE lists.differences; DROP TABLE lists.previous_entries');
  return counts;
}

async function loadPrevious(database: Database, out: string): Promise<PreviousCampaign> {
  await database.run('DROP TABLE IF EXISTS lists.previous_entries');
  await database.run(createListsTablesSql(['previous_entries']));
  let about: PreviousCampaign | undefined;
  const lists: string[] = [];
  for (const list of readPreviousLists(out)) {
    about ??= list.about;
    if (list.numbers.length > 0) lists.push(`${list.department}:${list.numbers.join(' ')}`);
  }
  if (!about) throw new Error('readPreviousLists gave nothing');
  // One bound text, a line a list: rows of literals take the engine ten times as long to read, and a statement a list as long as all of it.
  await database.run(
    `INSERT INTO lists.previous_entries BY NAME
     SELECT unnest(string_split(split_part(list, ':', 2), ' ')) AS siei, split_part(list, ':', 1) AS department
     FROM (SELECT unnest(string_split($1, chr(10))) AS list) WHERE list <> ''`,
    [lists.join('\n')],
  );
  return about;
}

async function countKinds(database: Database): Promise<DifferenceCounts> {
  const rows = await database.all<{ kind: Kind; n: number }>(
    'SELECT kind, CAST(count(*) AS INTEGER) AS n FROM lists.differences GROUP BY kind',
  );
  const of = (kind: Kind) => rows.find((row) => row.kind === kind)?.n ?? 0;
  return {
    nouveaux: of('nouveaux'),
    maintenus: of('maintenus'),
    sortis: of('sortis'),
    transférés: of('transférés'),
  };
}

function writeHead(
  file: TextFile,
  { campaign, asOf, ruleSet: { id, version } }: ListContext,
  previous: PreviousCampaign,
  counts: DifferenceCounts,
): void {
  const properties = { campaign, asOf, ruleSet: { id, version }, previous, counts };
  const lines = Object.entries(properties).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  file.write(`{\n${lines.join(',\n')}`);
}

/** Rows told together, as one text that the engine makes: a million values, brought over one by one, cost three times as much. */
const PAGE_ROWS = 20_000;

async function writeKind(database: Database, file: TextFile, kind: Kind): Promise<void> {
  file.write(`,\n"${kind}": [`);
  let after = '';
  for (;;) {
    const [page] = await database.all<{ told: string | null; last: string | null; n: number }>(
      `SELECT string_agg(to_json(${TOLD_SQL[kind]}), ',' || chr(10) ORDER BY siei) AS told, max(siei) AS last, CAST(count(*) AS INTEGER) AS n
       FROM (FROM lists.differences WHERE kind = $1 AND siei > $2 ORDER BY siei LIMIT ${PAGE_ROWS})`,
      [kind, after],
    );
    if (page === undefined || page.told === null || page.last === null) break;
    file.write(`${after === '' ? '' : ','}\n${page.told}`);
    after = page.last;
    if (page.n < PAGE_ROWS) break;
  }
  file.write(after === '' ? ']' : '\n]');
}
