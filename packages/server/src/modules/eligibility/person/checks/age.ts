import type { Check } from './check.ts';

/** Old enough, and the birthday that ends it is still to come. Decided by the record that tells the birth date. */
export const checkAge: Check = ({ age, identity, terms: { parameters } }) => ({
  passed: age >= parameters.minAge && age < parameters.ageLimit,
  evidence: [identity.recordId],
});
