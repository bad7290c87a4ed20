import type { SqlRow } from '../../../platform/duckdb/database.ts';

interface EvidenceLine {
  readonly comparison: string;
  readonly level: string;
  readonly weight: number;
}

/**
 * What adds up to the weight of a link or a litige of look-alikes, a line each; nothing for one that rests on an
 * identifier. A weight is a number of doublings: +10 says about a thousand times likelier one person than two.
 */
export function weightLines(row: SqlRow): string[] {
  const evidence = evidenceOf(row.evidence);
  if (evidence.length === 0) return [];
  const lines = evidence.map(
    ({ comparison, level, weight }) =>
      `      ${signed(weight).padStart(7)}  ${level === '' ? comparison : `${comparison} : ${level}`}`,
  );
  return [
    ...lines,
    `      ${signed(Number(row.match_weight)).padStart(7)}  en tout (${oddsOf(Number(row.match_weight))})`,
  ];
}

function evidenceOf(value: unknown): readonly EvidenceLine[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly SqlRow[]).map(({ comparison, level, weight }) => ({
    comparison: String(comparison),
    level: String(level),
    weight: Number(weight),
  }));
}

function signed(weight: number): string {
  const text = Math.abs(weight).toFixed(1).replace('.', ',');
  return weight < 0 ? `−${text}` : `+${text}`;
}

/** How many times likelier one person than two, in round words. */
function oddsOf(weight: number): string {
  if (weight < 1) return 'aussi bien deux personnes qu’une';
  const times = 2 ** weight;
  if (times < 1000) return `une personne plutôt que deux : ${Math.round(times)} contre 1`;
  if (times < 1e6) return `une personne plutôt que deux : ${Math.round(times / 1000)} 000 contre 1`;
  return 'une personne plutôt que deux : plus d’un million contre 1';
}
