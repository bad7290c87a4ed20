import type { FileKind } from '@raccroche/contract';

/** Its records bear names of other files: the same delivery may tell other things. */
export const NEEDS_OTHER_FILES: FileKind = 'sygne-schoolings';

/** Letters of a delivery id. */
export const DELIVERY_ID_LENGTH = 12;

/**
 * The record id that a row has by its own delivery, as SQL: `<delivery_id>-<ordinal>`. Its record bears it unless it keeps that of an
 * earlier delivery (`heldIdSteps`): what delivery a record is of, its `file_no` tells, never its id.
 */
export function ownIdSql(deliveryId: string, ordinal: string): string {
  return `${deliveryId} || '-' || ${ordinal}`;
}

/** The delivery whose own id a record id is, as SQL. */
export function firstDeliverySql(recordId: string): string {
  return `${recordId}[1:${DELIVERY_ID_LENGTH}]`;
}
