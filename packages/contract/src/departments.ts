/** List code of people whose residence is abroad. */
export const ABROAD_LIST = '99';
/** List code of people whose département is unknown. */
export const UNKNOWN_LIST = 'XX';
