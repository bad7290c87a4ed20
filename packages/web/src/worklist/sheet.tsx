import { type CaseRow, type ListColumn, ListColumnLabels } from '@raccroche/contract';
import { useEffect } from 'react';
import { today } from '../client/clock.ts';
import type { Platform } from '../frame/platform.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { longDate } from '../words/dates.ts';
import { counted, fullName, number } from '../words/texts.ts';
import { useCases } from './cases.ts';
import { Cells } from './columns.tsx';
import { NobodyThere } from './empty-list.tsx';
import { activeFilters, viewOf } from './filters.ts';

/** People of a sheet at most: more would not be read on paper. */
const SHEET_MAX = 600;
const PAGE = 200;

function SheetTable({
  rows,
  columns,
  referentName,
}: {
  readonly rows: readonly CaseRow[];
  readonly columns: readonly ListColumn[];
  readonly referentName: (personId: string | null) => string;
}) {
  return (
    <table className="plain-table sheet-table">
      <caption className="visually-hidden">Les jeunes de la feuille</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {ListColumnLabels[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.caseId}>
            <th scope="row">
              {fullName(row)}, {row.age} ans
            </th>
            <Cells row={row} columns={columns} referent={referentName(row.referent)} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every row on one page, to print: what the list shows, with what the paper is and who may hold it. */
export default function Sheet({
  platform,
  title,
  columns,
  referentName,
}: {
  readonly platform: Platform;
  readonly title: string;
  readonly columns: readonly ListColumn[];
  readonly referentName: (personId: string | null) => string;
}) {
  const [url] = useUrlState();
  const cases = useCases(platform.platformId, url, { limit: PAGE });
  const { rows, hasMore, loadMore } = cases;
  const isWhole = !hasMore || rows.length >= SHEET_MAX;
  useEffect(() => {
    if (!isWhole) loadMore();
  }, [isWhole, loadMore]);
  if (cases.isPending) return <Skeleton lines={10} />;
  if (cases.error) return <Failed error={cases.error} what="la feuille" onRetry={cases.retry} />;
  if (rows.length === 0) return <NobodyThere view={viewOf(url)} />;
  const filters = activeFilters(url).map(({ label }) => label);
  return (
    <section className="sheet" aria-label="Feuille à imprimer">
      <p className="no-print">
        <button type="button" className="button" disabled={!isWhole} onClick={() => window.print()}>
          {isWhole
            ? `Imprimer ${counted(rows.length, 'personne', 'personnes')}`
            : `Chargement… ${number(rows.length)}`}
        </button>{' '}
        {hasMore && isWhole && (
          <span>
            La feuille s’arrête à {number(SHEET_MAX)} personnes : filtrez la liste pour imprimer les autres.
          </span>
        )}
      </p>
      <h2>
        {title} · {platform.name}
      </h2>
      <p>
        {longDate(today(), '')} · {counted(rows.length, 'personne', 'personnes')}
        {filters.length > 0 && ` · ${filters.join(' ; ')}`}
      </p>
      <p className="quiet">
        Données personnelles, pour les personnes de la plateforme. À ne pas laisser ni transmettre ; à
        détruire après usage.
      </p>
      <SheetTable rows={rows} columns={columns} referentName={referentName} />
    </section>
  );
}
