import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keptTable } from '../packages/server/src/modules/lists/campaign/testing/data-content.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { printed, raccroche } from './command-line.ts';

/** A small region is invented, its campaign run and held against the truth; then all is counted again, one by one. */

const AS_OF = '2025-11-15';
const root = mkdtempSync(join(tmpdir(), 'quality-'));
const FRANCE = join(root, 'france');
const CAMPAIGN = join(root, 'campagne');

const Rate = z.object({
  count: z.number(),
  of: z.number(),
  rate: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }),
});
const Group = z.object({
  group: z.string(),
  people: z.number(),
  missed: Rate,
  elsewhere: Rate,
  wrong: Rate,
  wronged: Rate,
});
const Cause = z.object({
  cause: z.string(),
  fault: z.string().nullable(),
  sender: z.string().nullable(),
  count: z.number(),
});
const Report = z.looseObject({
  asOf: z.string(),
  ruleSet: z.string(),
  linkage: z.looseObject({
    pairwise: z.looseObject({
      truePositives: z.number(),
      falsePositives: z.number(),
      falseNegatives: z.number(),
    }),
    entities: z.number(),
    clusters: z.number(),
    exact: z.number(),
    split: z.number(),
    mixed: z.number(),
  }),
  lists: z.looseObject({
    trulyDroppedOut: z.number(),
    found: z.number(),
    missed: Rate,
    listedElsewhere: Rate,
    entries: z.number(),
    peopleListed: z.number(),
    wronglyListed: Rate,
    listedTwice: z.number(),
    deadListed: z.number(),
  }),
  causes: z.object({ missed: z.array(Cause), wrong: z.array(Cause) }),
  groups: z.record(z.string(), z.array(Group)),
});

const quality = (campaign: string, truth: string, ...more: readonly string[]) =>
  raccroche('quality', '--campaign', campaign, '--truth', truth, ...more);

let report: z.infer<typeof Report>;
beforeAll(() => {
  const write = raccroche(
    ...['synthetic', 'write', '--scale', '0.01', '--departments', '59,62', '--senders', 'establishments'],
    ...['--as-of', AS_OF, '--seed', '3', '--out', FRANCE, '--json'],
  );
  expect(write.code).toBe(0);
  // Records whose rows stood in other files the month before keep the ids of those.
  const before = join(root, 'avant');
  const earlier = join(root, 'recus-avant');
  cpSync(join(FRANCE, 'deliveries'), earlier, { recursive: true });
  const changed = /education-202[45]|contrats-|inscriptions-|effectifs|export-/;
  for (const path of readdirSync(earlier, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.csv') || !changed.test(path)) continue;
    const [header, , ...rows] = readFileSync(join(earlier, path), 'utf8').split('\n');
    writeFileSync(join(earlier, path), [header, ...rows].join('\n'));
  }
  const campaign = (deliveries: string, out: string, ...more: readonly string[]) =>
    raccroche(
      'campaign',
      'run',
      '--deliveries',
      deliveries,
      '--as-of',
      AS_OF,
      '--out',
      out,
      '--json',
      ...more,
    );
  expect(campaign(earlier, before).code).toBe(0);
  const run = campaign(join(FRANCE, 'deliveries'), CAMPAIGN, '--previous', before, '--no-incremental');
  expect(run.code).toBe(0);
  report = printed(Report, quality(CAMPAIGN, join(FRANCE, 'truth'), '--json'));
}, 300_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Row = Record<string, string>;

function truthTable(name: string): readonly (Row & { part: string })[] {
  const folder = join(FRANCE, 'truth', name);
  return readdirSync(folder).flatMap((part) => {
    const [header = '', ...lines] = readFileSync(join(folder, part), 'utf8').trimEnd().split('\n');
    const columns = header.split(';');
    return lines.map((line) => {
      const fields = line.split(';');
      return { part, ...Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? ''])) };
    });
  });
}

