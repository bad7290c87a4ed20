/**
 * Level (French 2019 scale) by the first digit of a diploma code (CFD, 8 or 9 characters), which still follows
 * the scale of 1969: V is 3, IV is 4, III is 5, II is 6, I is 7. Any other first character: unknown.
 * Source: CFD of CFA effectifs, 500 = CAP and 400 = bac pro [seen]; 3, 2 and 1 [inferred from the scale].
 */
export const DIPLOMA_CODE_LEVELS = { '5': 3, '4': 4, '3': 5, '2': 6, '1': 7 } as const satisfies Record<
  string,
  number
>;
