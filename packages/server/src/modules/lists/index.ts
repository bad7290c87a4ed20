import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: campaigns, from the deliveries to the lists, and what is published of them. */
export {
  type CampaignDescription,
  describeCampaign,
  drawEntries,
  type RejectReason,
  readRejectReasons,
} from './campaign/describe-campaign.ts';
export { type OpenCampaign, openCampaign } from './campaign/open-campaign.ts';
export { engineMemoryLimit, parseMemory, withResources } from './campaign/options.ts';
export { resultText } from './campaign/result-text.ts';
export { runCampaign } from './campaign/run-campaign.ts';
export { STAGES } from './campaign/stage-journal.ts';
export { csvText } from './csv.ts';
export { type DecisionToTell, decisionFileText } from './decisions/decision-file.ts';
export { LITIGE_SENTENCES } from './decisions/litige-sentences.ts';
export type { Entry } from './entry.ts';
export { getListName, LIST_CODES } from './place-departments.ts';
export { askCampaign } from './publication/campaign-answers.ts';
export { askLitiges, type LitigeDetails, type LitigeSide } from './publication/litige-details.ts';
export {
  addPublication,
  clearStaging,
  findPublication,
  publishEntries,
  stageAnswers,
} from './publication/publish-entries.ts';
export { type PublishedLitige, readLitiges } from './publication/read-litiges.ts';
export { getPublishable, type PublishableCampaign } from './publication/read-published.ts';
export { inScope, type PublicationScope, remainingScope } from './publication/scope.ts';
export { type NameWord, nameWords, soundOf } from './publication/search-keys.ts';
export { lockPublications, type StagedEntries, stageEntries } from './publication/stage-publication.ts';
export {
  askRun,
  cancelRun,
  endRun,
  listRuns,
  noteRun,
  type RunEnd,
  resumeRun,
  takeRun,
} from './runs/campaign-runs.ts';
export {
  askPublication,
  askTakingBack,
  listPublications,
  type Publication,
} from './runs/publications.ts';
export { placeListed } from './steps.ts';

/** The tables of the platforms' store, beside those of the campaign's engine (tables.ts). */
export const LISTS_MIGRATIONS: MigrationSet = {
  module: 'lists',
  folder: new URL('./migrations/', import.meta.url),
};
export { LISTS_RETENTION } from './retention.ts';
