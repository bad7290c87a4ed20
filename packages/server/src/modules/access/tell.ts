import type { NoticeKind } from '@raccroche/contract';
import type { Transaction } from '../../platform/postgres/database.ts';

/** A notice for one person, or for those who answer for a platform. */
export interface NewNotice {
  readonly to: { readonly person: string } | { readonly platform: string };
  readonly kind: NoticeKind;
  /** Id of what it is about. */
  readonly about: string;
  /** Which of several warnings of the same thing. */
  readonly step: number;
  /** Codes, ids and dates; never a name. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Writes notices; what was told already is not told again. Gives how many were written. Owner and `raccroche_worker`. */
export async function tellAll(transaction: Transaction, notices: readonly NewNotice[]): Promise<number> {
  if (notices.length === 0) return 0;
  const { rowCount } = await transaction.query(
    `INSERT INTO access.notices (to_person, to_platform, kind, about, step, details)
     SELECT * FROM unnest($1::UUID[], $2::UUID[], $3::TEXT[], $4::UUID[], $5::INT[], $6::JSONB[])
     ON CONFLICT DO NOTHING RETURNING notice_id`,
    [
      notices.map(({ to }) => ('person' in to ? to.person : null)),
      notices.map(({ to }) => ('platform' in to ? to.platform : null)),
      notices.map(({ kind }) => kind),
      notices.map(({ about }) => about),
      notices.map(({ step }) => step),
      notices.map(({ details }) => JSON.stringify(details)),
    ],
  );
  return rowCount;
}

/** Who may act today on the cases of which platform, as `person platform`: their own rights and those that they hold for others. Owner and `raccroche_worker`. */
export async function readActing(transaction: Transaction): Promise<ReadonlySet<string>> {
  const { rows } = await transaction.query<{ person_id: string; territory_id: string }>(
    'SELECT person_id, territory_id FROM access.acting()',
  );
  return new Set(rows.map(({ person_id, territory_id }) => `${person_id} ${territory_id}`));
}
