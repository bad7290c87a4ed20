/**
 * What a MEF leads to, from its first three characters (DISPOSITIF). Data of the rule sets.
 * Source: MEF codes read in AplyPro's table for 2025-26 [seen]; the official nomenclature is not public [inferred].
 */

/** First digit of DISPOSITIF. Any other digit: unknown. [1, 2, 3 inferred from the dispositifs seen] */
export const MEF_CYCLES = { '1': 'college', '2': 'second', '3': 'higher' } as const;

/**
 * Second-cycle dispositifs that lead to level 3; every other second-cycle dispositif leads to level 4.
 * 240 CAP in 1 year, 241 in 2 years, 242 in 3 years, 271 CAP agricole [seen]; 243 [inferred].
 * Seen at level 4: 247 bac pro, 250 and 251 BMA, 257 and 258 CS, 276 bac pro agricole.
 */
export const LEVEL_3_DISPOSITIFS = ['240', '241', '242', '243', '271'] as const;

/** Level that a second cycle leads to unless its dispositif is listed above. */
export const SECOND_CYCLE_LEVEL = 4;

/** Level that a MEF of higher education leads to: the least that there is (BTS). */
export const HIGHER_EDUCATION_LEVEL = 5;
