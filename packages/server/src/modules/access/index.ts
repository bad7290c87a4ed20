import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: people, organisations, platforms, designations, and what each may do. */
export const ACCESS_MIGRATIONS: MigrationSet = {
  module: 'access',
  folder: new URL('./migrations/', import.meta.url),
};
export { type Caller, type Right, withCaller } from './caller.ts';
export { listColleagues } from './colleagues.ts';
export { comparePermissions, writePermissions } from './permissions.ts';
export { endSession, listDemoPeople, openSession } from './sessions.ts';
