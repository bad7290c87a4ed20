import { SAVED_VIEWS, type SavedView } from '@raccroche/contract';
import { useState } from 'react';
import { useMe } from '../client/session.ts';
import { useIsNarrow } from '../frame/media.ts';
import { usePlatform } from '../frame/platform.ts';
import { Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { counted } from '../words/texts.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CaseCards } from './case-cards.tsx';
import { CaseTable, type RowsProps } from './case-table.tsx';
import { type Cases, useCases, useColleagues, useCounts } from './cases.ts';
import { Drawer } from './drawer.tsx';
import { NobodyThere } from './empty-list.tsx';
import { FilterPanel, FilterTags, Sort, Views } from './filter-bar.tsx';
import { activeFilters, viewOf } from './filters.ts';
import { useListKeys } from './list-keys.ts';

/** How many, in words; « au moins » while the filters leave the total unknown. */
function Total({ cases, total }: { readonly cases: Cases; readonly total: number | undefined }) {
  const shown = cases.rows.length;
  const words =
    total !== undefined
      ? counted(total, 'jeune', 'jeunes')
      : cases.hasMore
        ? `au moins ${counted(shown, 'jeune', 'jeunes')}`
        : counted(shown, 'jeune', 'jeunes');
  return (
    <p className="total" role="status">
      {cases.isPending ? '' : words}
      {cases.isStale && <span className="quiet"> · mise à jour…</span>}
    </p>
  );
}

function useSelection(): readonly [ReadonlySet<string>, (caseId: string) => void, () => void] {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (caseId: string) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(caseId)) next.add(caseId);
      return next;
    });
  return [selected, toggle, () => setSelected(new Set())];
}

/** The rows, or the state that stands for them. */
function Content({
  cases,
  view,
  rows,
}: {
  readonly cases: Cases;
  readonly view: SavedView;
  readonly rows: Omit<RowsProps, 'rows' | 'onNearEnd'>;
}) {
  const Rows = useIsNarrow() ? CaseCards : CaseTable;
  if (cases.isPending) return <Skeleton lines={10} height={64} />;
  if (cases.error) return <Failed error={cases.error} what="la liste" onRetry={cases.retry} />;
  if (cases.rows.length === 0) return <NobodyThere view={view} />;
  return <Rows rows={cases.rows} onNearEnd={cases.loadMore} {...rows} />;
}

/** La liste: the young people of a platform. */
export default function Worklist() {
  const { data: me } = useMe();
  const platform = usePlatform();
  const [url] = useUrlState();
  const [selected, toggle, clear] = useSelection();
  const cases = useCases(platform?.platformId, url);
  const counts = useCounts(platform?.platformId);
  const colleagues = useColleagues(platform?.platformId);
  const current = useListKeys(cases.rows, toggle);
  if (!platform) return <NoRight what="une plateforme" />;
  const view = viewOf(url);
  const narrowed = activeFilters(url).length > 0;
  const referentName = (personId: string | null) => {
    if (personId === null) return '—';
    if (personId === me?.personId) return 'Vous';
    return colleagues.data?.colleagues.find((one) => one.personId === personId)?.displayName ?? 'Un collègue';
  };
  return (
    <div className="worklist">
      <title>{`${SAVED_VIEWS[view].label} · La liste · Raccroche`}</title>
      <div className="worklist-head">
        <h1>La liste</h1>
        <Total cases={cases} total={narrowed ? undefined : counts.data?.counts[view]} />
      </div>
      <Views counts={counts.data?.counts} />
      <div className="worklist-tools">
        <FilterPanel />
        <Sort />
      </div>
      <FilterTags />
      <Content cases={cases} view={view} rows={{ current, selected, referentName, onToggle: toggle }} />
      {cases.hasMore && (
        <p className="more">
          <button type="button" className="button button-quiet" onClick={cases.loadMore}>
            {cases.isLoadingMore ? 'Chargement…' : 'Afficher la suite'}
          </button>
        </p>
      )}
      <BulkBar
        rows={cases.rows}
        selected={selected}
        colleagues={colleagues.data?.colleagues ?? []}
        onClear={clear}
      />
      <Drawer />
    </div>
  );
}
