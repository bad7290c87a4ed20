/** The face of the module: delivered files in, typed records and rejects out. */
export { addSourcesCommands } from './commands.ts';
export type { IntakeSummary } from './count-files.ts';
export { type IntakeProgress, type IntakeRequest, readDeliveries } from './read-deliveries.ts';
export { listDeliveries } from './receive.ts';
export { loadReferential } from './referential.ts';
export { writeDeliveryReports } from './reports/delivery-report.ts';
export { writeRejects } from './reports/rejects.ts';
export { createSourcesTablesSql, SOURCES_TABLES } from './tables.ts';
