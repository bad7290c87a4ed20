import type { FileKind } from '@raccroche/contract';

/** Its records bear names of other files: the same delivery may tell other things. */
export const NEEDS_OTHER_FILES: FileKind = 'sygne-schoolings';

/** Letters of a delivery id; a record id begins with that of its delivery. */
export const DELIVERY_ID_LENGTH = 12;

/** Delivery id of the record id that `recordId` gives, as SQL. */
export function deliveryIdSql(recordId: string): string {
  return `${recordId}[1:${DELIVERY_ID_LENGTH}]`;
}
