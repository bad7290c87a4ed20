import { evidenceOf } from '../order.ts';
import type { Check } from './check.ts';

/** An enrolment spell or a contract overlaps the window W. */
export const checkEnrolledInWindow: Check = ({ windowItems }) => ({
  passed: windowItems.length > 0,
  evidence: evidenceOf(windowItems),
});
