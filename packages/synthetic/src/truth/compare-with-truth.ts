import { TRUTH_RULE_SETS, type TruthRuleSet } from './judge.ts';
import { readTruth, rowKey, type Truth } from './truth-files.ts';

/** One entry of a list: the rows it stands on, as `liste-DD.json` names them. */
export interface ListedEntry {
  readonly records: ReadonlyArray<{ readonly file: string; readonly position: string | number }>;
}

export interface TruthComparison {
  readonly people: number;
  /** Truly to be listed by the rule set. */
  readonly trulyDroppedOut: number;
  readonly entries: number;
  /** Of those truly to be listed, how many have an entry. */
  readonly found: number;
  readonly missed: number;
  /** Entries of somebody who should not be listed. */
  readonly wronglyListed: number;
  /** Further entries of somebody already counted: one person taken for several. */
  readonly listedTwice: number;
  /** Entries none of whose rows the truth knows. */
  readonly unknownEntries: number;
  /** True situation (SituationCode) of the people missed and wrongly listed. */
  readonly missedBecause: Readonly<Record<string, number>>;
  readonly wronglyListedBecause: Readonly<Record<string, number>>;
  /** What the registers of the national education alone would have listed. */
  readonly schoolRegistersAlone: {
    readonly listed: number;
    readonly trulyDroppedOut: number;
    readonly inTrainingElsewhere: number;
    readonly other: number;
  };
}

/**
 * Confronts a campaign's lists with the truth that `writeFrance` wrote in `truthFolder`. An entry whose rows belong to
 * several people counts for the one with most of them (ties: the first in order). Throws RangeError for a rule set
 * that the truth was not written for; an error of the file system when the truth is missing.
 */
export function compareWithTruth({
  listed,
  truthFolder,
  ruleSet,
}: {
  readonly listed: readonly ListedEntry[];
  readonly truthFolder: string;
  readonly ruleSet: string;
}): TruthComparison {
  const known = TRUTH_RULE_SETS.find((one) => one === ruleSet);
  if (known === undefined) throw new RangeError(`no truth for the rule set ${ruleSet}`);
  return compare(listed, readTruth(truthFolder), known);
}

/** The comparison itself, on a truth already read. */
export function compare(
  listed: readonly ListedEntry[],
  truth: Truth,
  ruleSet: TruthRuleSet,
): TruthComparison {
  const people = [...truth.people.values()];
  const entriesOf = new Map<string, number>();
  let unknownEntries = 0;
  for (const entry of listed) {
    const person = findPerson(entry, truth);
    if (person === undefined) unknownEntries += 1;
    else entriesOf.set(person, (entriesOf.get(person) ?? 0) + 1);
  }
  const due = people.filter((person) => person.listed[ruleSet]);
  const missed = due.filter(({ person }) => !entriesOf.has(person));
  const wrong = people.filter(({ person, listed: should }) => entriesOf.has(person) && !should[ruleSet]);
  const raw = people.filter((person) => person.raw);
  const rawDue = raw.filter((person) => person.listed[ruleSet]).length;
  const rawElsewhere = raw.filter((person) => person.inTraining).length;
  return {
    people: people.length,
    trulyDroppedOut: due.length,
    entries: listed.length,
    found: due.length - missed.length,
    missed: missed.length,
    wronglyListed: wrong.length,
    listedTwice: listed.length - unknownEntries - entriesOf.size,
    unknownEntries,
    missedBecause: countBy(missed.map(({ reason }) => reason)),
    wronglyListedBecause: countBy(wrong.map(({ reason }) => reason)),
    schoolRegistersAlone: {
      listed: raw.length,
      trulyDroppedOut: rawDue,
      inTrainingElsewhere: rawElsewhere,
      other: raw.length - rawDue - rawElsewhere,
    },
  };
}

function findPerson(entry: ListedEntry, truth: Truth): string | undefined {
  const votes = new Map<string, number>();
  for (const { file, position } of entry.records) {
    const person = truth.personOfRow.get(rowKey(file, String(position)));
    if (person !== undefined) votes.set(person, (votes.get(person) ?? 0) + 1);
  }
  const order = [...votes].sort(([left, many], [right, more]) => more - many || (left < right ? -1 : 1));
  return order[0]?.[0];
}

/** Counts of each value, in the order of the values. */
function countBy(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
