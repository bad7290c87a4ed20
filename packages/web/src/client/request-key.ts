/** A key of its own for a change: sent again after a lost answer, it is done once. */
export const newRequestKey = (): string => crypto.randomUUID();
