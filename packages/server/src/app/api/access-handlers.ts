import type { ACCESS_ROUTES } from '@raccroche/contract';
import {
  addOrganisation,
  changeZone,
  confirmMember,
  designate,
  endDesignation,
  endReplacement,
  invite,
  listDesignations,
  listMembers,
  listOrganisations,
  listReplacements,
  listRightsToConfirm,
  makeReplacement,
  readZone,
  revokeInvitation,
  revokeMember,
  setMemberTerm,
} from '../../modules/access/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

const DONE = { done: true } as const;

/** Giving rights, taking them away, answering for them; designations and zones. */
export const ACCESS_HANDLERS: GuardedHandlers<keyof typeof ACCESS_ROUTES> = {
  members: (caller, { query }) => listMembers(caller, query.kind, query.id),
  invite: (caller, { body }) => invite(caller, body),
  async revokeInvitation(caller, { params }) {
    await revokeInvitation(caller, params.invitationId);
    return DONE;
  },
  async revokeMember(caller, { params }) {
    await revokeMember(caller, params.membershipId);
    return DONE;
  },
  async setMemberTerm(caller, { params, body }) {
    await setMemberTerm(caller, params.membershipId, body.validTo);
    return DONE;
  },
  rightsToConfirm: async (caller) => ({ rights: await listRightsToConfirm(caller) }),
  async confirmMember(caller, { params }) {
    await confirmMember(caller, params.membershipId);
    return DONE;
  },
  replacements: async (caller) => ({ replacements: await listReplacements(caller) }),
  makeReplacement: (caller, { body }) => makeReplacement(caller, body),
  async endReplacement(caller, { params }) {
    await endReplacement(caller, params.replacementId);
    return DONE;
  },
  organisations: async (caller) => ({ organisations: await listOrganisations(caller) }),
  addOrganisation: (caller, { body }) => addOrganisation(caller, body),
  designations: async (caller, { params }) => ({
    designations: await listDesignations(caller, params.platformId),
  }),
  designate: (caller, { body }) => designate(caller, body),
  async endDesignation(caller, { params, body }) {
    await endDesignation(caller, params.designationId, body.lastDay);
    return DONE;
  },
  zone: async (caller, { params }) => ({ communes: await readZone(caller, params.platformId) }),
  async changeZone(caller, { params, body }) {
    await changeZone(caller, params.platformId, body);
    return DONE;
  },
};
