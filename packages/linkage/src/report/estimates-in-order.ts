import type { Estimates } from '../parameters/estimates.ts';
import type { ParameterEstimate } from './report-input.ts';

/**
 * Estimates as they were made, for the report: the first of every level, then the second, and so on. A level that was
 * estimated less often than others is absent from the last ones. `name` is given their number, from 1.
 */
export function estimatesInOrder(
  { m, u }: Estimates,
  name: (number: number) => string,
): readonly ParameterEstimate[] {
  const most = Math.max(0, ...[...m, ...u].flat().map((levels) => levels.length));
  return Array.from({ length: most }, (_, place) => ({
    name: name(place + 1),
    comparisons: m.map((levels, index) => ({
      m: levels.map((values) => values[place]),
      u: (u[index] ?? []).map((values) => values[place]),
    })),
  }));
}
