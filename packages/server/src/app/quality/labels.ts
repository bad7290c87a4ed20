import { ABROAD_LIST } from '@raccroche/contract';
import { academyName, FAILURE_LABELS, NAME_GROUP_LABELS, SENDER_LABELS } from '@raccroche/synthetic';
import { getListName } from '../../modules/lists/index.ts';
import { CAUSES, type CauseCode } from './causes.ts';
import type { CauseCount, Grouping, Measure } from './quality-report.ts';

export const WITHHELD = 'Les listes sont retenues : est jugé ce qu’elles contiendraient.';

/** What no file tells of: a silent school, or one abroad. */
const NO_SENDER = 'aucun (école muette, étranger)';
const SEX_LABELS: Readonly<Record<string, string>> = { F: 'filles', M: 'garçons' };

export const GROUPING_LABELS: Readonly<Record<Grouping, string>> = {
  name_group: 'origine du nom',
  sex: 'sexe',
  department: 'département',
  sender: 'émetteur du dernier établissement',
};

export const MEASURE_LABELS: Readonly<Record<Measure, string>> = {
  missed: 'Manqués',
  wrong: 'Listés à tort',
  wronged: 'Risque d’être listé à tort',
};

export const frenchDay = (day: string): string => day.split('-').reverse().join('/');

const find = (labels: Readonly<Record<string, string>>, code: string): string => labels[code] ?? code;

export function senderLabel(code: string | null): string {
  if (code === null) return '–';
  return code === 'none' ? NO_SENDER : find(SENDER_LABELS, code);
}

export const faultLabel = (code: string | null): string => (code === null ? '–' : find(FAILURE_LABELS, code));

/** Académies whose name is not that of their code with capitals. */
const ACADEMY_NAMES: Readonly<Record<string, string>> = {
  besancon: 'Besançon',
  creteil: 'Créteil',
  'la-reunion': 'La Réunion',
  'nouvelle-caledonie': 'Nouvelle-Calédonie',
  'orleans-tours': 'Orléans-Tours',
  polynesie: 'Polynésie française',
  'saint-pierre-et-miquelon': 'Saint-Pierre-et-Miquelon',
  'wallis-et-futuna': 'Wallis-et-Futuna',
};

/** Who sends for an establishment: `<family>/<académie>`, the family alone, or `none`. */
function officeLabel(code: string): string {
  const cut = code.lastIndexOf('/');
  const [family, academy] = [code.slice(0, cut), code.slice(cut + 1)];
  if (cut < 0 || Object.hasOwn(SENDER_LABELS, code)) return senderLabel(code);
  return `${senderLabel(family)}, ${ACADEMY_NAMES[academy] ?? academyName(academy)}`;
}

/** A group of a grouping, for people. */
export function groupLabel(grouping: Grouping, code: string): string {
  switch (grouping) {
    case 'department':
      return code === ABROAD_LIST ? 'à l’étranger' : `${code} ${getListName(code)}`;
    case 'sex':
      return find(SEX_LABELS, code);
    case 'name_group':
      return find(NAME_GROUP_LABELS, code);
    case 'sender':
      return officeLabel(code);
  }
}

export const causeName = (cause: CauseCode): string => CAUSES[cause][0];

/** A cause and its fault, in one line. */
export function causeLabel({ cause, fault }: Pick<CauseCount, 'cause' | 'fault'>): string {
  if (fault === null || cause === 'extracted_before') return causeName(cause);
  return `${causeName(cause)} : ${faultLabel(fault)}`;
}
