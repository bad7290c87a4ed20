import type { CaseRow } from '@raccroche/contract';
import { useState } from 'react';
import { useKeys } from '../frame/keys.ts';
import { useUrlState } from '../frame/url-state.ts';

/**
 * The list from the keyboard: `j`/`k` move, `x` selects and Enter opens. With the drawer open, moving
 * changes the person in it. Returns the index of the row where one is; -1 before the first move.
 */
export function useListKeys(rows: readonly CaseRow[], toggle: (caseId: string) => void): number {
  const [url, setUrl] = useUrlState();
  const [place, setPlace] = useState(-1);
  const opened = url.get('dossier');
  const inDrawer = opened === null ? -1 : rows.findIndex(({ caseId }) => caseId === opened);
  const current = inDrawer >= 0 ? inDrawer : Math.min(place, rows.length - 1);
  const goTo = (index: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (next === undefined) return;
    setPlace(rows.indexOf(next));
    if (opened !== null) setUrl({ dossier: next.caseId }, { replace: true });
  };
  const row = rows[current];
  const open = () => row && opened === null && setUrl({ dossier: row.caseId });
  useKeys({
    j: () => goTo(current + 1),
    k: () => goTo(current - 1),
    x: () => row && toggle(row.caseId),
    Enter: open,
  });
  return current;
}
