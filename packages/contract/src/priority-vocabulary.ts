/**
 * In which order to take people: the first that applies, from facts of the case alone, worked out on the day. Nobody writes it, and
 * nothing keeps it. Of a closed case, and of who is not to be followed, none.
 * Source: none; the rule sets say nothing of it. [choice of the product: the order of harm if it is forgotten, as « Ma journée »]
 */
export const PriorityLabels = {
  deadline: 'échéance légale proche ou passée',
  minor: 'mineur, obligation non remplie',
  silent: 'sans contact depuis longtemps',
  usual: 'suivi ordinaire',
} as const;
export type Priority = keyof typeof PriorityLabels;
export const PRIORITIES = Object.keys(PriorityLabels) as [Priority, ...Priority[]];

/** A legal delay counts, and is shown in « Ma journée », that many days before its end. [choice of the product] */
export const DEADLINE_DAYS = 30;
/** Without an attempt, an interview or the arrival of the case for so long, nobody has been in contact. [choice of the product] */
export const SILENT_DAYS = 30;
