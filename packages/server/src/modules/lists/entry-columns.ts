import {
  KnownSituationLabels,
  LeavingReasonLabels,
  MissionLocaleLabels,
  PersonFlagLabels,
} from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { EntryInColumns, LegalRepresentative } from './entry.ts';

/** What a column tells of an entry; null when unknown. */
export type EntryCell = string | number | CivilDate | null;

/** One column of the lists made for people: CSV and spreadsheet tell the same. */
export interface EntryColumn {
  /** Header of the CSV: the names of the interchange format where it has one. */
  readonly name: string;
  /** Header of the spreadsheet. */
  readonly title: string;
  /** Codes are texts: 01000 never becomes 1000. */
  readonly type: 'text' | 'date' | 'number';
  /** Width in characters. */
  readonly width: number;
  readonly value: (entry: EntryInColumns) => EntryCell;
}

const TEN_DIGITS = /^0\d{9}$/;

/** A French number in pairs of digits (so that no spreadsheet takes it for a number); any other as told. */
export function phoneText(phone: string): string {
  const national = phone.replace(/[\s.\-()]/g, '').replace(/^(\+33|0033)0?/, '0');
  return TEN_DIGITS.test(national) ? (national.match(/../g) ?? []).join(' ') : phone;
}

function text(name: string, title: string, width: number, value: EntryColumn['value']): EntryColumn {
  return { name, title, type: 'text', width, value };
}

/** Several values in one cell; null when there is none. */
function joined(values: readonly string[], separator = ', '): string | null {
  return values.length > 0 ? values.join(separator) : null;
}

/** What stands where an address or a telephone would, when the entry has been left without any on purpose. */
function notToContact({ flags }: EntryInColumns): string | null {
  return flags.includes('death_to_check') ? 'NE PAS CONTACTER : décès à vérifier' : null;
}

function representativeColumns(rank: 1 | 2): EntryColumn[] {
  const of = (value: (one: LegalRepresentative) => string | null) => (entry: EntryInColumns) => {
    const one = entry.legalRepresentatives[rank - 1];
    return one ? value(one) : null;
  };
  const who = `Représentant légal ${rank}`;
  return [
    text(
      `resp${rank}_nom`,
      `${who} : nom`,
      18,
      of((one) => one.familyName),
    ),
    text(
      `resp${rank}_prenom`,
      `${who} : prénom`,
      16,
      of((one) => one.firstName),
    ),
    text(
      `resp${rank}_lien`,
      `${who} : lien`,
      12,
      of((one) => one.relation),
    ),
    text(
      `resp${rank}_telephone`,
      `${who} : téléphone`,
      16,
      of((one) => (one.phone === null ? null : phoneText(one.phone))),
    ),
    text(
      `resp${rank}_courriel`,
      `${who} : courriel`,
      24,
      of((one) => one.email),
    ),
  ];
}

export const ENTRY_COLUMNS: readonly EntryColumn[] = [
  text('numero_siei', 'Numéro SIEI', 15, (entry) => entry.siei),
  text('nom_famille', 'Nom de famille', 20, (entry) => entry.familyName),
  text('nom_usage', 'Nom d’usage', 18, (entry) => entry.usageName),
  text('prenoms', 'Prénoms', 22, (entry) => joined(entry.firstNames)),
  text('sexe', 'Sexe', 6, (entry) => entry.sex),
  {
    name: 'date_naissance',
    title: 'Date de naissance',
    type: 'date',
    width: 12,
    value: (entry) => entry.birthDate,
  },
  { name: 'age', title: 'Âge', type: 'number', width: 6, value: (entry) => entry.age },
  text('mineur', 'Mineur', 8, (entry) => (entry.minor ? 'oui' : 'non')),
  text('adresse', 'Adresse', 34, (entry) => notToContact(entry) ?? joined(entry.address.lines)),
  text('code_postal', 'Code postal', 11, (entry) => entry.address.postalCode),
  text('commune_residence', 'Commune (code INSEE)', 12, (entry) => entry.address.commune),
  text('commune_nom', 'Commune', 22, (entry) => entry.address.communeName),
  text('pays_residence', 'Pays (si ce n’est pas la France)', 12, (entry) =>
    entry.address.country === '99100' ? null : entry.address.country,
  ),
  text(
    'telephones',
    'Téléphones',
    30,
    (entry) => notToContact(entry) ?? joined(entry.phones.map(phoneText), ' / '),
  ),
  text('courriel', 'Courriel', 28, (entry) => entry.email),
  ...representativeColumns(1),
  ...representativeColumns(2),
  text('uai', 'Dernier établissement (UAI)', 14, (entry) => entry.lastSchool.uai),
  text('mef', 'Dernière formation (MEF)', 14, (entry) => entry.lastTraining.mef),
  text('code_diplome', 'Dernière formation (code diplôme)', 14, (entry) => entry.lastTraining.diplomaCode),
  {
    name: 'niveau_prepare',
    title: 'Niveau préparé',
    type: 'number',
    width: 9,
    value: (entry) => entry.lastTraining.leadsTo,
  },
  { name: 'date_sortie', title: 'Date de sortie', type: 'date', width: 12, value: (entry) => entry.leftOn },
  text('motif', 'Motif', 36, (entry) => (entry.reason === null ? null : LeavingReasonLabels[entry.reason])),
  text('mission_locale', 'Mission locale', 20, (entry) => MissionLocaleLabels[entry.missionLocale]),
  text('situations_connues', 'Situations connues', 24, (entry) =>
    joined(entry.knownSituations.map((situation) => KnownSituationLabels[situation])),
  ),
  text('a_savoir', 'À savoir', 36, (entry) =>
    joined(
      entry.flags.map((flag) => PersonFlagLabels[flag]),
      ' ; ',
    ),
  ),
  text('sources', 'Sources', 18, (entry) => joined([...new Set(entry.sources)].sort())),
];
