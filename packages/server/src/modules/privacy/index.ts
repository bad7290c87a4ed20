import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: how long data about people live, and what they may ask. It learns the tables from `app`. */
export const PRIVACY_MIGRATIONS: MigrationSet = {
  module: 'privacy',
  folder: new URL('./migrations/', import.meta.url),
};
export { asOfficer, findExtract } from './extract.ts';
export { grantKeeper, grantOfficer } from './keeper.ts';
export { type PurgeReport, purge } from './purge.ts';
export { changeRequest, getRequest, listRequests, openRequest, requireUnrestricted } from './requests.ts';
export { PRIVACY_RETENTION } from './retention.ts';
export { readTerms } from './terms.ts';
