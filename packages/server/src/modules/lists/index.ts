/** The face of the module: campaigns, from the deliveries to the lists. */
export { type OpenCampaign, openCampaign } from './campaign/open-campaign.ts';
export { engineMemoryLimit, parseMemory, withResources } from './campaign/options.ts';
export { resultText } from './campaign/result-text.ts';
export { runCampaign } from './campaign/run-campaign.ts';
export { addListsCommands } from './commands.ts';
export { getListName } from './place-departments.ts';
