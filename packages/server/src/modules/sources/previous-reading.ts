import type { CivilDate } from '../../kernel/civil-date.ts';
import type { SourcesTable } from './tables.ts';

/** The tables that reading leaves of the files. */
export type ReadTable = Exclude<SourcesTable, 'communes' | 'postal_departments'>;

/** What an earlier campaign left of its reading, written by a program of the same `readingVersion`. */
export interface PreviousReading {
  /** One of its tables, as a relation of SQL. */
  readonly table: (name: ReadTable) => string;
  readonly asOf: CivilDate;
}
