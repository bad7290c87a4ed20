import type { Caller } from '../../access/index.ts';

/** Cases on a published list today, by département. For whoever manages campaigns: counts, never a case. */
export async function countByDepartment({ transaction }: Caller): Promise<ReadonlyMap<string, number>> {
  const { rows } = await transaction.query<{ department: string; listed: number }>(
    'SELECT department, listed FROM cases.count_by_department()',
  );
  return new Map(rows.map(({ department, listed }) => [department, listed]));
}
