import { crossedNames, personName } from '../comparisons/crossed-names.ts';
import { type Comparison, type Derivation, defineModel, type LinkType, type Model } from '../model/model.ts';
import type { ColumnProfile, Meaning } from '../profile/column-profile.ts';
import { headerWords } from '../profile/header-words.ts';
import { dateComparison, datePartComparison } from './date-comparisons.ts';
import {
  categoryComparison,
  emailComparison,
  identifierComparison,
  placeComparison,
  postalComparison,
  textComparison,
} from './other-comparisons.ts';
import {
  type Prepared,
  preparedCode,
  preparedDate,
  preparedDays,
  preparedName,
  preparedText,
  preparedUser,
} from './prepared-columns.ts';

export interface SuggestModelOptions {
  readonly linkType?: LinkType;
  /** The column most like an id by default. */
  readonly idColumn?: string;
  /** Columns that are not to be compared: truth, source, notes. */
  readonly ignore?: readonly string[];
}

/** What became of a column, and why. */
export interface ColumnChoice {
  readonly column: string;
  readonly meaning: Meaning;
  /** Comparison that reads it; absent when none does. */
  readonly comparison?: string;
  readonly reason: string;
}

export interface SuggestedModel {
  readonly model: Model;
  readonly choices: readonly ColumnChoice[];
}

/** No column can serve as an id, or none can be compared. */
export class SuggestionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SuggestionError';
  }
}

/** A second name filled in fewer records than this says nothing of most pairs. */
const FILLED_ENOUGH = 0.1;
/** A value is never believed rarer than if this many records had it: rare values are often misspelt ones. */
const LEAST_HOLDERS = 2;

interface Draft {
  readonly comparisons: Comparison[];
  readonly derivations: Derivation[];
  readonly choices: ColumnChoice[];
}

/**
 * A first model from what the columns seem to hold: a comparison for each piece of evidence, with typed levels, and
 * each piece told once. Its parameters are to be trained (`trainModel`); blocking rules are suggested apart.
 * The same profiles give the same model. Throws SuggestionError when there is no id or nothing to compare.
 */
export function suggestModel(
  profiles: readonly ColumnProfile[],
  options: SuggestModelOptions = {},
): SuggestedModel {
  const idColumn = options.idColumn ?? profiles.find(({ meaning }) => meaning === 'id')?.name;
  if (idColumn === undefined) throw new SuggestionError('no column looks like an id: name one (idColumn)');
  const ignored = new Set([...(options.ignore ?? []), idColumn]);
  const draft: Draft = { comparisons: [], derivations: [], choices: [] };
  const usable = profiles.filter((profile) => !ignored.has(profile.name) && isTelling(draft, profile));
  const of = (meaning: Meaning): readonly ColumnProfile[] =>
    usable.filter((profile) => profile.meaning === meaning);
  addNames(draft, of('first_name'), of('family_name'), of('full_name'));
  for (const profile of of('date')) addDate(draft, profile);
  for (const meaning of ['year', 'month', 'day'] as const) {
    for (const profile of of(meaning)) addDatePart(draft, profile);
  }
  addPlaces(draft, of('city'), of('postal_code'));
  for (const profile of usable) addOther(draft, profile);
  if (draft.comparisons.length === 0) throw new SuggestionError('no column can be compared');
  const model = defineModel({
    ...(options.linkType === undefined ? {} : { linkType: options.linkType }),
    idColumn,
    derivations: draft.derivations,
    comparisons: draft.comparisons,
  });
  return { model, choices: draft.choices };
}

/** Whether a column can say anything; if not, says why not. */
function isTelling({ choices }: Draft, { name, meaning, rows, missing }: ColumnProfile): boolean {
  const why =
    meaning === 'id'
      ? 'an id of records, not of persons'
      : meaning === 'nothing'
        ? 'one value only'
        : missing / rows > 1 - FILLED_ENOUGH
          ? 'filled in too few records'
          : undefined;
  if (why !== undefined) choices.push({ column: name, meaning, reason: why });
  return why === undefined;
}

function prepare(draft: Draft, prepared: Prepared): string {
  draft.derivations.push(...prepared.derivations);
  return prepared.column;
}

function add(draft: Draft, profile: ColumnProfile, comparison: Comparison, reason: string): void {
  draft.comparisons.push(comparison);
  draft.choices.push({ column: profile.name, meaning: profile.meaning, comparison: comparison.name, reason });
}

function leastU({ rows, missing }: ColumnProfile): number {
  return LEAST_HOLDERS / Math.max(LEAST_HOLDERS, rows - missing);
}

/** Fullest first; as given where they are as full. */
function fullestFirst(profiles: readonly ColumnProfile[]): readonly ColumnProfile[] {
  return [...profiles].sort((a, b) => a.missing / a.rows - b.missing / b.rows);
}

