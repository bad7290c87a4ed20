import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: the trail of who read and wrote which personal data. */
export const AUDIT_MIGRATIONS: MigrationSet = {
  module: 'audit',
  folder: new URL('./migrations/', import.meta.url),
};
export { purgeTrail, type TrailPurge } from './purge-trail.ts';
export { AUDIT_RETENTION } from './retention.ts';
export {
  checkSeals,
  findLastSeal,
  readSealKey,
  readSeals,
  Seal,
  type SealReport,
  sealTrail,
  sealVerifiedTrail,
} from './seals.ts';
export { type TrailReport, verifyTrail } from './verify-trail.ts';
