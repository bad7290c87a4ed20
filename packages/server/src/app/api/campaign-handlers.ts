import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CAMPAIGN_ROUTES } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import { countByDepartment, countTakingBack } from '../../modules/cases/index.ts';
import {
  askPublication,
  askRun,
  askTakingBack,
  cancelRun,
  describeCampaign,
  drawEntries,
  LIST_CODES,
  listPublications,
  listRuns,
  resumeRun,
} from '../../modules/lists/index.ts';
import { drawSecret } from '../../platform/secrets/draw-secret.ts';
import { type CampaignFolders, getFolders } from '../campaigns/folders.ts';
import { listFinished, listsOf, readDelivered, toFinished } from '../campaigns/read-campaigns.ts';
import type { GuardedHandlers } from './handler-types.ts';

const SAMPLE = 20;
const DONE = { done: true } as const;
const notPossible = (told: string) => new RaccrocheError('not_possible', told);

/** Folder of a finished campaign. Throws `not_possible`. */
function finishedFolder(folders: CampaignFolders | undefined, name: string): string {
  const folder = join(getFolders(folders).campaigns, name);
  if (!existsSync(join(folder, 'manifest.json')))
    throw notPossible(`« ${name} » n’est pas une campagne finie.`);
  return folder;
}

/** What the folder itself says is wrong (withheld, damaged) is told to whoever asked. */
const asNotPossible = (error: unknown): never => {
  throw error instanceof RaccrocheError ? notPossible(error.message) : error;
};

/** Campaigns from the screen. */
export const CAMPAIGN_HANDLERS: GuardedHandlers<keyof typeof CAMPAIGN_ROUTES> = {
  async campaigns(caller, _input, { campaigns: folders }) {
    const [runs, publications] = [await listRuns(caller), await listPublications(caller)];
    const finished = folders === undefined ? [] : await listFinished(folders);
    return {
      configured: folders !== undefined,
      runs,
      campaigns: finished.map((one) => toFinished(one, publications)),
    };
  },
  async deliveries(_caller, _input, { campaigns: folders }) {
    if (folders === undefined) return { configured: false, readBy: null, sources: [], files: [] };
    return { configured: true, ...(await readDelivered(folders)) };
  },
  async startCampaign(caller, { body }, { campaigns }) {
    const folders = getFolders(campaigns);
    if (existsSync(join(folders.campaigns, body.name)))
      throw notPossible(`« ${body.name} » existe déjà : donnez un autre nom.`);
    if (body.previous !== null) finishedFolder(folders, body.previous);
    return askRun(caller, body);
  },
  async cancelCampaign(caller, { params }) {
    await cancelRun(caller, params.runId);
    return DONE;
  },
  async resumeCampaign(caller, { params }) {
    await resumeRun(caller, params.runId);
    return DONE;
  },
  async sampleCampaign(caller, { params }, { campaigns }) {
    const folder = finishedFolder(campaigns, params.name);
    const drawn = await drawEntries(folder, SAMPLE, drawSecret()).catch(asNotPossible);
    await caller.record(
      'campaign.sampled',
      drawn.map(({ entry }) => entry.siei),
      { name: params.name },
    );
    return {
      people: drawn.map(({ department, entry }) => ({
        siei: entry.siei,
        department,
        familyName: entry.familyName,
        firstNames: [...entry.firstNames],
        birthDate: entry.birthDate,
        commune: entry.address.communeName,
        leftOn: entry.leftOn,
        lastSchool: entry.lastSchool.uai,
      })),
    };
  },
  async campaignLists(caller, { params }, { campaigns }) {
    const folder = finishedFolder(campaigns, params.name);
    const described = await describeCampaign(folder).catch(asNotPossible);
    return { lists: listsOf(described, await countByDepartment(caller), await listPublications(caller)) };
  },
  async publishFinished(caller, { params, body }, { campaigns }) {
    const folder = finishedFolder(campaigns, params.name);
    const unknown = body.departments?.filter((code) => !LIST_CODES.includes(code)) ?? [];
    if (unknown.length > 0) throw notPossible(`Aucune liste ne porte ce code : ${unknown.join(', ')}.`);
    await askPublication(caller, params.name, folder, body.departments);
    return DONE;
  },
  async takingBackCounts(caller, { params }) {
    const { possible, undone, kept } = await countTakingBack(caller, params.publicationId);
    return { possible, undone: [...undone], kept: [...kept] };
  },
  async takeBack(caller, { params, body }) {
    await askTakingBack(caller, params.publicationId, body.reason);
    return DONE;
  },
};
