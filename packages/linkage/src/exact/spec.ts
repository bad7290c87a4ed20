/** Rules of the first stage: what a link rests on. */
export const LINK_RULES = [
  'same_identifier_birth_date',
  'same_identifier_name',
  'same_name_birth_date',
] as const;
export type LinkRule = (typeof LINK_RULES)[number];

/** Contradictions that a person must decide. */
export const LITIGE_REASONS = ['identifier_disagrees', 'two_identifiers', 'two_enrolments'] as const;
export type LitigeReason = (typeof LITIGE_REASONS)[number];

/** Tables or views to link. Names are plain SQL names, `table` or `schema.table`. */
export interface ExactLinkageInput {
  /**
   * record_id (unique; a text, or a number, which is cheaper: the output tells it as it comes), first_name VARCHAR, birth_date DATE,
   * place VARCHAR (of birth, in any code; NULL = unknown), recent BOOLEAN (the record tells of recent activity).
   */
  readonly records: string;
  /** record_id, type, value: validated identifiers, at most one value of a type for a record. Those of other records do not count. */
  readonly identifiers: string;
  /** record_id, name: every family name that the record answers to. */
  readonly names: string;
  /**
   * spelling INTEGER, name: what the numbers of first names stand for, in their one spelling. When it is given, all comes as it is
   * worked with, and is taken as it is: records are numbered in their order, from 1; in the place of a first name stands the number of its
   * spelling, or NULL, and so it is with names, of which those without any are not told; identifiers are never empty, and tell whether their
   * record is recent; nothing is told twice. By default names are spelled here, each once, and what comes is looked at.
   */
  readonly spellings?: string | undefined;
  /** record_id, place: where the person is now, if nobody can be in two such places at once. */
  readonly exclusivePlaces: string;
}

/** Tables that are filled; created when they do not exist, emptied when they do. */
export interface ExactLinkageOutput {
  /** record_id, person_id (the smallest record_id of the person's records). */
  readonly memberships: string;
  /** record_id_l < record_id_r, rule (LinkRule), identifier_type: enough of them to connect each person, of the rules told. */
  readonly links: string;
  /** reason (LitigeReason), person_id_l < person_id_r (NULL within one person), record_ids sorted. */
  readonly litiges: string;
  /**
   * person_id, component (the smallest person_id of it): persons who hold an identifier, or a name, first name and birth date,
   * of another person, and all who hang together so. Records of two components never meet: what comes out of one depends on
   * its own records alone. Nobody without such a neighbour has a row. Not made by default.
   */
  readonly components?: string;
}

export interface ExactLinkageSpec {
  readonly input: ExactLinkageInput;
  readonly output: ExactLinkageOutput;
  /**
   * Rules whose links are written; all by default. Links of the first rule follow from who is whose record, for two records of a
   * person with one identifier and birth date are always linked by it. Where most records come again and again, telling them costs more than finding them.
   */
  readonly toldRules?: readonly LinkRule[] | undefined;
  /** Beginning of the names of temporary tables, as `linkage.exact_`. All are dropped at the end. */
  readonly workPrefix: string;
}

const WORK_TABLES = [
  'nodes',
  'first_names',
  'names',
  'identifiers',
  'exclusives',
  'tokens',
  'holders',
  'spelled',
  'blocks',
  'members',
  'conflicts',
  'masked',
  'links',
  'labels',
  'contradictions',
  'cut_links',
  'cut_labels',
  'clusters',
  'named',
  'groups',
  'group_members',
  'traits',
  'clashes',
  'group_links',
  'group_labels',
  'group_contradictions',
  'name_links',
  'name_labels',
  'persons',
  'torn',
  'person_ties',
  'person_components',
  'case_members',
  'case_pairs',
  'edges',
  'hooks',
] as const;
export type WorkTable = (typeof WORK_TABLES)[number];

/** Input and output of a linkage with the full name of each temporary table. */
export interface ExactTables extends ExactLinkageInput, ExactLinkageOutput {
  readonly toldRules: readonly LinkRule[];
  readonly work: Readonly<Record<WorkTable, string>>;
  /** spelling, name: what `first_name` of the nodes stands for. */
  readonly firstNames: string;
}

const TABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/;

/** Names of all tables. Throws a TypeError on a name that is not a plain SQL name: names go into SQL as they are. */
export function exactTables(spec: ExactLinkageSpec): ExactTables {
  const { records, identifiers, names, exclusivePlaces } = spec.input;
  const { memberships, links, litiges, components } = spec.output;
  const inputs = [records, identifiers, names, exclusivePlaces];
  const optional = [components, spec.input.spellings].filter((name) => name !== undefined);
  const named = [...inputs, memberships, links, litiges, ...optional, spec.workPrefix];
  for (const name of named) {
    if (!TABLE_NAME.test(name)) throw new TypeError(`not a plain SQL table name: ${name}`);
  }
  const work = Object.fromEntries(
    WORK_TABLES.map((table) => [table, `${spec.workPrefix}${table}`]),
  ) as Record<WorkTable, string>;
  const toldRules = spec.toldRules ?? LINK_RULES;
  return {
    ...spec.input,
    ...spec.output,
    toldRules,
    work,
    firstNames: spec.input.spellings ?? work.first_names,
  };
}
