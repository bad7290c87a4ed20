/**
 * Shares `size` out by importance: whole numbers, `minimum` for each if it holds that many, never more than it holds.
 * What one cannot take goes to the others. The sum is `size`, or all there is, or the minima when these are more.
 */
export function allocate(
  size: number,
  importance: readonly number[],
  holds: readonly number[],
  minimum: number,
): readonly number[] {
  const given = holds.map((most) => Math.min(minimum, most));
  for (;;) {
    const left = size - given.reduce((sum, count) => sum + count, 0);
    const open = given.flatMap((count, index) => (count < (holds[index] ?? 0) ? [index] : []));
    if (left <= 0 || open.length === 0) return given;
    // Whoever is furthest below its share takes the most; each round gives at least one.
    const total = open.reduce((sum, index) => sum + (importance[index] ?? 0), 0);
    const wants = open.map((index) => ({
      index,
      want: total > 0 ? (left * (importance[index] ?? 0)) / total : left / open.length,
    }));
    const whole = wants.filter(({ want }) => want >= 1);
    if (whole.length === 0) {
      const [first] = [...wants].sort((a, b) => b.want - a.want || a.index - b.index);
      if (first === undefined) return given;
      given[first.index] = (given[first.index] ?? 0) + 1;
      continue;
    }
    for (const { index, want } of whole) {
      given[index] = Math.min(holds[index] ?? 0, (given[index] ?? 0) + Math.floor(want));
    }
  }
}
