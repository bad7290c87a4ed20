import {
  type CaseRow,
  type ListColumn,
  ListColumnLabels,
  type PartnerNews,
  PartnerNewsLabels,
} from '@raccroche/contract';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { listName } from '../words/texts.ts';
import { caseLink } from './case-link.ts';
import { Cells } from './columns.tsx';

export interface RowsProps {
  readonly rows: readonly CaseRow[];
  readonly news: ReadonlyMap<string, PartnerNews>;
  /** Index of the row where the keyboard is. */
  readonly current: number;
  readonly selected: ReadonlySet<string>;
  readonly columns: readonly ListColumn[];
  readonly referentName: (personId: string | null) => string;
  readonly onToggle: (caseId: string) => void;
  readonly onNearEnd: () => void;
}

const ROW_HEIGHT = 65;
/** With more columns than that, the table may be wider than the screen, and scrolls within itself. */
const WIDE = 9;
const WIDE_COLUMN_REM = 9.5;
/** Rows kept ready above and below the screen. */
const OVERSCAN = 8;

/** What a partner told since one last opened the case. */
export const NewsTag = ({ kind }: { readonly kind: PartnerNews | undefined }) =>
  kind === undefined ? null : <span className="tag tag-news">nouveau : {PartnerNewsLabels[kind]}</span>;

function Row({
  row,
  news,
  isCurrent,
  isSelected,
  columns,
  referent,
  onToggle,
}: {
  readonly row: CaseRow;
  readonly news: PartnerNews | undefined;
  readonly columns: readonly ListColumn[];
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly referent: string;
  readonly onToggle: (caseId: string) => void;
}) {
  const name = listName(row);
  return (
    <>
      <td className="cell-select">
        <input
          type="checkbox"
          checked={isSelected}
          onChange={() => onToggle(row.caseId)}
          aria-label={`Sélectionner ${name}`}
        />
      </td>
      <th scope="row">
        <Link href={caseLink(row.caseId)} className="row-link" data-current={isCurrent || undefined}>
          {name}
        </Link>
        <span className="row-sub">
          {row.age} ans {row.minor && <span className="tag">mineur</span>}
          {!row.listed && <span className="tag">plus sur la liste</span>} <NewsTag kind={news} />
        </span>
      </th>
      <Cells row={row} columns={columns} referent={referent} />
    </>
  );
}

/** Rows of the window, of however many there are. `list`: the element that they scroll with. */
export function useVisibleRows(count: number, height: number, current: number, onNearEnd: () => void) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: top,
    // Under the frame, which stays in place.
    scrollPaddingStart: 120,
    scrollPaddingEnd: 120,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (count > 0 && last >= count - OVERSCAN) onNearEnd();
  }, [last, count, onNearEnd]);
  useEffect(() => {
    if (current >= 0) virtualizer.scrollToIndex(current, { align: 'auto' });
  }, [current, virtualizer]);
  const before = Math.max(0, (items[0]?.start ?? top) - top);
  const after = Math.max(0, virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top));
  return { list, items, before, after, measure: virtualizer.measureElement };
}

export function CaseTable(props: RowsProps) {
  const { rows, news, current, selected, columns, referentName, onToggle, onNearEnd } = props;
  const { list, items, before, after, measure } = useVisibleRows(rows.length, ROW_HEIGHT, current, onNearEnd);
  const isWide = columns.length > WIDE;
  return (
    <div ref={list} className={isWide ? 'case-table-place is-wide' : 'case-table-place'}>
      <table
        className="case-table"
        style={isWide ? { minWidth: `${columns.length * WIDE_COLUMN_REM}rem` } : undefined}
        aria-rowcount={rows.length + 1}
      >
        <caption className="visually-hidden">Les jeunes de la plateforme</caption>
        <thead>
          <tr>
            <th scope="col" className="cell-select">
              <span className="visually-hidden">Sélection</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className={`column-${column}`}>
                {ListColumnLabels[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <tr
                  key={key}
                  ref={measure}
                  data-index={index}
                  aria-rowindex={index + 2}
                  className={index === current ? 'is-current' : selected.has(row.caseId) ? 'is-selected' : ''}
                >
                  <Row
                    row={row}
                    news={news.get(row.caseId)}
                    isCurrent={index === current}
                    isSelected={selected.has(row.caseId)}
                    columns={columns}
                    referent={referentName(row.referent)}
                    onToggle={onToggle}
                  />
                </tr>
              )
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}
