/** The numbers that one campaign gave: those of each person of the truth, and which number stands for which since a merge. */
export interface NumberedCampaign {
  readonly numbersOf: ReadonlyMap<string, readonly string[]>;
  readonly mergedInto: ReadonlyMap<string, string>;
}

export interface NumberFigures {
  /** People who had a number in two campaigns at least. */
  readonly followed: number;
  /** Of those, people none of whose later numbers is one they had before, also by a recorded merge. */
  readonly changed: number;
  /** People taken for two at some time, and of those, for one in the last campaign that knows them. */
  readonly split: number;
  readonly reunited: number;
  /** Numbers that were replaced by an older one of the same person, and for which every later campaign says so. */
  readonly merges: number;
  readonly mergesForgotten: number;
  /** Numbers that stood for one person, then for another. */
  readonly passedOn: number;
}

/** Whether people kept their numbers through campaigns of one registry, in order. */
export function numberFigures(campaigns: readonly NumberedCampaign[]): NumberFigures {
  const histories = new Map<string, (readonly string[])[]>();
  const holder = new Map<string, string>();
  const passedOn = new Set<string>();
  for (const { numbersOf } of campaigns) {
    for (const [person, numbers] of numbersOf) {
      const history = histories.get(person);
      if (history) history.push(numbers);
      else histories.set(person, [numbers]);
      for (const number of numbers) {
        if ((holder.get(number) ?? person) !== person) passedOn.add(number);
        holder.set(number, person);
      }
    }
  }
  const { merged, forgotten } = mergesOf(campaigns);
  const last = campaigns.at(-1)?.mergedInto ?? new Map<string, string>();
  const followed = [...histories.values()].filter((history) => history.length > 1);
  const split = [...histories.values()].filter((history) => history.some((numbers) => numbers.length > 1));
  return {
    followed: followed.length,
    changed: followed.filter((history) => breaks(history, last)).length,
    split: split.length,
    reunited: split.filter((history) => history.at(-1)?.length === 1).length,
    merges: merged.size,
    mergesForgotten: forgotten.size,
    passedOn: passedOn.size,
  };
}

/** True when at some campaign none of the numbers is one of the campaign before, or what one of those was merged into. */
function breaks(history: readonly (readonly string[])[], mergedInto: ReadonlyMap<string, string>): boolean {
  return history.some((numbers, rank) => {
    const before = history[rank - 1];
    if (before === undefined) return false;
    return !before.some(
      (number) => numbers.includes(number) || numbers.includes(mergedInto.get(number) ?? ''),
    );
  });
}

function mergesOf(campaigns: readonly NumberedCampaign[]): { merged: Set<string>; forgotten: Set<string> } {
  const merged = new Set<string>();
  const forgotten = new Set<string>();
  for (const { mergedInto } of campaigns) {
    for (const number of merged) if (!mergedInto.has(number)) forgotten.add(number);
    for (const number of mergedInto.keys()) merged.add(number);
  }
  return { merged, forgotten };
}
