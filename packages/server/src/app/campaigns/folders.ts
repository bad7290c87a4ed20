import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';

/** Where this place keeps its campaigns. */
export interface CampaignFolders {
  /** Files received from the senders. */
  readonly deliveries: string;
  /** One folder a campaign, beside the register of numbers. */
  readonly campaigns: string;
  /** `4GB`: what a campaign may take of the machine. */
  readonly memory: string;
}

/** Throws `not_possible` where no folder was told. */
export function getFolders(folders: CampaignFolders | undefined): CampaignFolders {
  if (folders !== undefined) return folders;
  throw new RaccrocheError(
    'not_possible',
    'Aucun dossier de campagnes n’est réglé ici : RACCROCHE_DELIVERIES et RACCROCHE_CAMPAIGNS les nomment.',
    EXIT_CODES.usage,
  );
}
