/** What a module says of the personal data in its tables: the register of processing, the purge and the extracts read it. */

/** What a column tells. `nothing`: nothing of anybody (numbers of the program, codes of places, dates of acts). */
export const DATA_CATEGORIES = [
  'nothing',
  'identifier',
  'identity',
  'contact_details',
  'schooling',
  'follow_up',
  'free_text',
  'entry',
  'account',
  'right',
  'security',
  'trace',
] as const;
export type DataCategory = (typeof DATA_CATEGORIES)[number];

export type About = 'young_person' | 'professional' | 'nobody';

export interface Belonging {
  readonly column: string;
  readonly key: 'case_id' | 'siei';
  /**
   * True where the key stands somewhere within the column (an array, a document): such rows are removed with the case, and not
   * given to the person, since they may tell of others too. For small tables.
   */
  readonly within?: true;
}

export interface TableDeclaration {
  readonly about: About;
  /** In French: what for. Of a table about nobody: what it holds. */
  readonly purpose: string;
  /** In French: where it comes from. Absent: a table about nobody. */
  readonly source?: string;
  /** Codes of the classes that end it; at least one unless it is about nobody. */
  readonly ends?: readonly string[];
  /** Of rows about a young person: by what they belong to a case, any of these. They are found, given and removed with it. */
  readonly of?: Belonging | readonly Belonging[];
  /** Permissions by which people of the API read it through a view or a function of the base; policies tell themselves. */
  readonly readBy?: readonly string[];
  /** Every column, once. */
  readonly columns: Readonly<Partial<Record<DataCategory, readonly string[]>>>;
}

export interface Term {
  readonly count: number;
  readonly unit: 'years' | 'months' | 'days';
}

/** What becomes of rows when their time is over. `where` is SQL on the table, `$1` the day that lies a term ago. */
export type Ending =
  /** The cases that `where` finds, with everything that belongs to them in any table. */
  | { readonly does: 'remove_cases'; readonly where: string }
  | { readonly does: 'remove_rows'; readonly table: string; readonly where: string }
  | {
      readonly does: 'erase';
      readonly table: string;
      readonly where: string;
      /** SQL of the new value, by column. */
      readonly set: Readonly<Record<string, string>>;
    }
  /** Done elsewhere; in French: by what. */
  | { readonly does: 'elsewhere'; readonly by: string }
  /** Nothing ends it yet; in French: why. */
  | { readonly does: 'nothing'; readonly why: string };

/** A class of data that lives as long. */
export interface RetentionClass {
  /** `module.what`. */
  readonly code: string;
  /** In French: which data. */
  readonly label: string;
  /** In French: from when the term runs. */
  readonly from: string;
  /** None: the day itself is in the rows, or no date decides. */
  readonly term?: Term;
  /** In French: on what the term rests; a choice of the product is said to be one. */
  readonly basis: string;
  /** True when whoever answers for the processing may set another term. */
  readonly adjustable: boolean;
  readonly ending: Ending;
}

export interface ModuleRetention {
  /** By `schema.table`; views too. */
  readonly tables: Readonly<Record<string, TableDeclaration>>;
  readonly classes: readonly RetentionClass[];
  /** Of the one module that keeps the cases: their table, with `case_id` and `siei`, and SQL on it of what is counted of them. */
  readonly cases?: {
    readonly table: string;
    readonly department: string;
    /** First day of the month in which the case was opened. */
    readonly openedIn: string;
    readonly outcome: string;
    /** Column by which a case says that it turned out to be another's: it ends with that one, and not before. */
    readonly mergedInto?: string;
  };
}

/** The belongings of a table, however many it declares. */
export const belongingsOf = ({ of }: TableDeclaration): readonly Belonging[] =>
  of === undefined ? [] : 'column' in of ? [of] : of;

/** Every term by class, those set otherwise included. */
export type Terms = ReadonlyMap<string, Term>;
