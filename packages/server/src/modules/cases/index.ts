import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: cases, from a published entry to what people do about it. */
export { assignCase } from './assign-case.ts';
export { openElsewhere } from './open-elsewhere.ts';
export { type PublicationResult, publishCampaign } from './publication/publish-campaign.ts';
export { readCase } from './read-case.ts';
export { readFormerPupils } from './read-former-pupils.ts';
export { readWorklist } from './read-worklist.ts';
export { recordAttempt } from './record-attempt.ts';
export { undoLast } from './undo-last.ts';

export const CASES_MIGRATIONS: MigrationSet = {
  module: 'cases',
  folder: new URL('./migrations/', import.meta.url),
};
