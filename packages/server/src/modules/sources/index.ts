/** The face of the module: delivered files in, typed records and rejects out. */

export { forgetDifferences, type ReadingDifference, readingDifferences } from './carry-steps.ts';
export type { IntakeSummary } from './count-files.ts';
export { firstDeliverySql, NEEDS_OTHER_FILES, ownIdSql } from './delivery-ids.ts';
export { FETCHED_RECORDS, type FetchedRecords, openFetchedRecords } from './fetched-records.ts';
export { type FileInspection, inspectFile } from './inspect-file.ts';
export type { InterchangeColumn } from './interchange-columns.ts';
export { KEPT_RECORDS } from './kept-records.ts';
export { openText } from './opening/open-text.ts';
export type { PreviousReading, ReadTable } from './previous-reading.ts';
export { type IntakeRequest, readDeliveries } from './read-deliveries.ts';
export { FileRejection } from './reader.ts';
export { type CsvRow, readCsvRows } from './readers/csv-rows.ts';
export type { IntakeProgress } from './reading-progress.ts';
export { readingVersion } from './reading-version.ts';
export { listDeliveries } from './receive.ts';
export { findCommuneName, loadReferential } from './referential.ts';
export { writeDeliveryReports } from './reports/delivery-report.ts';
export { issueMessage, writeRejects } from './reports/rejects.ts';
export { csvTemplate, tableSchema } from './table-schema.ts';
export { createSourcesTablesSql, IDENTIFIERS_VIEW_SQL, identifiersOfSql, SOURCES_TABLES } from './tables.ts';