/** Records of the campaign: the person they became, whether it is listed, and whose they truly are. */
async function readRecords(): Promise<
  readonly { person: string; siei: string; listed: boolean; human: string; row: Row }[]
> {
  const paths = new Map(truthTable('files').map((one) => [`${one.part} ${one.file}`, one.path]));
  const rows = new Map(
    truthTable('rows').map((one) => [`${paths.get(`${one.part} ${one.file}`)} ${one.position}`, one]),
  );
  const data = (name: string) => keptTable(join(CAMPAIGN, 'data'), name);
  const database = await openDatabase();
  try {
    const found = await database.all<{
      path: string;
      position: string;
      person_id: string;
      siei: string;
      listed: boolean;
    }>(
      `SELECT f.path, r.position, m.person_id, n.siei, p.listed FROM ${data('records')} r JOIN ${data('files')} f USING (file_no)
       JOIN ${data('memberships')} m USING (record_id) JOIN ${data('persons')} p USING (person_id)
       JOIN ${data('numbers')} n USING (person_id)`,
    );
    return found.map(({ path, position, person_id, siei, listed }) => {
      const row = rows.get(`${path} ${position}`);
      if (row === undefined) throw new Error('a record has no truth');
      return { person: person_id, siei, listed, human: row.person ?? '', row };
    });
  } finally {
    database.close();
  }
}

const ListFile = z.object({ department: z.string(), entries: z.array(z.looseObject({ siei: z.string() })) });

/** The list that each number stands on, as it was published. */
function publishedLists(): ReadonlyMap<string, string> {
  const lists = readdirSync(join(CAMPAIGN, 'lists')).map((code) =>
    ListFile.parse(JSON.parse(readFileSync(join(CAMPAIGN, 'lists', code, `liste-${code}.json`), 'utf8'))),
  );
  return new Map(lists.flatMap(({ department, entries }) => entries.map(({ siei }) => [siei, department])));
}

function groupBy<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
}

