import { type Allowance, type CaseFilter, EXPORT_MAX, type NewExport } from '@raccroche/contract';
import type { SelectQueryBuilder } from 'kysely';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { type Caller, listColleagues, readAllowance } from '../../access/index.ts';
import { caseConditions } from '../case-filter.ts';
import { CASE_COLUMNS, toCaseRow } from '../case-row.ts';
import { pressingSql } from '../priority.ts';
import type { CasesTables } from '../tables.ts';
import { exportColumns } from './export-columns.ts';
import { makeExport } from './export-file.ts';

const QUOTA = 'export';

/** Cases of a platform that the caller may read and the filter finds. */
function found(caller: Caller, platform: string, filter: CaseFilter, today: CivilDate) {
  return caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .where('platform_id', '=', platform)
    .where(({ and }) => and(caseConditions(filter, { personId: caller.personId, today })));
}

/** How many cases an export would hold, and what is left of the caller's day. Numbers alone. */
export async function readExportTerms(
  caller: Caller,
  { platform, ...filter }: CaseFilter & { readonly platform: string },
  today: CivilDate,
): Promise<Pick<Allowance, 'perDay' | 'left' | 'asked' | 'refusal'> & { count: number }> {
  const { count } = await found(caller, platform, filter, today)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const { perDay, left, asked, refusal } = await readAllowance(caller, QUOTA);
  return { count, perDay, left, asked, refusal };
}

/**
 * The cases of a worklist in a file: the filter, the order and the columns of the screen. Counted against the day of the caller and
 * written in the trail with its purpose. Throws `not_possible` for nobody or for more than a file may hold, `quota_reached`.
 */
export async function exportCases(
  caller: Caller,
  asked: NewExport,
  today: CivilDate,
): Promise<{ fileName: string; mediaType: string; content: string; count: number }> {
  const { platform, format, purpose } = asked;
  const rows = await readRows(caller, asked, today);
  if (rows.length === 0)
    throw new RaccrocheError(
      'not_possible',
      'Cet export ne contiendrait personne : aucun jeune ne correspond.',
    );
  if (rows.length > EXPORT_MAX)
    throw new RaccrocheError(
      'not_possible',
      `Un fichier contient au plus ${EXPORT_MAX} personnes. Filtrez la liste d’abord.`,
    );
  await caller.record(
    'case.exported',
    rows.map(({ caseId }) => caseId),
    { platform, purpose, format, columns: asked.columns },
  );
  const columns = exportColumns(asked.columns);
  const colleagues = await listColleagues(caller, platform);
  const names = new Map(colleagues.map(({ personId, displayName }) => [personId, displayName]));
  const { mediaType, bytes } = await makeExport(
    format,
    {
      platformName: await platformName(caller, platform),
      madeBy: caller.displayName,
      madeOn: today,
      purpose,
      count: rows.length,
    },
    {
      titles: columns.map(({ title }) => title),
      widths: columns.map(({ width }) => width),
      rows: rows.map((row) => columns.map(({ value }) => value(row, names))),
    },
  );
  return {
    fileName: `liste-${today}.${format}`,
    mediaType,
    content: bytes.toString('base64'),
    count: rows.length,
  };
}

async function readRows(caller: Caller, { platform, filter, sort, cases }: NewExport, today: CivilDate) {
  const all = found(caller, platform, filter, today).select(CASE_COLUMNS);
  const chosen = cases === undefined ? all : all.where('case_id', 'in', cases);
  const rows = await inOrder(chosen, sort, today)
    .orderBy('case_id')
    .limit(EXPORT_MAX + 1)
    .execute();
  return rows.map((row) => toCaseRow(row, today));
}

function inOrder<O>(
  chosen: SelectQueryBuilder<CasesTables, 'cases.cases', O>,
  sort: NewExport['sort'],
  today: CivilDate,
) {
  if (sort === 'last_attempt') return chosen.orderBy('last_attempt_at', (order) => order.asc().nullsFirst());
  return sort === 'name' ? chosen.orderBy('sort_name') : chosen.orderBy(pressingSql(today));
}

async function platformName({ transaction }: Caller, platform: string): Promise<string> {
  const { rows } = await transaction.query<{ name: string }>(
    'SELECT name FROM access.platforms WHERE platform_id = $1',
    [platform],
  );
  return rows[0]?.name ?? '';
}
