import type { Transaction } from '../../platform/postgres/database.ts';

/** Days before today that are measured. */
export const MEASURED_DAYS = 30;
/** Days of people below which no limit is proposed: chance would set it. */
const DAYS_MIN = 100;
/** What is proposed beside what 99 days in 100 stay under: a busy day is no fault. */
const MARGIN = 1.5;

/** What people of a role do of one kind, on the days on which they do it. */
export interface RoleUse {
  readonly role: string;
  /** Days of people: two people on one day are two. */
  readonly days: number;
  readonly median: number;
  /** 99 days in 100 stay at it or under. */
  readonly most: number;
}

export interface KindUse {
  readonly kind: string;
  readonly roles: readonly RoleUse[];
  /** A limit a day for everybody, above what the busiest role needs; null: too few days to tell. */
  readonly suggested: number | null;
}

/**
 * What each role does in a day, by kind of limit, from the counters of the last days; who has several roles that day counts under
 * each. Owner only.
 */
export async function measureUse(transaction: Transaction): Promise<KindUse[]> {
  const { rows } = await transaction.query<RoleUse & { kind: string }>(
    `SELECT u.kind, m.role, count(*)::INT AS days,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY u.n) AS median, percentile_disc(0.99) WITHIN GROUP (ORDER BY u.n) AS most
     FROM access.daily_use u JOIN LATERAL (
       SELECT DISTINCT r.role FROM access.memberships r
       WHERE r.person_id = u.person_id AND u.day BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')) m ON true
     WHERE u.day BETWEEN access.today() - ${MEASURED_DAYS} AND access.today() - 1 AND u.n > 0
     GROUP BY u.kind, m.role ORDER BY u.kind, most DESC, m.role`,
  );
  return [...new Set(rows.map(({ kind }) => kind))].map((kind) => {
    const roles = rows.filter((row) => row.kind === kind);
    return {
      kind,
      roles: roles.map(({ role, days, median, most }) => ({ role, days, median, most })),
      suggested: suggestLimit(roles),
    };
  });
}

/** Of those roles of which enough is known, the busiest decides; two significant figures, rounded up. */
export function suggestLimit(roles: readonly Pick<RoleUse, 'days' | 'most'>[]): number | null {
  const known = roles.filter(({ days }) => days >= DAYS_MIN).map(({ most }) => most);
  if (known.length === 0) return null;
  const wanted = Math.max(...known) * MARGIN;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.ceil(wanted / step) * step;
}
