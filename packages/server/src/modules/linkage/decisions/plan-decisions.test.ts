import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LitigeDecision, RecognisedNumber } from './decision.ts';
import { type DecisionPlan, planDecisions } from './plan-decisions.ts';
import { IdSets } from './sets.ts';

const RECORDS = Array.from({ length: 10 }, (_, index) => `r${index}`);
const NUMBERS = ['A', 'B', 'C', 'D', 'E'];
type Link = { readonly l: string; readonly r: string };

const decision = (
  line: number,
  verdict: LitigeDecision['verdict'],
  ...numbers: readonly [string, string]
): LitigeDecision => ({ line, numbers, verdict, decidedOn: '2025-11-20', role: 'référent', reason: '' });

const peopleOf = (links: readonly Link[]) => {
  const sets = new IdSets();
  for (const { l, r } of links) sets.union(l, r);
  return { personOf: new Map(RECORDS.map((id) => [id, sets.find(id)])), links };
};

type Answers = Readonly<Record<string, readonly string[]>>;
/** Numbers are their own elders, but for those written `B=A`. */
const answersOf = (answers: Answers): ReadonlyMap<string, RecognisedNumber> =>
  new Map(
    Object.entries(answers).map(([name, recordIds]) => {
      const [number = '', elder = number] = name.split('=');
      return [number, { current: elder, recordIds }];
    }),
  );

const together = (plan: DecisionPlan, ...ids: readonly string[]) =>
  new Set(ids.map((id) => plan.personOf.get(id))).size === 1;
const effectsOf = (plan: DecisionPlan) =>
  [...plan.outcomes].sort(([a], [b]) => a - b).map(([, { effect }]) => effect);

describe('a decision', () => {
  const apart = peopleOf([]);
  const answers = answersOf({ A: ['r0'], B: ['r1'], C: ['r2'], D: [] });

  test('that it is one person joins two', () => {
    const plan = planDecisions([decision(2, 'same', 'A', 'B')], answers, apart);
    expect(together(plan, 'r0', 'r1')).toBe(true);
    expect(plan.added).toEqual([{ l: 'r0', r: 'r1' }]);
  });

  test('that they are two parts one, and each of the rest goes with its strongest link', () => {
    const joined = peopleOf([
      { l: 'r1', r: 'r3' },
      { l: 'r0', r: 'r3' },
    ]);
    const plan = planDecisions([decision(2, 'different', 'A', 'B')], answers, joined);
    expect(together(plan, 'r0', 'r1')).toBe(false);
    expect(together(plan, 'r1', 'r3')).toBe(true);
  });

  test.each([
    ['a number that the registry does not know', decision(2, 'same', 'A', 'Z'), 'numero_inconnu'],
    ['a number to which nobody answers', decision(2, 'different', 'A', 'D'), 'sans_objet'],
    ['one number parted from itself', decision(2, 'different', 'A', 'A'), 'numero_unique'],
    ['a doubt within one person', decision(2, 'same', 'A', 'A'), 'appliquee'],
    ['nobody knows', decision(2, 'unknown', 'A', 'B'), 'appliquee'],
  ])('%s', (_name, given, effect) => {
    expect(effectsOf(planDecisions([given], answers, apart))).toEqual([effect]);
  });

  test('about numbers that were merged since cannot part them', () => {
    const merged = answersOf({ A: ['r0', 'r1'], 'B=A': ['r0', 'r1'] });
    expect(effectsOf(planDecisions([decision(2, 'different', 'A', 'B')], merged, apart))).toEqual([
      'numero_unique',
    ]);
    expect(together(planDecisions([decision(2, 'same', 'A', 'B')], merged, apart), 'r0', 'r1')).toBe(true);
  });

  test('about numbers that were merged, and of which somebody left since, is about those two', () => {
    const left = new Map([
      ['A', { current: 'A', recordIds: ['r0'] }],
      ['B', { current: 'A', recordIds: ['r0'], splitOff: ['r1'] }],
    ]);
    expect(together(planDecisions([decision(2, 'same', 'A', 'B')], left, apart), 'r0', 'r1')).toBe(true);
    const one = peopleOf([{ l: 'r0', r: 'r1' }]);
    expect(together(planDecisions([decision(2, 'different', 'B', 'A')], left, one), 'r0', 'r1')).toBe(false);
  });

  test('about records that tell nobody apart is told', () => {
    const alike = answersOf({ A: ['r0', 'r1'], B: ['r0', 'r1'] });
    expect(effectsOf(planDecisions([decision(2, 'different', 'A', 'B')], alike, apart))).toEqual([
      'indistincte',
    ]);
  });
});

