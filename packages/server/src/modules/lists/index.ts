/** The face of the module: campaigns, from the deliveries to the lists. */
export { parseMemory } from './campaign/options.ts';
export { resultText } from './campaign/result-text.ts';
export { runCampaign } from './campaign/run-campaign.ts';
export { addListsCommands } from './commands.ts';
