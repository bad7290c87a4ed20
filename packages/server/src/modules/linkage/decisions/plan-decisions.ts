import { type Bond, contradictions } from './contradictions.ts';
import type { DecisionOutcome, LitigeDecision, RecognisedNumber } from './decision.ts';
import { IdSets } from './sets.ts';
import { type Sides, splitPerson, type Tie } from './split-person.ts';

/** What the first stage says of whoever decisions are about. */
export interface DecidedPeople {
  /** Person of each record, for all records of the persons concerned. */
  readonly personOf: ReadonlyMap<string, string>;
  /** Links of those persons, strongest first. */
  readonly links: readonly Tie[];
}

/** Two records whose persons must be apart, and the line that says so. */
export interface Apart extends Tie {
  readonly line: number;
}

export interface DecisionPlan {
  /** By line. */
  readonly outcomes: ReadonlyMap<number, DecisionOutcome>;
  /** The person of every record given, after decisions. */
  readonly personOf: ReadonlyMap<string, string>;
  /** Links that decisions make. */
  readonly added: readonly Tie[];
  readonly apart: readonly Apart[];
}

/** A decision with the records of its two numbers. */
interface Found {
  readonly decision: LitigeDecision;
  readonly sides: Sides;
}

/**
 * What decisions do to the persons of the first stage: those decided to be one become one, those decided to be two are parted
 * if need be. Decisions that contradict each other — as written, by numbers merged since, or by the people behind them —
 * are told and not applied. The order of decisions does not matter.
 */
export function planDecisions(
  decisions: readonly LitigeDecision[],
  recognised: ReadonlyMap<string, RecognisedNumber>,
  people: DecidedPeople,
): DecisionPlan {
  const outcomes = new Map<number, DecisionOutcome>();
  const contradicted = new Map<number, Set<number>>();
  let found = [...decisions].sort(byWhatIsDecided).flatMap((decision): Found[] => {
    const outcome = firstOutcome(decision, recognised);
    outcomes.set(decision.line, outcome);
    return outcome.effect === 'appliquee' ? [{ decision, sides: sidesOf(decision, recognised) }] : [];
  });
  const refuse = (lines: ReadonlyMap<number, ReadonlySet<number>>) => {
    for (const [line, others] of lines)
      contradicted.set(line, new Set([...(contradicted.get(line) ?? []), ...others]));
    found = found.filter(({ decision }) => !contradicted.has(decision.line));
  };
  refuse(contradictions(bondsOf(decisions, (number) => number)));
  const current = (number: string) => recognised.get(number)?.current ?? number;
  refuse(
    contradictions(
      bondsOf(
        found.map(({ decision }) => decision),
        current,
      ),
    ),
  );
  for (;;) {
    const placed = place(found, people);
    const clashes = contradictions(placed.bonds);
    if (clashes.size === 0) {
      for (const [line, others] of contradicted) {
        outcomes.set(line, { effect: 'contredite', contradictedBy: [...others].sort((a, b) => a - b) });
      }
      return { outcomes, personOf: placed.personOf, added: placed.added, apart: placed.apart };
    }
    refuse(clashes);
  }
}

/** The order in which decisions stand in a file must not matter. */
function byWhatIsDecided(a: LitigeDecision, b: LitigeDecision): number {
  const [x, y] = [a, b].map(({ numbers, verdict }) => [...numbers].sort().concat(verdict).join(' '));
  return x === y ? a.line - b.line : (x ?? '') < (y ?? '') ? -1 : 1;
}

function bondsOf(decisions: readonly LitigeDecision[], nodeOf: (number: string) => string): Bond[] {
  return decisions
    .filter(({ verdict }) => verdict !== 'unknown')
    .map(({ line, verdict, numbers: [a, b] }) => ({
      line,
      same: verdict === 'same',
      a: nodeOf(a),
      b: nodeOf(b),
    }));
}

