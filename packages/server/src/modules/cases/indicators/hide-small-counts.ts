/** A count, by its key. */
export type Counts = ReadonlyMap<string, number>;

/** One count is the sum of others. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** Counts from 1 to 4 could point at somebody; nobody is nobody. [usual threshold of official statistics] */
const SMALL = 5;
/** Prime modulus of the elimination: products of two residues stay exact. */
const PRIME = 1_000_003;

/**
 * Keys of the counts that are not shown: the small ones, and as many others as it takes for no sum to give one back.
 * - Nothing hidden follows from what is shown, by any combination of the sums (checked by elimination, not by rule of thumb).
 * - Hidden parts of a shown total hold five together at least: their sum is a count too.
 * The same counts hide the same, whatever their order.
 */
export function hideSmallCounts(counts: Counts, sums: readonly Sum[]): ReadonlySet<string> {
  const hidden = new Set([...counts].flatMap(([key, n]) => (n > 0 && n < SMALL ? [key] : [])));
  for (;;) {
    const exposed = [...findDetermined(hidden, sums), ...findSmallGroups(counts, hidden, sums)];
    const companion = findCompanion(new Set(exposed), counts, hidden, sums);
    if (companion === undefined) return hidden;
    hidden.add(companion);
  }
}

/** The shown count that costs the least to hide, of the sums in which an exposed one stands. */
function findCompanion(
  exposed: ReadonlySet<string>,
  counts: Counts,
  hidden: ReadonlySet<string>,
  sums: readonly Sum[],
): string | undefined {
  const totals = new Set(sums.map(({ total }) => total));
  const shown = sums
    .filter(({ total, parts }) => [total, ...parts].some((key) => exposed.has(key)))
    .flatMap(({ total, parts }) => [total, ...parts])
    .filter((key) => !hidden.has(key));
  // A part before a total, something before nothing, the smallest first.
  const costOf = (key: string): readonly number[] => {
    const count = counts.get(key) ?? 0;
    return [totals.has(key) ? 1 : 0, count === 0 ? 1 : 0, count];
  };
  return [...new Set(shown)].sort((one, other) => {
    const [left, right] = [costOf(one), costOf(other)];
    const differs = left.findIndex((value, index) => value !== right[index]);
    if (differs >= 0) return (left[differs] ?? 0) - (right[differs] ?? 0);
    return one < other ? -1 : 1;
  })[0];
}

/** One hidden part of each shown total whose hidden parts are small together. */
function findSmallGroups(counts: Counts, hidden: ReadonlySet<string>, sums: readonly Sum[]): string[] {
  return sums.flatMap(({ total, parts }) => {
    const own = parts.filter((part) => hidden.has(part));
    const [first] = own;
    if (first === undefined || hidden.has(total)) return [];
    return own.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0) < SMALL ? [first] : [];
  });
}

/** Hidden counts that the sums give back: after elimination they stand alone in a row. */
function findDetermined(hidden: ReadonlySet<string>, sums: readonly Sum[]): string[] {
  const keys = [...hidden].sort();
  const place = new Map(keys.map((key, index) => [key, index]));
  const rows = sums.flatMap(({ total, parts }) => {
    const row = new Array<number>(keys.length).fill(0);
    for (const [key, value] of [[total, PRIME - 1] as const, ...parts.map((part) => [part, 1] as const)]) {
      const at = place.get(key);
      if (at !== undefined) row[at] = ((row[at] ?? 0) + value) % PRIME;
    }
    return row.some((value) => value !== 0) ? [row] : [];
  });
  return reduce(rows, keys.length).flatMap((row) => {
    const [only, ...more] = row.flatMap((value, index) => (value === 0 ? [] : [index]));
    return only !== undefined && more.length === 0 ? [keys[only] ?? ''] : [];
  });
}

/** The reduced rows, modulo the prime (Gauss and Jordan). */
function reduce(rows: number[][], width: number): number[][] {
  let done = 0;
  for (let column = 0; column < width && done < rows.length; column += 1) {
    const found = rows.findIndex((row, index) => index >= done && row[column] !== 0);
    const pivot = rows[found];
    if (pivot === undefined) continue;
    rows[found] = rows[done] ?? pivot;
    const scale = inverse(pivot[column] ?? 1);
    const scaled = pivot.map((value) => (value * scale) % PRIME);
    rows[done] = scaled;
    for (const [index, row] of rows.entries()) {
      const factor = row[column] ?? 0;
      if (index === done || factor === 0) continue;
      rows[index] = row.map((value, at) => (value + (PRIME - factor) * (scaled[at] ?? 0)) % PRIME);
    }
    done += 1;
  }
  return rows.slice(0, done);
}

/** Inverse modulo the prime (Fermat). */
function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
