import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: people, organisations, platforms, designations, and what each may do. */
export const ACCESS_MIGRATIONS: MigrationSet = {
  module: 'access',
  folder: new URL('./migrations/', import.meta.url),
};
export { type Caller, type Right, withCaller } from './caller.ts';
export { listColleagues } from './colleagues.ts';
export {
  FIRST_ROLES,
  type FirstRole,
  type InstalledPlatform,
  installOrganisation,
  installPlatform,
  inviteFirst,
  type NewPlatform,
} from './installation.ts';
export { type KindUse, MEASURED_DAYS, measureUse } from './measure-use.ts';
export {
  confirmMember,
  invite,
  listMembers,
  listRightsToConfirm,
  revokeInvitation,
  revokeMember,
  setMemberTerm,
} from './members.ts';
export {
  listOwnRights,
  listSubstitutes,
  listTerritories,
  readDepartmentZones,
  readNetwork,
} from './network.ts';
export {
  addPartner,
  addPartnerSecret,
  listPartners,
  revokePartner,
  revokePartnerSecret,
} from './partners/manage-partners.ts';
export { openSystemToken } from './partners/system-token.ts';
export { comparePermissions, writePermissions } from './permissions.ts';
export {
  answerQuotaRequest,
  askForMore,
  listQuotaRequests,
  readAllowance,
  readAllowances,
} from './quotas.ts';
export { endReplacement, listReplacements, makeReplacement } from './replacements.ts';
export { ACCESS_RETENTION } from './retention.ts';
export { endSession, listDemoPeople, openSession } from './sessions.ts';
export { discoverProvider, type IdentityProvider, type PendingSignIn } from './sign-in/provider.ts';
export {
  endSessionAddress,
  endSessionsOf,
  openProviderSession,
  replacementOf,
} from './sign-in/provider-sessions.ts';
export { renewSession } from './sign-in/renew-session.ts';
export { readSignInSettings } from './sign-in/settings.ts';
export { type NewNotice, readActing, tellAll } from './tell.ts';
export {
  addOrganisation,
  changeZone,
  designate,
  endDesignation,
  listDesignations,
  listOrganisations,
  readZone,
} from './territories.ts';
export { findProfessionals, readTrailState, searchTrail } from './trail.ts';
export {
  countUnseenNotices,
  listNotices,
  listOpenings,
  listReaders,
  listUnusualReading,
  readQuotas,
  seeNotices,
  setQuota,
  warnOfConfirmations,
  warnOfEndings,
} from './watch.ts';
