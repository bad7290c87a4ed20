/**
 * What somebody's last training led to, by a code that addresses and the base hold, with its words. Where the dispositif of a MEF is
 * known, the diploma; else the level of the French scale alone.
 */
export const TrainingLabels = {
  cap_1: 'CAP en un an',
  cap_2: 'CAP en deux ans',
  cap_3: 'CAP en trois ans',
  cap_agri: 'CAP agricole',
  bac_pro: 'bac professionnel',
  bac_pro_agri: 'bac professionnel agricole',
  bma: 'brevet des métiers d’art',
  level_3: 'formation de niveau CAP',
  level_4: 'formation de niveau bac',
  level_5: 'formation de niveau bac + 2',
  level_6: 'formation de niveau 6',
  level_7: 'formation de niveau 7',
  level_8: 'formation de niveau 8',
} as const;
export type Training = keyof typeof TrainingLabels;
export const TRAININGS = Object.keys(TrainingLabels) as [Training, ...Training[]];

/** Levels by which a worklist is narrowed: of the French scale; `5` stands for all above the baccalauréat. */
export const TrainingLevelLabels = {
  3: 'niveau CAP',
  4: 'niveau bac',
  5: 'au-delà du bac',
  unknown: 'non connu',
} as const;
export type TrainingLevel = `${keyof typeof TrainingLevelLabels}`;
export const TRAINING_LEVELS = Object.keys(TrainingLevelLabels) as [TrainingLevel, ...TrainingLevel[]];
