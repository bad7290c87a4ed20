/** A stretch of a text: in both texts, or in this one only. */
export interface Stretch {
  readonly text: string;
  readonly common: boolean;
}

/** Characters compared one by one at most; longer texts differ as a whole. */
const LONGEST = 200;

/**
 * Where two texts differ: the longest sequence of characters that both have is common, the rest is not. Characters are
 * whole ones, not halves.
 */
export function differences(left: string, right: string): readonly [readonly Stretch[], readonly Stretch[]] {
  const [a, b] = [[...left], [...right]];
  if (left === right || a.length > LONGEST || b.length > LONGEST) {
    const common = left === right;
    return [[{ text: left, common }], [{ text: right, common }]];
  }
  const [inA, inB] = commonPlaces(a, b);
  return [stretches(a, inA), stretches(b, inB)];
}

/** Places of the longest common subsequence in both. */
function commonPlaces(
  a: readonly string[],
  b: readonly string[],
): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const [inA, inB] = [new Set<number>(), new Set<number>()];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return [inA, inB];
}

function stretches(characters: readonly string[], common: ReadonlySet<number>): readonly Stretch[] {
  const found: { text: string; common: boolean }[] = [];
  for (const [index, character] of characters.entries()) {
    const last = found.at(-1);
    if (last !== undefined && last.common === common.has(index)) last.text += character;
    else found.push({ text: character, common: common.has(index) });
  }
  return found;
}
