import { z } from 'zod';
import { REQUIRED_FAMILIES } from '../source-vocabulary.ts';
import { type RouteDefinition, route } from './route-definition.ts';

/** Rule sets by which a campaign may list people. */
export const CampaignRules = {
  'siei-2011': 'sortis sans diplôme, 16 à 25 ans (SIEI)',
  'no-diploma': 'sans aucun diplôme',
  'obligation-16-18': 'obligation de formation, 16 à 18 ans',
} as const;
export type CampaignRule = keyof typeof CampaignRules;
const RULES = Object.keys(CampaignRules) as [CampaignRule, ...CampaignRule[]];

export const RUN_STATES = ['asked', 'running', 'done', 'withheld', 'failed', 'cancelled'] as const;
export const RUN_STAGES = ['read', 'link', 'assess', 'number', 'list', 'seal'] as const;
export type RunStage = (typeof RUN_STAGES)[number];
export const RunStageLabels = {
  read: 'lecture des livraisons',
  link: 'rapprochement des identités',
  assess: 'examen des situations',
  number: 'numéros SIEI',
  list: 'écriture des listes',
  seal: 'scellement',
} as const satisfies Record<RunStage, string>;

/** Name of a campaign’s folder. */
const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/);

/** A campaign that was asked for from here. */
export const CampaignRun = z.object({
  runId: z.uuid(),
  name: z.string(),
  asOf: z.iso.date(),
  rules: z.string(),
  previous: z.string().nullable(),
  state: z.enum(RUN_STATES),
  /** Stages that are finished. */
  stages: z.array(z.enum(RUN_STAGES)),
  /** Nobody has heard of it for minutes: what ran it stopped, and it can be taken up again. */
  silent: z.boolean(),
  /** Why it failed, for people. */
  message: z.string().nullable(),
  askedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type CampaignRun = z.infer<typeof CampaignRun>;

/** An act of publication. */
export const PublicationAct = z.object({
  publicationId: z.number().int(),
  at: z.iso.datetime(),
  /** Codes of its lists; null: all that was not published of the campaign. */
  departments: z.array(z.string()).nullable(),
  /** It is the last one, and what it replaced is kept. */
  mayTakeBack: z.boolean(),
  /** Asked by whom (null: on the machine itself) and why; `at`: null until it is done. */
  takenBack: z
    .object({ by: z.string().nullable(), reason: z.string(), at: z.iso.datetime().nullable() })
    .nullable(),
});
export type PublicationAct = z.infer<typeof PublicationAct>;

/** A finished campaign of the folder. */
export const FinishedCampaign = z.object({
  name: z.string(),
  campaign: z.string(),
  asOf: z.iso.date(),
  rules: z.string(),
  finishedAt: z.string(),
  /** Required sources that no file gave, by name. */
  missing: z.array(z.string()),
  withheld: z.boolean(),
  listed: z.number().int(),
  persons: z.number().int(),
  rows: z.number().int(),
  rejects: z.number().int(),
  litiges: z.number().int(),
  /** Lists that have somebody. */
  departments: z.number().int(),
  publishedAt: z.iso.datetime().nullable(),
  /** Codes of the lists that were published; null: all of them, or none (`publishedAt`). */
  publishedLists: z.array(z.string()).nullable(),
  /** Acts by which it was published, those that were taken back too; the latest last. */
  publications: z.array(PublicationAct),
  /** Published too, and later: this one cannot be any more. */
  isOlder: z.boolean(),
  /** Against the campaign before; null when none was given. */
  difference: z
    .object({
      previousAsOf: z.iso.date(),
      entered: z.number().int(),
      stayed: z.number().int(),
      left: z.number().int(),
      moved: z.number().int(),
      /** Those who left, by why. */
      causes: z.array(z.object({ label: z.string(), count: z.number().int() })),
    })
    .nullable(),
});
export type FinishedCampaign = z.infer<typeof FinishedCampaign>;

/** A file of the folder of deliveries, as the last finished campaign read it. */
export const DeliveredFile = z.object({
  path: z.string(),
  bytes: z.number().int(),
  /** Day on which it was put there, or changed. */
  changedOn: z.iso.date(),
  /** Null: not read yet, or changed since. */
  read: z
    .object({
      kind: z.string(),
      rejected: z.boolean(),
      rows: z.number().int(),
      rejects: z.number().int(),
      /** Rows of the same file in the campaign before; null when it was not there. */
      rowsBefore: z.number().int().nullable(),
      /** To copy into a message to the sender; null when there is nothing to tell. */
      message: z.string().nullable(),
    })
    .nullable(),
});
export type DeliveredFile = z.infer<typeof DeliveredFile>;

const NewCampaign = z.object({
  name: Name,
  asOf: z.iso.date(),
  rules: z.enum(RULES),
  /** Folder of the campaign before. */
  previous: Name.nullable(),
  allowMissing: z.array(z.enum(REQUIRED_FAMILIES)).default([]),
});
export type NewCampaign = z.infer<typeof NewCampaign>;

/** Somebody of a list, drawn at random: to be looked at by eye before the list goes out. */
const Sampled = z.object({
  siei: z.string(),
  department: z.string(),
  familyName: z.string().nullable(),
  firstNames: z.array(z.string()),
  birthDate: z.iso.date(),
  commune: z.string().nullable(),
  leftOn: z.iso.date().nullable(),
  lastSchool: z.string().nullable(),
});
export type Sampled = z.infer<typeof Sampled>;

/** Code of a list: a département, 99, XX. */
const ListCode = z.string().regex(/^[0-9A-Z]{2,3}$/);

/** A list of a campaign, for whoever decides whether it goes out. */
export const CampaignList = z.object({
  code: ListCode,
  name: z.string(),
  /** People on it; null for a campaign that left no summary. */
  listed: z.number().int().nullable(),
  /** Cases of the département that are on a published list today. */
  followed: z.number().int(),
  /** Published already, of this campaign. */
  isPublished: z.boolean(),
});
export type CampaignList = z.infer<typeof CampaignList>;

const RunParams = z.object({ runId: z.uuid() });
const PublicationParams = z.object({ publicationId: z.coerce.number().int().positive() });
const NameParams = z.object({ name: Name });
const Done = z.object({ done: z.literal(true) });
const errors = ['not_possible'] as const;

/** Campaigns from the screen: what was received, to run, to check, to publish. */
export const CAMPAIGN_ROUTES = {
  campaigns: route({
    method: 'GET',
    path: '/api/campaigns',
    summary: 'Les campagnes demandées d’ici, où elles en sont, et celles qui sont finies.',
    access: 'campaign.manage',
    response: z.object({
      /** False: this place has told no folder of campaigns. */
      configured: z.boolean(),
      runs: z.array(CampaignRun),
      campaigns: z.array(FinishedCampaign),
    }),
  }),
  deliveries: route({
    method: 'GET',
    path: '/api/deliveries',
    summary: 'Les fichiers reçus : fraîcheur, lignes, rejets, et de quoi l’écrire à l’émetteur.',
    access: 'campaign.manage',
    response: z.object({
      configured: z.boolean(),
      /** The campaign that read them last. */
      readBy: z.string().nullable(),
      sources: z.array(
        z.object({
          source: z.string(),
          files: z.number().int(),
          rows: z.number().int(),
          rejects: z.number().int(),
          /** Of the campaign before; null when it had none of it. */
          rowsBefore: z.number().int().nullable(),
          latestExtraction: z.iso.date().nullable(),
          freshness: z.string(),
        }),
      ),
      files: z.array(DeliveredFile),
    }),
  }),
  startCampaign: route({
    method: 'POST',
    path: '/api/campaigns',
    summary: 'Demande une campagne sur les fichiers reçus ; un « worker » la mène.',
    access: 'campaign.manage',
    stepUp: true,
    body: NewCampaign,
    response: z.object({ runId: z.uuid() }),
    errors,
  }),
  cancelCampaign: route({
    method: 'POST',
    path: '/api/campaign-runs/{runId}/cancellation',
    summary: 'Arrête une campagne demandée ou en cours ; rien n’est à moitié écrit.',
    access: 'campaign.manage',
    params: RunParams,
    response: Done,
    errors,
  }),
  resumeCampaign: route({
    method: 'POST',
    path: '/api/campaign-runs/{runId}/resumption',
    summary: 'Reprend une campagne arrêtée, après la dernière étape finie.',
    access: 'campaign.manage',
    stepUp: true,
    params: RunParams,
    response: Done,
    errors,
  }),
  sampleCampaign: route({
    method: 'POST',
    path: '/api/campaigns/{name}/sample',
    summary: 'Vingt noms d’une campagne finie, tirés au sort, à regarder avant de publier. Dans la trace.',
    access: 'campaign.sample',
    stepUp: true,
    params: NameParams,
    response: z.object({ people: z.array(Sampled) }),
    errors,
  }),
  campaignLists: route({
    method: 'GET',
    path: '/api/campaigns/{name}/lists',
    summary:
      'Les listes d’une campagne finie, département par département, face à ce qui est suivi aujourd’hui.',
    access: 'campaign.manage',
    params: NameParams,
    response: z.object({ lists: z.array(CampaignList) }),
    errors,
  }),
  publishFinished: route({
    method: 'POST',
    path: '/api/campaigns/{name}/publication',
    summary:
      'Demande la publication d’une campagne finie aux plateformes, toute ou quelques départements ; un « worker » la fait.',
    access: 'campaign.manage',
    stepUp: true,
    params: NameParams,
    body: z.object({
      /** Null: all that is not published yet. */
      departments: z.array(ListCode).min(1).max(200).nullable(),
    }),
    response: Done,
    errors,
  }),
  takingBackCounts: route({
    method: 'GET',
    path: '/api/publications/{publicationId}/taking-back',
    summary:
      'Ce que reprendre une publication ferait, en nombres : ce qui serait défait, ce qui serait gardé.',
    access: 'campaign.manage',
    params: PublicationParams,
    response: z.object({
      possible: z.boolean(),
      /** By kind of event that would be undone. */
      undone: z.array(z.object({ kind: z.string(), count: z.number().int() })),
      /** Cases on which somebody acted since, by platform; null: of none. */
      kept: z.array(z.object({ platform: z.string().nullable(), count: z.number().int() })),
    }),
  }),
  takeBack: route({
    method: 'POST',
    path: '/api/publications/{publicationId}/taking-back',
    summary: 'Demande la reprise de la dernière publication, avec la raison ; un « worker » la fait.',
    access: 'campaign.manage',
    stepUp: true,
    params: PublicationParams,
    body: z.object({ reason: z.string().trim().min(5).max(300) }),
    response: Done,
    errors,
  }),
} as const satisfies Record<string, RouteDefinition>;
