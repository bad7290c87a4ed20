import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AS_OF,
  type ExpectedPerson,
  RULE_SETS,
  type RuleSetId,
  readExpectedIssues,
  readExpectedPersons,
  readExpectedTotals,
} from './expectations.ts';
import { discard, type PublishedCampaign, type PublishedEntry, runCampaign } from './run-campaign.ts';

const persons = readExpectedPersons();
const issues = readExpectedIssues();
const totals = readExpectedTotals();

/** Checks that must all be passed by whoever is listed (rules.md §5). "Any cycle" and the diploma are not checks of C. */
const REMOVING_CHECKS: Readonly<Record<RuleSetId, readonly string[]>> = {
  'siei-2011': ['age', 'alive', 'enrolled_in_window', 'cycle', 'not_enrolled', 'no_qualifying_diploma'],
  'no-diploma': ['age', 'alive', 'enrolled_in_window', 'not_enrolled', 'no_qualifying_diploma'],
  'obligation-16-18': ['age', 'alive', 'enrolled_in_window', 'not_enrolled', 'obligation_unmet'],
};
/** The rules name it without saying when it is raised: not judged here. */
const FLAGS_NOT_JUDGED = ['contradictory_sources'];
/** Only rule set A asks for a cycle: the others may raise its flag or not. */
const FLAGS_OF_A = ['cycle_unknown'];
/** A sender may be told the name of its own field; the rules do not choose. */
const SENDERS_WORDS: Readonly<Record<string, readonly string[]>> = {
  date_naissance: ['DATE_NAISS', 'dateNaissance', 'apprenant.dateNaissance'],
  ine: ['ID_NATIONAL'],
  commune_residence: ['CODE_COMMUNE_INSEE'],
  nom_famille: ['nom_usage'],
};
/** What must never be written: dropped columns, people under 16. */
const NEVER_WRITTEN = ['INTERDIT', 'BACHELET', 'CADET'];
const METROPOLITAN_LISTS = Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, '0'));
/** Corsica has been 2A and 2B, no longer 20. */
const ALL_LISTS = [
  ...METROPOLITAN_LISTS.filter((list) => list !== '20'),
  ...['2A', '2B', '971', '972', '973', '974', '976', '99', 'XX'],
];

function normalisedName(name: string): string {
  return name
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Z]+/g, ' ')
    .trim();
}

/** Undefined without a family name: the rules do not say where such an entry goes. */
function sortKey({ entry }: PublishedEntry): string | undefined {
  if (!entry.familyName) return undefined;
  const family = normalisedName(entry.familyName);
  return [family, normalisedName(entry.firstNames[0] ?? ''), entry.birthDate, entry.siei].join('\u0001');
}

function entriesOf(campaign: PublishedCampaign, person: ExpectedPerson): PublishedEntry[] {
  return campaign.entries.filter((published) => published.rows.some((row) => person.rows.includes(row)));
}

function judgedFlags(flags: readonly string[], ruleSet: RuleSetId): string[] {
  const ignored = ruleSet === 'siei-2011' ? FLAGS_NOT_JUDGED : [...FLAGS_NOT_JUDGED, ...FLAGS_OF_A];
  return flags.filter((flag) => !ignored.includes(flag)).sort();
}

function expectedFlags(person: ExpectedPerson, ruleSet: RuleSetId): string[] {
  return person.flags
    .filter((flag) => (flag.ruleSet ?? ruleSet) === ruleSet)
    .map(({ flag }) => flag)
    .sort();
}

/** Everything of an entry that the rules fix, as expected.csv writes it. */
function publishedFacts(published: PublishedEntry, ruleSet: RuleSetId) {
  const { entry, list } = published;
  return {
    list,
    reason: entry.reason,
    leftOn: entry.leftOn ?? '',
    flags: judgedFlags(entry.flags, ruleSet),
    missionLocale: entry.missionLocale,
    situations: [...entry.knownSituations].sort(),
    age: entry.age,
    minor: entry.minor,
    firstName: entry.firstNames[0]?.toUpperCase(),
    rows: [...published.rows].sort(),
  };
}

function expectedFacts(person: ExpectedPerson, ruleSet: RuleSetId) {
  return {
    list: person.list,
    reason: person.reason,
    leftOn: person.leftOn,
    flags: expectedFlags(person, ruleSet),
    missionLocale: person.missionLocale,
    situations: [...person.situations].sort(),
    age: person.age,
    minor: person.age < 18,
    firstName: person.firstName.toUpperCase(),
    rows: [...person.rows].sort(),
  };
}

