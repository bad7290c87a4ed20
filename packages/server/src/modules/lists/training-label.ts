import { type Training, TrainingLabels } from '@raccroche/contract';
import type { Entry } from './entry.ts';

type LastTraining = Entry['lastTraining'];

/**
 * What the first three characters of a MEF (its dispositif) lead to; those seen at work alone.
 * Source: referentials of the module eligibility.
 */
const DISPOSITIFS: Readonly<Record<string, Training>> = {
  '240': 'cap_1',
  '241': 'cap_2',
  '242': 'cap_3',
  '247': 'bac_pro',
  '250': 'bma',
  '251': 'bma',
  '271': 'cap_agri',
  '276': 'bac_pro_agri',
};
const isTraining = (code: string): code is Training => code in TrainingLabels;

/** The code of the last training; null when nothing tells what it led to. */
export function trainingOf({ mef, leadsTo }: LastTraining): Training | null {
  const known = mef === null ? undefined : DISPOSITIFS[mef.slice(0, 3)];
  if (known !== undefined) return known;
  const level = `level_${leadsTo ?? ''}`;
  return isTraining(level) ? level : null;
}

/** The last training in words, without a nomenclature that is not public: what it leads to. Null when nothing tells it. */
export function trainingLabel(training: LastTraining): string | null {
  const code = trainingOf(training);
  return code === null ? null : TrainingLabels[code];
}
