import { evidenceOf } from '../order.ts';
import type { Check } from './check.ts';

/** No spell says that the person died, nor does a death that INSEE tells. */
export const checkAlive: Check = ({ deaths }) => ({
  passed: deaths.length === 0,
  evidence: evidenceOf(deaths),
});