function countBy<T>(values: readonly T[], key: (value: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(key(value), (counts.get(key(value)) ?? 0) + 1);
  return counts;
}

const figures = (count: number, of: number): unknown => expect.objectContaining({ count, of });

it('is counted with records that keep the ids of earlier deliveries', async () => {
  const data = (name: string) => keptTable(join(CAMPAIGN, 'data'), name);
  const database = await openDatabase();
  const [held] = await database.all<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM ${data('records')} r JOIN ${data('files')} f USING (file_no)
     WHERE NOT starts_with(record_id, delivery_id)`,
  );
  database.close();
  expect(held?.n).toBeGreaterThan(500);
});

describe('the figures, counted again one by one', () => {
  let records: Awaited<ReturnType<typeof readRecords>>;
  let people: ReturnType<typeof truthTable>;
  /** Entries of each person of the truth. */
  let entries: ReadonlyMap<string, number>;
  /** Lists that each person of the truth stands on. */
  let listsOf: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    records = await readRecords();
    people = truthTable('people');
    const votes = new Map<string, string[]>();
    for (const { person, listed, human } of records)
      if (listed) votes.set(person, [...(votes.get(person) ?? []), human]);
    const owners = [...votes].map(([person, humans]) => {
      const counts = [...countBy(humans, (human) => human)];
      const owner = counts.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? '';
      return { owner, person };
    });
    entries = countBy(owners, ({ owner }) => owner);
    const published = publishedLists();
    const numbers = new Map(records.map(({ person, siei }) => [person, siei]));
    const listOf = (person: string) => published.get(numbers.get(person) ?? '') ?? '';
    listsOf = new Map(
      [...groupBy(owners, ({ owner }) => owner)].map(([owner, own]) => [
        owner,
        own.map(({ person }) => listOf(person)),
      ]),
    );
  });

  it('pairs of records, enumerated within each person made and each true person', () => {
    const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
    const byPerson = groupBy(records, ({ person }) => person);
    for (const own of byPerson.values())
      own.forEach((one, index) => {
        for (const other of own.slice(index + 1))
          counts[one.human === other.human ? 'truePositives' : 'falsePositives'] += 1;
      });
    const byHuman = groupBy(records, ({ human }) => human);
    for (const own of byHuman.values())
      own.forEach((one, index) => {
        for (const other of own.slice(index + 1)) if (one.person !== other.person) counts.falseNegatives += 1;
      });
    expect(report.linkage.pairwise).toMatchObject(counts);
    const several = <T>(groups: Iterable<readonly T[]>, key: (value: T) => string) =>
      [...groups].filter((own) => new Set(own.map(key)).size > 1).length;
    const split = several(byHuman.values(), ({ person }) => person);
    const mixed = several(byPerson.values(), ({ human }) => human);
    expect(report.linkage).toMatchObject({ entities: byHuman.size, clusters: byPerson.size, split, mixed });
    expect(split).toBeGreaterThan(0);
  });

  it('who is missed, wrongly listed, listed twice, dead and listed; and group by group', () => {
    const due = people.filter((one) => one.listed_siei_2011 === '1');
    const isListed = ({ person = '' }: Row) => entries.has(person);
    const wrong = people.filter((one) => one.listed_siei_2011 === '0' && isListed(one));
    const missed = due.filter((one) => !isListed(one));
    const elsewhere = due.filter(
      (one) => isListed(one) && !listsOf.get(one.person ?? '')?.includes(one.department ?? ''),
    );
    const total = [...entries.values()].reduce((sum, count) => sum + count, 0);
    expect(report.lists).toMatchObject({
      trulyDroppedOut: due.length,
      found: due.length - missed.length,
      missed: { count: missed.length, of: due.length },
      listedElsewhere: { count: elsewhere.length, of: due.length - missed.length },
      entries: total,
      peopleListed: entries.size,
      wronglyListed: { count: wrong.length, of: entries.size },
      listedTwice: total - entries.size,
      deadListed: wrong.filter(({ state }) => state === 'deceased').length,
    });
    expect(missed.length).toBeGreaterThan(10);
    for (const grouping of ['department', 'sex', 'name_group']) {
      const expected = [...groupBy(people, (one) => one[grouping] ?? '')].map(([group, own]) => {
        const within = (some: readonly Row[]) => some.filter((one) => one[grouping] === group).length;
        const ofDue = within(due);
        return {
          group,
          people: own.length,
          missed: figures(within(missed), ofDue),
          elsewhere: figures(within(elsewhere), ofDue - within(missed)),
          wrong: figures(within(wrong), own.filter(isListed).length),
          wronged: figures(within(wrong), own.length - ofDue),
        };
      });
      expect(report.groups[grouping]).toEqual(expected.sort((a, b) => (a.group < b.group ? -1 : 1)));
    }
  });

  it('add up: every group and every cause tells of everybody once', () => {
    const { lists, causes, groups } = report;
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    for (const own of Object.values(groups)) {
      expect(sum(own.map(({ people: count }) => count))).toBe(people.length);
      expect(sum(own.map(({ missed }) => missed.count))).toBe(lists.missed.count);
      expect(sum(own.map(({ elsewhere }) => elsewhere.count))).toBe(lists.listedElsewhere.count);
      expect(sum(own.map(({ wrong }) => wrong.of))).toBe(lists.peopleListed);
      expect(sum(own.map(({ wronged }) => wronged.count))).toBe(lists.wronglyListed.count);
    }
    expect(groups.sender?.map(({ group }) => group)).toContain('cfa/lille');
    expect(Object.keys(groups)).toEqual(['department', 'sex', 'name_group', 'sender']);
    expect(sum(causes.missed.map(({ count }) => count))).toBe(lists.missed.count);
    expect(sum(causes.wrong.map(({ count }) => count))).toBe(lists.wronglyListed.count);
  });

  it('blame no fault that did not strike as many of these people, and explain most', () => {
    const wronged = { missed: '1', wrong: '0' } as const;
    const truth = new Map(people.map((one) => [one.person, one]));
    const unexplained = { missed: 0, wrong: 0 };
    for (const kind of ['missed', 'wrong'] as const) {
      for (const { cause, fault, count } of report.causes[kind]) {
        if (cause === 'unexplained') unexplained[kind] += count;
        if (cause !== 'told_wrong' || fault === null || fault === 'dates_left_out') continue;
        const struck = records.filter(({ human, row }) => {
          const errs =
            (kind === 'missed') !== entries.has(human) &&
            truth.get(human)?.listed_siei_2011 === wronged[kind];
          return errs && (row.failures ?? '').split(' ').includes(fault);
        });
        expect(new Set(struck.map(({ human }) => human)).size, fault).toBeGreaterThanOrEqual(count);
      }
      expect(unexplained[kind]).toBeLessThanOrEqual(3);
    }
  });
});

describe('raccroche quality', () => {
  it('tells people, and writes a page and its figures where it is told to', () => {
    const out = join(root, 'qualite.html');
    const said = quality(CAMPAIGN, join(FRANCE, 'truth'), '--out', out);
    expect(said.code).toBe(0);
    expect(said.stdout).toMatch(/jeunes ont vraiment décroché : \d+ retrouvés, \d+ manqués/);
    expect(JSON.parse(readFileSync(join(root, 'qualite.json'), 'utf8'))).toEqual(report);
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(raccroche('campaign', 'verify', CAMPAIGN).code).toBe(0);
  });

  it('refuses to write into the sealed campaign', () => {
    const said = quality(CAMPAIGN, join(FRANCE, 'truth'), '--out', join(CAMPAIGN, 'qualite.html'));
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain('scellé');
  });

  it('refuses what is no campaign, and one that is not whole', () => {
    expect(quality(FRANCE, join(FRANCE, 'truth'))).toMatchObject({ code: 2, stdout: '' });
    const cut = join(root, 'coupee');
    cpSync(CAMPAIGN, cut, { recursive: true });
    rmSync(join(cut, 'data', 'spells.parquet'));
    const said = quality(cut, join(FRANCE, 'truth'));
    expect(said).toMatchObject({ code: 4, stdout: '' });
    expect(said.stderr).toContain('est abîmé');
  });

  it('refuses what is no whole truth, naming what it lacks', () => {
    const said = quality(CAMPAIGN, join(FRANCE, 'deliveries'));
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain('il manque people, spells, deaths, files, rows');
    const cut = join(root, 'verite');
    cpSync(join(FRANCE, 'truth'), cut, { recursive: true });
    rmSync(join(cut, 'rows'), { recursive: true });
    expect(quality(CAMPAIGN, cut).stderr).toContain('il manque rows');
  });

  it('refuses the truth of another day', () => {
    const other = join(root, 'autre-jour');
    cpSync(join(FRANCE, 'truth'), other, { recursive: true });
    const path = join(other, 'settings.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(AS_OF, '2025-12-15'));
    const said = quality(CAMPAIGN, other);
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain('La vérité est celle du 15/12/2025, la campagne celle du 15/11/2025');
  });

  it('refuses the truth of another seed', () => {
    const other = join(root, 'autre');
    const options = [
      '--scale',
      '0.01',
      '--departments',
      '59,62',
      '--senders',
      'establishments',
      '--as-of',
      AS_OF,
    ];
    expect(raccroche('synthetic', 'write', ...options, '--seed', '4', '--out', other, '--json').code).toBe(0);
    const said = quality(CAMPAIGN, join(other, 'truth'));
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toMatch(/Cette vérité \(graine 4, \d+ personnes\) n’est pas celle des livraisons/);
    expect(existsSync(join(other, 'truth', 'settings.json'))).toBe(true);
  });
});
