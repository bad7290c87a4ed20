import type { PublicationAct } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';

/** Asks of the worker that the campaign of a folder be published; `departments`: null for all that is not yet. */
export async function askPublication(
  { transaction }: Caller,
  name: string,
  folder: string,
  departments: readonly string[] | null,
): Promise<void> {
  await transaction.query('SELECT lists.ask_publication($1, $2, $3)', [name, folder, departments]);
}

/** Asks of the worker that a publication be taken back. Throws `not_possible` for one that is not the last. */
export async function askTakingBack(
  { transaction }: Caller,
  publication: number,
  reason: string,
): Promise<void> {
  await transaction.query('SELECT lists.ask_taking_back($1, $2)', [publication, reason]);
}

/** An act of publication, with the campaign that it was of. */
export interface Publication extends PublicationAct {
  /** Of the manifest of its campaign. */
  readonly sha256: string;
  readonly asOf: string;
}

/** What was published, and taken back; the latest last. For whoever manages campaigns. */
export async function listPublications({ transaction }: Caller): Promise<readonly Publication[]> {
  const { rows } = await transaction.query<{
    publication_id: number;
    sha256: string;
    at: string;
    as_of: string;
    departments: string[] | null;
    may_take_back: boolean;
    taken_back_at: string | null;
    asked_by: string | null;
    reason: string | null;
  }>(
    `SELECT p.publication_id, p.manifest_sha256 AS sha256, p.published_at AS at, p.as_of, p.departments,
       p.publication_id IS NOT DISTINCT FROM lists.last_publication() AS may_take_back, p.taken_back_at, t.asked_by, t.reason
     FROM lists.publications p LEFT JOIN lists.list_takings_back() t USING (publication_id) ORDER BY p.publication_id`,
  );
  return rows.map((row) => ({
    publicationId: row.publication_id,
    sha256: row.sha256,
    at: row.at,
    asOf: row.as_of,
    departments: row.departments,
    mayTakeBack: row.may_take_back,
    takenBack: row.reason === null ? null : { by: row.asked_by, reason: row.reason, at: row.taken_back_at },
  }));
}
