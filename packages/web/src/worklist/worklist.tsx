import { type ListColumn, SAVED_VIEWS, type SavedView } from '@raccroche/contract';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '../client/session.ts';
import { useIsNarrow } from '../frame/media.ts';
import { type Platform, usePlatform } from '../frame/platform.ts';
import { Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { Updated } from '../frame/updated.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { counted } from '../words/texts.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CaseCards } from './case-cards.tsx';
import { CaseTable, type RowsProps } from './case-table.tsx';
import { type Cases, useCases, useColleagues, useCounts, useGroups } from './cases.ts';
import { ColumnChoice, useColumns } from './columns.tsx';
import { Drawer } from './drawer.tsx';
import { NobodyThere } from './empty-list.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { Displays, FilterPanel, FilterTags, Sort, Views } from './filter-bar.tsx';
import { activeFilters, displayOf, filterOf, viewOf } from './filters.ts';
import { useListKeys } from './list-keys.ts';
import { OwnViews } from './own-views.tsx';

const Board = lazy(() => import('./board.tsx'));
const Communes = lazy(() => import('./communes.tsx'));
const Sheet = lazy(() => import('./sheet.tsx'));

/** How many, in words. */
function Total({ platform, total }: { readonly platform: string; readonly total: number | undefined }) {
  const [url] = useUrlState();
  const narrowed = activeFilters(url).length > 0;
  const groups = useGroups(platform, 'verification', filterOf(url), narrowed);
  const found = groups.data?.groups.reduce((sum, { count }) => sum + count, 0);
  const shown = narrowed ? found : total;
  return (
    <p className="total" role="status">
      {shown === undefined ? '' : counted(shown, 'jeune', 'jeunes')}
      {narrowed && groups.isPlaceholderData && <span className="quiet"> · mise à jour…</span>}
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
  readonly rows: Omit<RowsProps, 'rows' | 'news' | 'onNearEnd'>;
}) {
  const Rows = useIsNarrow() ? CaseCards : CaseTable;
  if (cases.isPending) return <Skeleton lines={10} height={64} />;
  if (cases.error) return <Failed error={cases.error} what="la liste" onRetry={cases.retry} />;
  if (cases.rows.length === 0) return <NobodyThere view={view} />;
  return <Rows rows={cases.rows} news={cases.news} onNearEnd={cases.loadMore} {...rows} />;
}

const PANELS = { filters: 'Filtrer', columns: 'Colonnes', views: 'Mes vues' } as const;
type Panel = keyof typeof PANELS;

/** What one may do with the list as a whole; one panel open at a time, under the buttons. */
function Tools({
  platform,
  columns,
  onColumns,
  onExport,
}: {
  readonly platform: string;
  readonly columns: readonly ListColumn[];
  readonly onColumns: (columns: readonly ListColumn[]) => void;
  readonly onExport: () => void;
}) {
  const [open, setOpen] = useState<Panel>();
  const narrow = useIsNarrow();
  // Cards have no columns.
  const panels = (Object.keys(PANELS) as Panel[]).filter((panel) => panel !== 'columns' || !narrow);
  return (
    <div className="worklist-tools">
      <div className="tool-buttons">
        {panels.map((panel) => (
          <button
            key={panel}
            type="button"
            className="button button-quiet"
            aria-expanded={open === panel}
            onClick={() => setOpen(open === panel ? undefined : panel)}
          >
            {PANELS[panel]}
          </button>
        ))}
        <button type="button" className="button button-quiet" onClick={onExport}>
          Exporter
        </button>
      </div>
      <Sort />
      {open === 'filters' && <FilterPanel />}
      {open === 'columns' && <ColumnChoice columns={columns} onChange={onColumns} />}
      {open === 'views' && <OwnViews platform={platform} />}
    </div>
  );
}

function useReferentName(platform: string | undefined) {
  const { data: me } = useMe();
  const { data } = useColleagues(platform);
  const colleagues = data?.colleagues ?? [];
  const referentName = (personId: string | null) => {
    if (personId === null) return '—';
    if (personId === me?.personId) return 'Vous';
    return colleagues.find((one) => one.personId === personId)?.displayName ?? 'Un collègue';
  };
  return { colleagues, referentName };
}

/** The table, or on a phone the cards, with what is done to several at once. */
function TableDisplay({
  platform,
  columns,
  view,
  onExport,
}: {
  readonly platform: Platform;
  readonly columns: readonly ListColumn[];
  readonly view: SavedView;
  readonly onExport: (chosen: readonly string[]) => void;
}) {
  const [url] = useUrlState();
  const [selected, toggle, clear] = useSelection();
  const cases = useCases(platform.platformId, url);
  const { colleagues, referentName } = useReferentName(platform.platformId);
  const current = useListKeys(cases.rows, toggle);
  return (
    <>
      <Content
        cases={cases}
        view={view}
        rows={{ current, selected, columns, referentName, onToggle: toggle }}
      />
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
        colleagues={colleagues}
        onClear={clear}
        onExport={() => onExport([...selected])}
      />
    </>
  );
}

/** The list in the way that the address asks for. */
function Shown({
  platform,
  columns,
  onExport,
}: {
  readonly platform: Platform;
  readonly columns: readonly ListColumn[];
  readonly onExport: (chosen: readonly string[]) => void;
}) {
  const [url] = useUrlState();
  const { referentName } = useReferentName(platform.platformId);
  const view = viewOf(url);
  const display = displayOf(url);
  if (display === 'table')
    return <TableDisplay platform={platform} columns={columns} view={view} onExport={onExport} />;
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      {display === 'etapes' && <Board platform={platform.platformId} />}
      {display === 'communes' && <Communes platform={platform.platformId} />}
      {display === 'feuille' && (
        <Sheet
          platform={platform}
          title={SAVED_VIEWS[view].label}
          columns={columns}
          referentName={referentName}
        />
      )}
    </Suspense>
  );
}

/** La liste: the young people of a platform. */
export default function Worklist() {
  const platform = usePlatform();
  const [url] = useUrlState();
  const [columns, setColumns] = useColumns();
  const [exported, setExported] = useState<{ readonly chosen?: readonly string[] }>();
  const counts = useCounts(platform?.platformId);
  if (!platform) return <NoRight what="une plateforme" />;
  const view = viewOf(url);
  return (
    <div className="worklist">
      <title>{`${SAVED_VIEWS[view].label} · La liste · Raccroche`}</title>
      <div className="worklist-head">
        <h1>La liste</h1>
        <Total platform={platform.platformId} total={counts.data?.counts[view]} />
        <Updated of={displayOf(url) === 'communes' ? 'groups' : 'worklist'} />
        <Displays />
      </div>
      <Views counts={counts.data?.counts} />
      <Tools
        platform={platform.platformId}
        columns={columns}
        onColumns={setColumns}
        onExport={() => setExported({})}
      />
      <FilterTags />
      <Shown platform={platform} columns={columns} onExport={(chosen) => setExported({ chosen })} />
      {exported && (
        <ExportDialog
          platform={platform.platformId}
          columns={columns}
          chosen={exported.chosen}
          onClose={() => setExported(undefined)}
        />
      )}
      <Drawer />
    </div>
  );
}
