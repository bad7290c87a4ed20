import type { Transaction } from '../../../platform/postgres/database.ts';
import {
  inScope,
  type LitigeDetails,
  type PublicationScope,
  type PublishedLitige,
} from '../../lists/index.ts';

/** Asks what each litige needs to be decided, some at a time. */
export type AskDetails = (
  pairs: readonly Pick<PublishedLitige, 'siei1' | 'siei2'>[],
) => AsyncIterable<readonly LitigeDetails[]>;

const OF_SCOPE = `SELECT FROM cases.cases c WHERE c.siei IN (siei_1, siei_2) AND ${inScope('c.department')}`;

/** Of a case that is published, or of none any more. */
const REPLACED = `$2::TEXT IS NULL AND (EXISTS (${OF_SCOPE})
    OR NOT EXISTS (SELECT FROM cases.cases c WHERE c.siei IN (siei_1, siei_2)))`;

/**
 * Puts the litiges of a campaign in the place of the former ones: those of whom there is a case in the départements of `scope`,
 * with what `ask` knows of both sides.
 */
export async function publishLitiges(
  transaction: Transaction,
  litiges: readonly PublishedLitige[],
  publication: number,
  { departments, allBut }: PublicationScope,
  ask: AskDetails,
): Promise<void> {
  const scoped = [publication, null, departments, allBut];
  await transaction.query(
    `INSERT INTO cases.replaced (publication_id, what, siei, other_siei, former)
     SELECT $1::BIGINT, 'litige_side', siei_1, siei_2, to_jsonb(s) FROM cases.litige_sides s WHERE ${REPLACED}`,
    scoped,
  );
  await transaction.query(
    `WITH gone AS (DELETE FROM cases.litiges WHERE ${REPLACED} RETURNING *)
     INSERT INTO cases.replaced (publication_id, what, siei, other_siei, former)
     SELECT $1::BIGINT, 'litige', siei_1, siei_2, to_jsonb(g) FROM gone g`,
    scoped,
  );
  const { rows } = await transaction.query<{ siei_1: string; siei_2: string }>(
    `INSERT INTO cases.litiges (siei_1, siei_2, reasons, weight, publication_id)
     SELECT siei_1, siei_2, reasons, weight, $2
     FROM jsonb_to_recordset($1::JSONB) AS l (siei_1 TEXT, siei_2 TEXT, reasons TEXT[], weight REAL)
     WHERE EXISTS (${OF_SCOPE})
     RETURNING siei_1, siei_2`,
    [
      JSON.stringify(litiges.map(({ siei1, siei2, ...rest }) => ({ siei_1: siei1, siei_2: siei2, ...rest }))),
      publication,
      departments,
      allBut,
    ],
  );
  const pairs = rows.map((row) => ({ siei1: row.siei_1, siei2: row.siei_2 }));
  for await (const details of ask(pairs)) await addDetails(transaction, details);
}

async function addDetails(transaction: Transaction, details: readonly LitigeDetails[]): Promise<void> {
  // Not by COPY: a server refuses it into a table under row-level security.
  await transaction.query(
    `INSERT INTO cases.litige_sides (siei_1, siei_2, siei, listed, failed_checks, records)
     SELECT siei_1, siei_2, siei, listed, failed_checks, records FROM jsonb_to_recordset($1::JSONB)
       AS s (siei_1 TEXT, siei_2 TEXT, siei TEXT, listed BOOLEAN, failed_checks TEXT[], records JSONB)`,
    [
      JSON.stringify(
        details.flatMap(({ siei1, siei2, sides }) =>
          sides.map(({ number, listed, failedChecks, records }) => ({
            siei_1: siei1,
            siei_2: siei2,
            siei: number,
            listed,
            failed_checks: failedChecks,
            records,
          })),
        ),
      ),
    ],
  );
  const weighed = details.filter(({ evidence }) => evidence !== null);
  await transaction.query(
    `UPDATE cases.litiges l SET evidence = d -> 'evidence'
     FROM jsonb_array_elements($1::JSONB) AS d WHERE l.siei_1 = d ->> 'siei1' AND l.siei_2 = d ->> 'siei2'`,
    [JSON.stringify(weighed.map(({ siei1, siei2, evidence }) => ({ siei1, siei2, evidence })))],
  );
}