function addNames(
  draft: Draft,
  firsts: readonly ColumnProfile[],
  families: readonly ColumnProfile[],
  fulls: readonly ColumnProfile[],
): void {
  const [first, ...moreFirst] = fullestFirst(firsts);
  const [family, ...moreFamily] = fullestFirst(families);
  const single = (profile: ColumnProfile): Comparison => ({
    ...personName(prepare(draft, preparedName(profile)), { minimumU: leastU(profile) }),
    name: profile.name,
  });
  if (first !== undefined && family !== undefined) {
    const columns = [prepare(draft, preparedName(first)), prepare(draft, preparedName(family))] as const;
    const [one, two, three] = crossedNames(...columns, { minimumU: [leastU(first), leastU(family)] });
    add(draft, first, { ...one, name: 'first_name' }, 'first name; crossed names are told apart');
    add(draft, family, { ...two, name: 'family_name' }, 'family name; crossed names are told apart');
    draft.comparisons.push({ ...three, name: 'crossed_names' });
  } else {
    const only = first ?? family;
    if (only !== undefined) add(draft, only, single(only), 'name');
  }
  for (const profile of [...moreFirst, ...moreFamily]) {
    add(draft, profile, single(profile), 'another name');
  }
  for (const profile of fulls) {
    if (first !== undefined || family !== undefined) {
      const { name: column, meaning } = profile;
      draft.choices.push({ column, meaning, reason: 'tells again what the parts of the name tell' });
      continue;
    }
    const column = prepare(draft, preparedName(profile));
    add(
      draft,
      profile,
      textComparison(profile.name, column, [0.95, 0.9, 0.8], leastU(profile)),
      'name in full',
    );
  }
}

function addDate(draft: Draft, profile: ColumnProfile): void {
  const text = prepare(draft, preparedDate(profile));
  const days = prepare(draft, preparedDays(profile));
  add(draft, profile, dateComparison(profile.name, text, days, leastU(profile)), 'date');
}

function addDatePart(draft: Draft, profile: ColumnProfile): void {
  const column = prepare(draft, preparedCode(profile));
  add(draft, profile, datePartComparison(profile.name, column), `${profile.meaning} of a date`);
}

function addPlaces(draft: Draft, cities: readonly ColumnProfile[], codes: readonly ColumnProfile[]): void {
  const [city, ...moreCities] = cities;
  const [code, ...moreCodes] = codes;
  if (city !== undefined && code !== undefined) {
    const columns = [prepare(draft, preparedText(city)), prepare(draft, preparedCode(code))] as const;
    const place = placeComparison('place', ...columns, Math.min(leastU(city), leastU(code)));
    add(draft, city, place, 'city and postal code are one piece of evidence');
    draft.choices.push({
      column: code.name,
      meaning: code.meaning,
      comparison: place.name,
      reason: 'city and postal code are one piece of evidence',
    });
  }
  const alone = city !== undefined && code !== undefined ? [moreCities, moreCodes] : [cities, codes];
  for (const profile of alone[0] ?? []) {
    const column = prepare(draft, preparedText(profile));
    add(draft, profile, textComparison(profile.name, column, [0.92, 0.85], leastU(profile)), 'place');
  }
  for (const profile of alone[1] ?? []) {
    const column = prepare(draft, preparedCode(profile));
    add(draft, profile, postalComparison(profile.name, column, leastU(profile)), 'postal code');
  }
}

const REGIONS = new Set(
  'state county region departement department country pays land bundesland province'.split(' '),
);

function addOther(draft: Draft, profile: ColumnProfile): void {
  const { name, meaning } = profile;
  switch (meaning) {
    case 'email': {
      const column = prepare(draft, preparedText(profile));
      const user = prepare(draft, preparedUser(profile));
      add(draft, profile, emailComparison(name, column, user, leastU(profile)), 'e-mail address');
      return;
    }
    case 'identifier':
    case 'phone': {
      const column = prepare(draft, preparedCode(profile));
      add(draft, profile, identifierComparison(name, column, leastU(profile)), meaning);
      return;
    }
    case 'address': {
      const column = prepare(draft, preparedText(profile));
      add(draft, profile, textComparison(name, column, [0.92, 0.82], leastU(profile)), 'address');
      return;
    }
    case 'text': {
      const column = prepare(draft, preparedText(profile));
      add(draft, profile, textComparison(name, column, [0.9], leastU(profile)), 'text');
      return;
    }
    case 'street_number':
    case 'sex':
    case 'category': {
      const place = draft.choices.some(
        ({ meaning: other, comparison }) =>
          comparison !== undefined && (other === 'city' || other === 'postal_code'),
      );
      if (place && headerWords(name).some((word) => REGIONS.has(word))) {
        draft.choices.push({ column: name, meaning, reason: 'follows from the place' });
        return;
      }
      const column = prepare(draft, preparedText(profile));
      add(draft, profile, categoryComparison(name, column), meaning);
      return;
    }
    default:
  }
}
