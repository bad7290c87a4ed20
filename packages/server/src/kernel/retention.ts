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

export interface TableDeclaration {
  readonly about: About;
  /** In French: what for. Of a table about nobody: what it holds. */
  readonly purpose: string;
  /** In French: where it comes from. Absent: a table about nobody. */
  readonly source?: string;
  /** Codes of the classes that end it; at least one unless it is about nobody. */
  readonly ends?: readonly string[];
  /** Of rows about a young person: the column by which they belong to a case. They are found, given and removed with it. */
  readonly of?: { readonly column: string; readonly key: 'case_id' | 'siei' };
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
  /** None: no date decides. */
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
  };
}

/** Every term by class, those set otherwise included. */
export type Terms = ReadonlyMap<string, Term>;
