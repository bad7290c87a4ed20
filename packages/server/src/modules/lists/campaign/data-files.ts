import { CHECKS_VIEW_SQL } from '../../eligibility/index.ts';
import { IDENTIFIERS_VIEW_SQL, KEPT_RECORDS } from '../../sources/index.ts';
import type { LeftOut } from './left-out.ts';

/**
 * A table of a stage as it stands in OUT/data: `table` of the engine, `file` without extension, and the order of its rows.
 * The order is total, so that the bytes do not depend on threads. A table with `key` (columns, never NULL) may be kept as what
 * differs from an earlier campaign's (`persistDifference`): rows of one key go together, and a key may have several.
 */
export interface DataFile extends LeftOut {
  readonly table: string;
  readonly file: string;
  readonly orderBy: string;
  readonly key?: readonly string[];
  /** Statement of a view over the table, which shows it otherwise. */
  readonly view?: string;
  /**
   * Its rows come in an order that rests on the files alone (`canonicalSteps`): the whole table is written as it comes. What
   * differs from it is sorted as `orderBy` says.
   */
  readonly asItComes?: true;
}

const byRecord = (file: string, orderBy: string): DataFile => ({
  table: `sources.${file}`,
  file,
  orderBy,
  key: ['record_id'],
  asItComes: true,
});

export const READ_DATA: readonly DataFile[] = [
  { table: 'sources.files', file: 'files', orderBy: 'file_no' },
  { ...byRecord('records', 'record_id'), ...KEPT_RECORDS, view: IDENTIFIERS_VIEW_SQL },
  byRecord('spells', 'record_id, spell_no'),
  byRecord('contracts', 'record_id, contract_no'),
  byRecord('awards', 'record_id, award_no'),
  byRecord('accompaniments', 'record_id, accompaniment_no'),
  { table: 'sources.deaths', file: 'deaths', orderBy: 'death_id', key: ['death_id'] },
  {
    table: 'sources.issues',
    file: 'issues',
    orderBy: 'file_no, ordinal NULLS FIRST, field NULLS FIRST, code, position, severity',
    key: ['file_no'],
  },
];

/** What only the campaign that follows reads, and only of the same version. */
export const READ_KEPT_DATA: readonly DataFile[] = [
  { table: 'sources.held_ids', file: 'held-ids', orderBy: 'file_no, ordinal' },
];

export const LINK_DATA: readonly DataFile[] = [
  { table: 'linkage.memberships', file: 'memberships', orderBy: 'record_id', key: ['record_id'] },
  {
    table: 'linkage.links',
    file: 'links',
    orderBy: 'record_id_l, record_id_r, rule, identifier_type NULLS FIRST',
    key: ['record_id_l', 'record_id_r'],
  },
  {
    table: 'linkage.litiges',
    file: 'litiges',
    orderBy: 'person_id_l, person_id_r NULLS FIRST, reason, record_ids',
    key: ['person_id_l'],
  },
  { table: 'linkage.decisions', file: 'decisions', orderBy: 'line' },
  { table: 'linkage.deaths', file: 'deceased', orderBy: 'person_id', key: ['person_id'] },
];

/** What only the campaign that follows reads, and only of the same version. */
export const LINK_KEPT_DATA: readonly DataFile[] = [
  { table: 'linkage.ways', file: 'ways-of-writing', orderBy: 'record_id', key: ['record_id'] },
  {
    table: 'linkage.look_alike_pairs',
    file: 'look-alike-pairs',
    orderBy: 'record_id_l, record_id_r',
    key: ['record_id_l', 'record_id_r'],
  },
  { table: 'linkage.death_pairs', file: 'death-pairs', orderBy: 'person_id, death_id' },
  { table: 'linkage.traits', file: 'person-traits', orderBy: 'person_id, trait, value', key: ['person_id'] },
  { table: 'linkage.person_ties', file: 'person-ties', orderBy: 'kind, person_id_l, person_id_r' },
  { table: 'linkage.first_persons', file: 'first-persons', orderBy: 'record_id' },
  {
    table: 'linkage.first_litiges',
    file: 'first-litiges',
    orderBy: 'person_id_l, person_id_r NULLS FIRST, reason, record_ids',
  },
  { table: 'linkage.record_marks', file: 'record-marks', orderBy: 'record_id' },
  { table: 'linkage.crowded_contacts', file: 'crowded-contacts', orderBy: 'kind, value' },
  { table: 'linkage.term_counts', file: 'term-counts', orderBy: 'term, value' },
];

export const ASSESS_DATA: readonly DataFile[] = [
  { table: 'eligibility.persons', file: 'persons', orderBy: 'person_id', key: ['person_id'] },
  {
    table: 'eligibility.assessments',
    file: 'assessments',
    orderBy: 'person_id',
    key: ['person_id'],
    view: CHECKS_VIEW_SQL,
  },
];

export const NUMBER_DATA: readonly DataFile[] = [
  { table: 'lists.numbers', file: 'numbers', orderBy: 'person_id', key: ['person_id'] },
  { table: 'lists.number_aliases', file: 'number-aliases', orderBy: 'siei', key: ['siei'] },
  { table: 'lists.death_codes', file: 'death-codes', orderBy: 'death_id', key: ['death_id'] },
];

/** What only the campaign that follows reads, and only of the same version. */
export const NUMBER_KEPT_DATA: readonly DataFile[] = [
  {
    table: 'lists.shared_keys',
    file: 'shared-keys',
    orderBy: 'person_id, key',
    key: ['person_id'],
  },
];

/** Read by the campaign that follows: where each person was listed, or to follow. */
export const LIST_KEPT_DATA: readonly DataFile[] = [
  { table: 'lists.places', file: 'places', orderBy: 'person_id', key: ['person_id'] },
];

/** All of these: every table of a campaign. */
export const ALL_DATA: readonly DataFile[] = [
  ...READ_DATA,
  ...READ_KEPT_DATA,
  ...LINK_DATA,
  ...LINK_KEPT_DATA,
  ...ASSESS_DATA,
  ...NUMBER_DATA,
  ...NUMBER_KEPT_DATA,
  ...LIST_KEPT_DATA,
];

/** How a table of a campaign is kept. Throws for one that is not. */
export function dataOf(table: string): DataFile {
  const data = ALL_DATA.find((each) => each.table === table);
  if (data === undefined) throw new TypeError(`no file holds ${table}`);
  return data;
}
