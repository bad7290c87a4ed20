import { DIPLOMA_CODE_LEVELS } from './referentials/diploma-code-levels.ts';
import {
  HIGHER_EDUCATION_LEVEL,
  LEVEL_3_DISPOSITIFS,
  MEF_CYCLES,
  SECOND_CYCLE_LEVEL,
} from './referentials/mef-cycles.ts';

/** `leadsTo`: level (3 to 7) of the diploma at its end; null for a collège (leads to none) and when unknown. */
export interface Cycle {
  readonly cycle: 'college' | 'second' | 'higher' | 'unknown';
  readonly leadsTo: number | null;
}

export const UNKNOWN_CYCLE: Cycle = { cycle: 'unknown', leadsTo: null };

/**
 * The cycle of a training, from its MEF (MEF10 or MEF11) and, when that says nothing, from its diploma code (CFD).
 * Both null or both unrecognised: unknown.
 */
export function cycleOf(mef: string | null, diplomaCode: string | null): Cycle {
  const level = diplomaCodeLevel(diplomaCode);
  switch (findByKey(MEF_CYCLES, mef?.[0])) {
    case 'college':
      return { cycle: 'college', leadsTo: null };
    case 'second': {
      const dispositif = mef?.slice(0, 3);
      const leadsTo = LEVEL_3_DISPOSITIFS.some((known) => known === dispositif) ? 3 : SECOND_CYCLE_LEVEL;
      return { cycle: 'second', leadsTo };
    }
    case 'higher':
      return { cycle: 'higher', leadsTo: HIGHER_EDUCATION_LEVEL };
    default:
      if (level === null) return UNKNOWN_CYCLE;
      return { cycle: level >= HIGHER_EDUCATION_LEVEL ? 'higher' : 'second', leadsTo: level };
  }
}

/** Level (3 to 7) of a diploma code; null when absent or not recognised. */
export function diplomaCodeLevel(diplomaCode: string | null): number | null {
  return findByKey(DIPLOMA_CODE_LEVELS, diplomaCode?.[0]) ?? null;
}

/** Order of cycles, for ties: unknown, collège, then by the level that they lead to. */
export function cycleHeight({ cycle, leadsTo }: Cycle): number {
  if (cycle === 'unknown') return 0;
  return leadsTo ?? 1;
}

function findByKey<Value>(
  table: Readonly<Record<string, Value>>,
  key: string | undefined,
): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
