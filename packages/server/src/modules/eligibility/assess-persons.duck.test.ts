import { LEAVING_REASONS, MISSION_LOCALE_KNOWLEDGE, PERSON_FLAGS, PERSON_STATES } from '@raccroche/contract';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../platform/duckdb/database.ts';
import { assessPersons } from './assess-persons.ts';
import { assessPerson } from './person/assess-person.ts';
import type { PersonFacts } from './person/facts.ts';
import type { RuleSet } from './rule-set.ts';
import { listRuleSets } from './rule-sets/registry.ts';
import { type AssessmentRow, assessmentRow, readAssessments } from './testing/assessment-rows.ts';
import { loadPeople } from './testing/load-people.ts';
import { samplePeople } from './testing/random-people.ts';

const PEOPLE = 2000;
const SEED = 20_261_124;

/** A day in the year, the two sides of the start of term, a leap day. */
const REFERENCE_DATES = ['2026-11-24', '2026-08-31', '2026-09-01', '2024-02-29'];

/** Every rule set, with both readings of an earlier CAP or BEP. */
const RULE_SETS: readonly RuleSet[] = listRuleSets().flatMap((ruleSet) =>
  (['cycle_only', 'any'] as const).map((capBep) => ({
    ...ruleSet,
    parameters: { ...ruleSet.parameters, capBep },
  })),
);

async function assessBySql(
  people: readonly PersonFacts[],
  asOf: string,
  ruleSets: readonly RuleSet[],
  threads = 2,
): Promise<Map<string, AssessmentRow>[]> {
  const database = await openDatabase({ threads });
  try {
    await loadPeople(database, people);
    const results: Map<string, AssessmentRow>[] = [];
    for (const ruleSet of ruleSets) {
      await assessPersons(database, { asOf, ruleSet });
      results.push(await readAssessments(database));
    }
    return results;
  } finally {
    database.close();
  }
}

/** The person with the fewest rows whose assessments differ, so that a failure can be read. */
function findDifference(
  people: readonly PersonFacts[],
  bySql: ReadonlyMap<string, AssessmentRow>,
  ruleSet: RuleSet,
  asOf: string,
) {
  return people
    .map((facts) => ({
      facts,
      expected: assessmentRow(assessPerson(facts, ruleSet, asOf)),
      actual: bySql.get(facts.personId),
    }))
    .filter(({ expected, actual }) => !isSame(expected, actual))
    .sort((a, b) => JSON.stringify(a.facts).length - JSON.stringify(b.facts).length)[0];
}

function isSame(expected: AssessmentRow, actual: AssessmentRow | undefined): boolean {
  if (!actual) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => JSON.stringify(expected[key]) === JSON.stringify(actual[key]))
  );
}

describe('the SQL of campaigns and the readable rules', () => {
  it.each(REFERENCE_DATES)(
    `decide the same of ${PEOPLE} people at %s, under every rule set, in every column`,
    async (asOf) => {
      const people = samplePeople(asOf, PEOPLE, SEED);
      const results = await assessBySql(people, asOf, RULE_SETS);
      for (const [index, ruleSet] of RULE_SETS.entries()) {
        const bySql = results[index] ?? new Map<string, AssessmentRow>();
        expect(bySql.size).toBe(PEOPLE);
        const difference = findDifference(people, bySql, ruleSet, asOf);
        expect(
          difference?.actual,
          `${ruleSet.id} ${ruleSet.parameters.capBep}: ${JSON.stringify(difference?.facts, null, 1)}`,
        ).toEqual(difference?.expected);
      }
    },
  );

  it('decide the same whatever the threads and the order of rows', async () => {
    const asOf = '2026-11-24';
    const people = samplePeople(asOf, 400, SEED);
    const [ruleSet] = RULE_SETS.slice(0, 1);
    if (!ruleSet) throw new Error('no rule set');
    const backwards = [...people].reverse().map((person) => ({
      ...person,
      records: [...person.records].reverse(),
      spells: [...person.spells].reverse(),
    }));
    const [forth] = await assessBySql(people, asOf, [ruleSet], 4);
    const [back] = await assessBySql(backwards, asOf, [ruleSet], 1);
    expect(new Map([...(back ?? [])].sort())).toEqual(new Map([...(forth ?? [])].sort()));
    expect(forth?.size).toBe(400);
  });

  it('draws people who meet every state, reason, flag and check, so that agreement means something', () => {
    const asOf = '2026-11-24';
    const seen = new Map<string, number>();
    const see = (word: string) => seen.set(word, (seen.get(word) ?? 0) + 1);
    for (const facts of samplePeople(asOf, PEOPLE, SEED))
      for (const ruleSet of RULE_SETS) {
        const assessment = assessPerson(facts, ruleSet, asOf);
        see(`state ${assessment.state}`);
        see(`reason ${assessment.reason}`);
        see(`mission locale ${assessment.missionLocale}`);
        see(`to follow ${assessment.toFollow}`);
        see(`listed ${assessment.listed} by ${ruleSet.id}`);
        for (const flag of assessment.flags) see(`flag ${flag}`);
        for (const { check, passed } of assessment.checks) see(`${check} ${passed}`);
      }
    const wanted = [
      ...PERSON_STATES.map((state) => `state ${state}`),
      ...LEAVING_REASONS.map((reason) => `reason ${reason}`),
      ...MISSION_LOCALE_KNOWLEDGE.map((knowledge) => `mission locale ${knowledge}`),
      ...PERSON_FLAGS.filter((flag) => flag !== 'department_from_school').map((flag) => `flag ${flag}`),
      ...RULE_SETS.flatMap(({ id, checks }) => [
        `listed true by ${id}`,
        `listed false by ${id}`,
        ...checks.flatMap((check) => [`${check} true`, `${check} false`]),
      ]),
      'to follow true',
    ];
    for (const word of wanted) expect(seen.get(word) ?? 0, word).toBeGreaterThanOrEqual(20);
  });
});
