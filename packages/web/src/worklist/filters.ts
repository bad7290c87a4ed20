import {
  type CASE_SORTS,
  ContactLabels,
  MissionLocaleLabels,
  type ObligationLabels,
  ObligationLabels as Obligations,
  PathwayLabels,
  PriorityLabels,
  SAVED_VIEWS,
  type SavedView,
  TRAININGS,
  TrainingLabels,
  TrainingLevelLabels,
  VerificationLabels,
} from '@raccroche/contract';
import type { RouteInput } from '../client/call.ts';
import { capital } from '../words/texts.ts';

/** A choice of the filter panel: `name` stands in the address, `key` in the query of the API. */
export interface FilterChoice {
  readonly name: string;
  readonly key: keyof RouteInput<'worklist'>['query'];
  readonly label: string;
  readonly options: readonly (readonly [value: string, label: string])[];
}

const labelled = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => [value, capital(label)] as const);
const obligations: typeof ObligationLabels = Obligations;

export const FILTERS: readonly FilterChoice[] = [
  { name: 'priorite', key: 'priority', label: 'Priorité', options: labelled(PriorityLabels) },
  { name: 'verification', key: 'verification', label: 'Vérification', options: labelled(VerificationLabels) },
  { name: 'contact', key: 'contact', label: 'Contact', options: labelled(ContactLabels) },
  { name: 'parcours', key: 'pathway', label: 'Parcours', options: labelled(PathwayLabels) },
  { name: 'obligation', key: 'obligation', label: 'Obligation de formation', options: labelled(obligations) },
  {
    name: 'referent',
    key: 'referent',
    label: 'Référent',
    options: [
      ['me', 'Moi'],
      ['nobody', 'Personne'],
    ],
  },
  {
    name: 'age',
    key: 'minor',
    label: 'Âge',
    options: [
      ['true', 'Mineurs'],
      ['false', 'Majeurs'],
    ],
  },
  {
    name: 'niveau',
    key: 'trainingLevel',
    label: 'Niveau de la dernière formation',
    options: labelled(TrainingLevelLabels),
  },
  {
    name: 'mission-locale',
    key: 'missionLocale',
    label: 'Mission locale, d’après la liste',
    options: labelled(MissionLocaleLabels),
  },
  {
    name: 'telephone',
    key: 'hasPhone',
    label: 'Téléphone',
    options: [
      ['true', 'Connu'],
      ['false', 'Inconnu'],
    ],
  },
  {
    name: 'silence',
    key: 'quietDays',
    label: 'Dernier contact',
    options: [
      ['7', 'Il y a 7 jours ou plus'],
      ['30', 'Il y a 30 jours ou plus'],
      ['90', 'Il y a 90 jours ou plus'],
    ],
  },
];

/** Filters whose choices are those that the platform has: a code in the address, its name where it is shown. */
export const PLACE_FILTERS = [
  { name: 'commune', key: 'commune', by: 'commune', label: 'Commune', code: /^[0-9AB]{5}$/ },
  {
    name: 'etablissement',
    key: 'school',
    by: 'school',
    label: 'Dernier établissement',
    code: /^\d{7}[A-Z]$/,
  },
  {
    name: 'formation',
    key: 'training',
    by: 'training',
    label: 'Dernière formation',
    code: new RegExp(`^(?:${TRAININGS.join('|')})$`),
  },
] as const;

/** Names of places by their code. */
export type PlaceNames = ReadonlyMap<string, string>;

/** In words: of a training everywhere, of a place where its name is known. */
export const nameOfPlace = (value: string, names: PlaceNames): string =>
  names.get(value) ?? (TrainingLabels as Readonly<Record<string, string>>)[value] ?? value;

/** A tag goes on after its colon; what is written in capitals stays so. */
const small = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

export const SORT_LABELS = {
  name: 'Nom',
  last_attempt: 'Dernier contact, le plus ancien d’abord',
  priority: 'Priorité, le plus pressant d’abord',
} as const satisfies Record<(typeof CASE_SORTS)[number], string>;

export const isView = (view: string | null): view is SavedView => view !== null && view in SAVED_VIEWS;

/** The view of the address; all open cases when it names none. */
export function viewOf(url: URLSearchParams): SavedView {
  const view = url.get('vue');
  return isView(view) ? view : 'all';
}

/** A filter that is on, with the words of its tag. */
export interface ActiveFilter {
  readonly name: string;
  readonly label: string;
}

export function activeFilters(url: URLSearchParams, names: PlaceNames = new Map()): ActiveFilter[] {
  const chosen = FILTERS.flatMap(({ name, label, options }) => {
    const option = options.find(([value]) => value === url.get(name));
    return option === undefined ? [] : [{ name, label: `${label} : ${small(option[1])}` }];
  });
  const places = PLACE_FILTERS.flatMap(({ name, label, code }) => {
    const value = url.get(name) ?? '';
    return code.test(value) ? [{ name, label: `${label} : ${nameOfPlace(value, names)}` }] : [];
  });
  return [...chosen, ...places];
}

/** The address, without a filter: what a tag or « tout effacer » leaves. */
export const withoutFilters = (): Record<string, undefined> =>
  Object.fromEntries([...FILTERS, ...PLACE_FILTERS].map(({ name }) => [name, undefined]));

/** What the API is asked: the view, narrowed by the filters of the address. */
export function filterOf(url: URLSearchParams): Record<string, string> {
  const view = Object.entries(SAVED_VIEWS[viewOf(url)].filter).map(([key, value]) => [key, String(value)]);
  const chosen = FILTERS.flatMap(({ name, key, options }) => {
    const value = url.get(name);
    return options.some(([one]) => one === value) ? [[key, value]] : [];
  });
  const places = PLACE_FILTERS.flatMap(({ name, key, code }) => {
    const value = url.get(name) ?? '';
    return code.test(value) ? [[key, value]] : [];
  });
  return Object.fromEntries([...view, ...chosen, ...places]) as Record<string, string>;
}

type CaseSort = (typeof CASE_SORTS)[number];
/** As the address tells them; by name when it tells none. */
const SORT_NAMES = { contact: 'last_attempt', priorite: 'priority' } as const;

export const sortOf = (url: URLSearchParams): CaseSort =>
  (SORT_NAMES as Readonly<Record<string, CaseSort>>)[url.get('tri') ?? ''] ?? 'name';
/** What the address says of a sort. */
export const sortName = (sort: string): string | undefined =>
  Object.entries(SORT_NAMES).find(([, one]) => one === sort)?.[0];

/** Ways to look at the same filter; the table when the address names none. */
export const DISPLAYS = {
  table: 'Tableau',
  etapes: 'Par étape',
  communes: 'Par commune',
  feuille: 'À imprimer',
} as const;
export type Display = keyof typeof DISPLAYS;

export function displayOf(url: URLSearchParams): Display {
  const asked = url.get('affichage') ?? '';
  return asked in DISPLAYS ? (asked as Display) : 'table';
}

/** What the address says of the list, without the platform nor the case that is open: codes alone. */
export function searchOf(url: URLSearchParams): string {
  const kept = new URLSearchParams(url);
  for (const name of ['plateforme', 'dossier', 'faire']) kept.delete(name);
  return kept.toString();
}
