import type { DeathDecision, DecisionOutcome, RecognisedNumber } from '../decisions/decision.ts';

/** What this campaign holds of whatever decisions about deaths name. */
export interface DecidedWorld {
  /** Who answers to each number. */
  readonly answering: ReadonlyMap<string, RecognisedNumber>;
  /** Deaths that each code names, as they are compared. */
  readonly deathsOf: ReadonlyMap<string, readonly string[]>;
  /** Person of each record that answers to a number. */
  readonly personOf: ReadonlyMap<string, string>;
  /** Whether comparing brought a person and a death together. */
  readonly resemble: (personId: string, deathId: string) => boolean;
}

/** What was decided of a person and a death: a row of `linkage.decided_deaths`. */
export interface DecidedDeath {
  readonly personId: string;
  /** A record of the person that answers to the number. */
  readonly recordId: string;
  readonly deathId: string;
  readonly verdict: DeathDecision['verdict'];
}

export interface DeathPlan {
  /** By line. */
  readonly outcomes: ReadonlyMap<number, DecisionOutcome>;
  /** What holds, once a person and a death. */
  readonly decided: readonly DecidedDeath[];
}

/** A decision whose person and death are both there. */
interface Found {
  readonly decision: DeathDecision;
  readonly personId: string;
  readonly recordId: string;
  readonly deathIds: readonly string[];
}

/**
 * What decisions do to persons and deaths. A number is one person's: where several answer to it, it is the one whom the death
 * resembles. Decisions that contradict each other are told and not applied: of one person (also through numbers merged since)
 * and one death, or a death said to be that of two. The order of decisions does not matter.
 */
export function planDeathDecisions(decisions: readonly DeathDecision[], world: DecidedWorld): DeathPlan {
  const outcomes = new Map<number, DecisionOutcome>();
  const contradicted = new Map<number, Set<number>>();
  const written = decisions.map((decision) => {
    const current = world.answering.get(decision.number)?.current ?? decision.number;
    return { ...decision, person: current, death: decision.deathCode };
  });
  tellContradictions(written, contradicted);
  let found: Found[] = [];
  for (const decision of decisions) {
    const resolved = resolve(decision, world);
    outcomes.set(decision.line, { effect: resolved.effect, contradictedBy: [] });
    if (resolved.found && !contradicted.has(decision.line)) found.push(resolved.found);
  }
  const said = found.flatMap(({ decision: { line, verdict }, personId, deathIds }) =>
    deathIds.map((death) => ({ line, verdict, person: personId, death })),
  );
  tellContradictions(said, contradicted);
  tellTwoBearers(said, contradicted);
  found = found.filter(({ decision }) => !contradicted.has(decision.line));
  for (const [line, others] of contradicted) {
    outcomes.set(line, { effect: 'contredite', contradictedBy: [...others].sort((a, b) => a - b) });
  }
  return { outcomes, decided: decidedOf(found) };
}

/** The records of whoever answers to a number, sorted; those who left it since it was merged are looked at too. */
export function recordsOf(recognised: RecognisedNumber | undefined): readonly string[] {
  return [...new Set([...(recognised?.recordIds ?? []), ...(recognised?.splitOff ?? [])])].sort();
}

function resolve(
  decision: DeathDecision,
  { answering, deathsOf, personOf, resemble }: DecidedWorld,
): { readonly effect: DecisionOutcome['effect']; readonly found?: Found } {
  const recognised = answering.get(decision.number);
  if (recognised === undefined) return { effect: 'numero_inconnu' };
  const deathIds = deathsOf.get(decision.deathCode) ?? [];
  const recordIds = recordsOf(recognised);
  if (recordIds.length === 0 || deathIds.length === 0) return { effect: 'sans_objet' };
  const persons = [...new Set(recordIds.map((id) => personOf.get(id) ?? id))];
  const alike = persons.filter((person) => deathIds.some((death) => resemble(person, death)));
  const [personId, ...others] = persons.length === 1 ? persons : alike;
  if (personId === undefined || others.length > 0) return { effect: 'indistincte' };
  const recordId = recordIds.find((id) => (personOf.get(id) ?? id) === personId) ?? personId;
  return { effect: 'appliquee', found: { decision, personId, recordId, deathIds } };
}

interface Said {
  readonly line: number;
  readonly verdict: DeathDecision['verdict'];
  readonly person: string;
  readonly death: string;
}

function tell(contradicted: Map<number, Set<number>>, line: number, other: number): void {
  for (const [one, by] of [
    [line, other],
    [other, line],
  ] as const) {
    contradicted.set(one, (contradicted.get(one) ?? new Set()).add(by));
  }
}

/** Of one person, a death is theirs and is not. */
function tellContradictions(said: readonly Said[], contradicted: Map<number, Set<number>>): void {
  for (const pair of groupedBy(said, ({ person, death }) => `${person}\n${death}`)) {
    for (const same of pair.filter(({ verdict }) => verdict === 'same'))
      for (const different of pair.filter(({ verdict }) => verdict === 'different'))
        tell(contradicted, same.line, different.line);
  }
}

/** A death is one person's. */
function tellTwoBearers(said: readonly Said[], contradicted: Map<number, Set<number>>): void {
  const owned = said.filter(({ verdict }) => verdict === 'same');
  for (const claims of groupedBy(owned, ({ death }) => death)) {
    for (const a of claims)
      for (const b of claims) if (a.person < b.person) tell(contradicted, a.line, b.line);
  }
}

function groupedBy(said: readonly Said[], keyOf: (each: Said) => string): Iterable<readonly Said[]> {
  const groups = new Map<string, Said[]>();
  for (const each of said) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups.values();
}

/** Whoever knows outweighs whoever does not. */
function decidedOf(found: readonly Found[]): readonly DecidedDeath[] {
  const decided = new Map<string, DecidedDeath>();
  for (const { decision, personId, recordId, deathIds } of found) {
    for (const deathId of deathIds) {
      const key = `${personId}\n${deathId}`;
      const known = decided.get(key);
      const verdict = decision.verdict === 'unknown' ? (known?.verdict ?? 'unknown') : decision.verdict;
      const first = known === undefined || recordId < known.recordId ? recordId : known.recordId;
      decided.set(key, { personId, recordId: first, deathId, verdict });
    }
  }
  return [...decided].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