/** What can be said of a decision alone. */
function firstOutcome(
  decision: LitigeDecision,
  recognised: ReadonlyMap<string, RecognisedNumber>,
): DecisionOutcome {
  const says = (effect: DecisionOutcome['effect']): DecisionOutcome => ({ effect, contradictedBy: [] });
  const [left, right] = decision.numbers.map((number) => recognised.get(number));
  if (left === undefined || right === undefined) return says('numero_inconnu');
  if (left.recordIds.length === 0 || right.recordIds.length === 0) return says('sans_objet');
  if (decision.verdict !== 'different') return says('appliquee');
  if (left.current === right.current && splitOff(decision, recognised).length === 0)
    return says('numero_unique');
  const sides = sidesOf(decision, recognised);
  return says(sides.left.size === 0 || sides.right.size === 0 ? 'indistincte' : 'appliquee');
}

/** What left the number that the two of a decision have become. */
function splitOff(
  { numbers: [a, b] }: LitigeDecision,
  recognised: ReadonlyMap<string, RecognisedNumber>,
): readonly string[] {
  const [left, right] = [recognised.get(a), recognised.get(b)];
  if (a === b || left?.current !== right?.current) return [];
  return [...(left?.splitOff ?? []), ...(right?.splitOff ?? [])];
}

/** Records of the two numbers. To part two people, only what is of one of them alone counts. */
export function sidesOf(decision: LitigeDecision, recognised: ReadonlyMap<string, RecognisedNumber>): Sides {
  const left = recognised.get(decision.numbers[0])?.recordIds ?? [];
  const away = splitOff(decision, recognised);
  const right = away.length > 0 ? away : (recognised.get(decision.numbers[1])?.recordIds ?? []);
  if (decision.verdict !== 'different') return { left: new Set(left), right: new Set(right) };
  const without = (ids: readonly string[], others: ReadonlySet<string>) =>
    new Set(ids.filter((id) => !others.has(id)));
  return { left: without(left, new Set(right)), right: without(right, new Set(left)) };
}

interface Placed extends Omit<DecisionPlan, 'outcomes'> {
  /** Decisions as bonds between persons once parted: what contradicts among them cannot be placed. */
  readonly bonds: readonly Bond[];
}

function place(found: readonly Found[], people: DecidedPeople): Placed {
  const parted = partPersons(found, people);
  const persons = new IdSets();
  const personOf = (id: string) => parted.personOf.get(id) ?? id;
  const added = [...parted.added];
  const bonds: Bond[] = [];
  const apart: Apart[] = [];
  for (const { decision, sides } of found) {
    const { line, verdict } = decision;
    const left = [...new Set([...sides.left].map(personOf))].sort();
    const right = [...new Set([...sides.right].map(personOf))].sort();
    if (verdict === 'same') {
      const [first = '', ...others] = [...new Set([...left, ...right])].sort();
      for (const other of others) {
        bonds.push({ line, same: true, a: first, b: other });
        if (persons.union(first, other)) added.push({ l: first, r: other });
      }
    }
    if (verdict !== 'different') continue;
    for (const l of left) for (const r of right) apart.push({ line, l, r });
  }
  bonds.push(...apart.map(({ line, l, r }) => ({ line, same: false, a: l, b: r })));
  return {
    bonds,
    personOf: new Map([...people.personOf.keys()].map((id) => [id, persons.find(personOf(id))])),
    added,
    apart,
  };
}

/** Persons in whom a decision sees two people, parted. */
function partPersons(
  found: readonly Found[],
  { personOf, links }: DecidedPeople,
): ReturnType<typeof splitPerson> {
  const decided = found.filter(({ decision }) => decision.verdict === 'different').map(({ sides }) => sides);
  const personsOf = (ids: ReadonlySet<string>) => new Set([...ids].map((id) => personOf.get(id)));
  const torn = new Set(
    decided.flatMap(({ left, right }) => {
      const ofRight = personsOf(right);
      return [...personsOf(left)].filter((person) => ofRight.has(person));
    }),
  );
  const parted = new Map(personOf);
  const added: Tie[] = [];
  for (const person of torn) {
    const split = splitPerson(
      [...personOf.keys()].filter((id) => personOf.get(id) === person),
      links.filter(({ l }) => personOf.get(l) === person),
      decided,
    );
    for (const [id, to] of split.personOf) parted.set(id, to);
    added.push(...split.added);
  }
  return { personOf: parted, added };
}