describe('contradictions', () => {
  const answers = answersOf({ A: ['r0'], B: ['r1'], C: ['r2'], D: ['r3'], E: ['r4'] });

  test('a chain that joins what must be apart: all of it, and nothing beside it', () => {
    const given = [
      decision(2, 'same', 'A', 'B'),
      decision(3, 'same', 'B', 'C'),
      decision(4, 'different', 'A', 'C'),
      decision(5, 'same', 'C', 'D'),
    ];
    const plan = planDecisions(given, answers, peopleOf([]));
    expect(effectsOf(plan)).toEqual(['contredite', 'contredite', 'contredite', 'appliquee']);
    expect(plan.outcomes.get(2)?.contradictedBy).toEqual([4]);
    expect(plan.outcomes.get(4)?.contradictedBy).toEqual([2, 3]);
  });

  test('seen only through the people behind the numbers', () => {
    const oneAnswersToTwo = answersOf({ A: ['r0'], B: ['r1'], C: ['r0'], D: ['r1'] });
    const given = [decision(2, 'same', 'A', 'B'), decision(3, 'different', 'C', 'D')];
    expect(effectsOf(planDecisions(given, oneAnswersToTwo, peopleOf([])))).toEqual([
      'contredite',
      'contredite',
    ]);
  });
});

const anyWorld = fc.record({
  links: fc.array(
    fc
      .tuple(fc.nat(8), fc.nat(8))
      .map(([a, b]) => ({ l: `r${Math.min(a, b)}`, r: `r${Math.max(a, b) + 1}` })),
    { maxLength: 8 },
  ),
  answers: fc.dictionary(
    fc.constantFrom(...NUMBERS),
    fc.uniqueArray(fc.constantFrom(...RECORDS), { maxLength: 3 }),
  ),
  decisions: fc.array(
    fc.tuple(
      fc.constantFrom('same' as const, 'different' as const, 'unknown' as const),
      fc.constantFrom(...NUMBERS),
      fc.constantFrom(...NUMBERS),
    ),
    { maxLength: 6 },
  ),
});
const SEED = { seed: 5, numRuns: 2000 };

describe('whatever is decided', () => {
  test('what is applied holds, and every person hangs together by links', () => {
    fc.assert(
      fc.property(anyWorld, ({ links, answers, decisions }) => {
        const given = decisions.map(([verdict, a, b], index) => decision(index + 2, verdict, a, b));
        const plan = planDecisions(given, answersOf(answers), peopleOf(links));
        for (const { line, verdict, numbers } of given) {
          if (plan.outcomes.get(line)?.effect !== 'appliquee') continue;
          const [left, right] = numbers.map((number) => answers[number] ?? []) as [string[], string[]];
          if (verdict === 'same') expect(together(plan, ...left, ...right)).toBe(true);
          if (verdict !== 'different') continue;
          for (const l of left.filter((id) => !right.includes(id)))
            for (const r of right.filter((id) => !left.includes(id)))
              expect(together(plan, l, r)).toBe(false);
        }
        const kept = links.filter(({ l, r }) => together(plan, l, r));
        expect(plan.personOf).toEqual(peopleOf([...kept, ...plan.added]).personOf);
      }),
      SEED,
    );
  });

  test('neither their order nor that of the two numbers matters', () => {
    fc.assert(
      fc.property(anyWorld, fc.infiniteStream(fc.boolean()), ({ links, answers, decisions }, turned) => {
        const given = decisions.map(([verdict, a, b], index) => decision(index + 2, verdict, a, b));
        const other = [...given].reverse().map((each): LitigeDecision => {
          const [a, b] = each.numbers;
          return { ...each, numbers: turned.next().value === true ? [b, a] : [a, b] };
        });
        const plan = planDecisions(given, answersOf(answers), peopleOf(links));
        const again = planDecisions(other, answersOf(answers), peopleOf(links));
        expect(again.personOf).toEqual(plan.personOf);
        expect(again.added).toEqual(plan.added);
        expect(effectsOf(again)).toEqual(effectsOf(plan));
      }),
      SEED,
    );
  });

  test('two decisions that contradict each other are both told', () => {
    fc.assert(
      fc.property(anyWorld, ({ links, answers, decisions }) => {
        const given = decisions.map(([verdict, a, b], index) => decision(index + 2, verdict, a, b));
        const { outcomes } = planDecisions(given, answersOf(answers), peopleOf(links));
        for (const [line, { effect, contradictedBy }] of outcomes) {
          expect(contradictedBy.length > 0).toBe(effect === 'contredite');
          for (const other of contradictedBy) expect(outcomes.get(other)?.contradictedBy).toContain(line);
        }
      }),
      SEED,
    );
  });

  test('nothing decided changes nothing', () => {
    const people = peopleOf([{ l: 'r0', r: 'r1' }]);
    expect(planDecisions([], new Map(), people)).toMatchObject({
      personOf: people.personOf,
      added: [],
      apart: [],
    });
  });
});