function expectListed(campaign: PublishedCampaign, person: ExpectedPerson, ruleSet: RuleSetId): void {
  const sentence = `${person.label} ${person.names[0]} (${ruleSet}) : ${person.why}`;
  const [published, ...others] = entriesOf(campaign, person);
  if (!published) expect.fail(`${sentence} — devrait être sur la liste ${person.list}, n’est sur aucune`);
  expect(others, `${sentence} — sur plusieurs lignes`).toEqual([]);
  expect(publishedFacts(published, ruleSet), sentence).toEqual(expectedFacts(person, ruleSet));
  const { entry } = published;
  const names = [entry.familyName, entry.usageName].map((name) => name?.toUpperCase());
  const hasName = person.names.some((name) => names.includes(name.toUpperCase()));
  expect(hasName, `${sentence} — nom ${names}`).toBe(true);
  const passed = entry.checks.filter((check) => check.passed).map((check) => check.check);
  expect(passed, sentence).toEqual(expect.arrayContaining([...REMOVING_CHECKS[ruleSet]]));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe.each(RULE_SETS)('%s on 2025-11-15', (ruleSet) => {
  let campaign: PublishedCampaign;
  beforeAll(async () => {
    campaign = await runCampaign(ruleSet, AS_OF);
  });
  afterAll(() => discard(campaign));

  it.each(persons.filter((person) => person.listedIn.includes(ruleSet)))('lists $label: $why', (person) => {
    expectListed(campaign, person, ruleSet);
  });

  it.each(persons.filter((person) => !person.listedIn.includes(ruleSet)))(
    'leaves out $label: $why',
    (person) => {
      const found = entriesOf(campaign, person).map(({ list, entry }) => ({ list, reason: entry.reason }));
      const sentence = `${person.label} ${person.names[0]} (${ruleSet}) : ${person.why} — ne devrait pas être listé`;
      expect(found, sentence).toEqual([]);
    },
  );

  it('lists nobody else', () => {
    const known = new Set(persons.flatMap((person) => person.rows));
    const strangers = campaign.entries.flatMap(({ rows }) => rows.filter((row) => !known.has(row)));
    expect(strangers).toEqual([]);
  });

  it('counts rows, rejects, removals, persons and litiges as announced', () => {
    const { summary } = campaign;
    expect.soft(summary.rows).toBe(totals.rows);
    expect.soft(summary.records).toBe(totals.records);
    expect.soft(summary.rejects).toBe(totals.rejects);
    expect.soft(summary.removedUnder16).toBe(totals.removedUnder16);
    expect.soft(summary.rejectedFiles).toBe(totals.rejectedFiles);
    expect.soft(summary.persons).toBe(totals.persons);
    expect.soft(totals.litiges).toContain(summary.litiges);
  });

  it('counts as many in each département as it lists', () => {
    const listed = persons.filter((person) => person.listedIn.includes(ruleSet));
    const expected: Record<string, number> = {};
    for (const { list } of listed) expected[list] = (expected[list] ?? 0) + 1;
    const told = Object.entries(campaign.summary.departments).filter(([, count]) => count > 0);
    expect(Object.fromEntries(told)).toEqual(expected);
    expect(campaign.summary.listed).toBe(listed.length);
  });

  it('writes a list for every département, in three forms, also when nobody is on it', () => {
    expect(ALL_LISTS.filter((list) => !campaign.lists.includes(list))).toEqual([]);
    for (const form of ['csv', 'xlsx', 'json'])
      expect(existsSync(join(campaign.out, 'lists/48', `liste-48.${form}`)), form).toBe(true);
  });

  it('sorts each list by normalised name, first name, birth date and SIEI number', () => {
    for (const list of campaign.lists) {
      const ofList = campaign.entries.filter((published) => published.list === list);
      const keys = ofList.map(sortKey).filter((key) => key !== undefined);
      expect(keys, list).toEqual([...keys].sort());
    }
  });

  it('never writes what must be dropped on reading', () => {
    for (const file of filesUnder(campaign.out)) {
      const content = readFileSync(file);
      for (const word of NEVER_WRITTEN) expect(content.includes(word), `${word} dans ${file}`).toBe(false);
    }
  });

  describe('rejets.csv', () => {
    it.each(issues)('$file $position $code: $why', (issue) => {
      const same = campaign.issues.filter(
        (told) => told.file === issue.file && told.position === issue.position && told.code === issue.code,
      );
      expect(same, issue.why).toHaveLength(1);
      expect(same[0]?.severity, issue.why).toBe(issue.severity);
      if (issue.field === '*') return;
      const fields = [issue.field, ...(SENDERS_WORDS[issue.field] ?? [])];
      expect(fields, issue.why).toContain(same[0]?.field);
    });

    it('rejects nothing else, and drops no other field for the same causes', () => {
      const judged = new Set(issues.map((issue) => issue.code));
      const told = campaign.issues
        .filter((issue) => issue.severity === 'rejet' || judged.has(issue.code))
        .map((issue) => `${issue.file}@${issue.position} ${issue.code}`);
      expect(told.sort()).toEqual(
        issues.map((issue) => `${issue.file}@${issue.position} ${issue.code}`).sort(),
      );
    });

    it('names nobody and quotes no personal value', () => {
      for (const { message } of campaign.issues) expect(message).not.toMatch(/INVENT|JACQUET|EVRARD|05-PAUL/);
    });
  });
});
