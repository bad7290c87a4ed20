/**
 * The numbers of an earlier campaign, and of whom: its tables as relations of SQL, whole, written by a program of the same
 * versions of reading and of numbering.
 */
export interface PreviousNumbers {
  /** Persons, of then or of today, of whom a record came, went, or is of somebody else: column `person_id`. */
  readonly moved: string;
  /** Persons of whom a record of both tells something else than then: column `person_id`. */
  readonly retold: string;
  readonly numbers: string;
  readonly sharedKeys: string;
  /** Name of the campaign, as it stands beside what it changed in the registry. */
  readonly campaign: string;
  /** What it left the registry as: `registryFingerprint`. */
  readonly registry: string;
}
