import type { RecordFact } from './facts.ts';
import { compareKeys, compareLatestFirst } from './order.ts';

/** Who the person is said to be. */
export interface Identity {
  /** The record that decides. */
  readonly recordId: string;
  readonly familyName: string | null;
  readonly usageName: string | null;
  readonly firstName1: string | null;
  readonly firstName2: string | null;
  readonly firstName3: string | null;
  readonly sex: string | null;
  readonly birthDate: string;
  /** Two records tell different birth dates. */
  readonly disputed: boolean;
}

/**
 * Name, sex and birth date of the preferred record; what it leaves out is taken from the next ones.
 * Second and third first names come with the first one: those of another record may belong to another order.
 * Throws when the person has no record.
 */
export function identityOf(records: readonly RecordFact[]): Identity {
  const preferred = [...records].sort(compareRecords);
  const [first] = preferred;
  if (!first) throw new Error('a person without records cannot be judged');
  const named = preferred.find(({ firstName1 }) => firstName1 !== null);
  const findFirst = (field: 'familyName' | 'usageName' | 'sex') =>
    preferred.find((record) => record[field] !== null)?.[field] ?? null;
  return {
    recordId: first.recordId,
    familyName: findFirst('familyName'),
    usageName: findFirst('usageName'),
    firstName1: named?.firstName1 ?? null,
    firstName2: named?.firstName2 ?? null,
    firstName3: named?.firstName3 ?? null,
    sex: findFirst('sex'),
    birthDate: first.birthDate,
    disputed: records.some(({ birthDate }) => birthDate !== first.birthDate),
  };
}

/** With a validated INE first, the most recent of them; without any, the order of sources, then the most recent. */
function compareRecords(a: RecordFact, b: RecordFact): number {
  const byRecent = compareLatestFirst(a.recordedOn, b.recordedOn);
  const bySource = a.sourceRank - b.sourceRank;
  return (
    Number(b.hasIne) - Number(a.hasIne) ||
    (a.hasIne ? byRecent || bySource : bySource || byRecent) ||
    compareKeys(a.recordId, b.recordId)
  );
}
