import {
  type CaseRow,
  LIST_COLUMNS,
  type ListColumn,
  ListColumnLabels,
  MissionLocaleLabels,
  PriorityLabels,
  SolutionKindLabels,
  USUAL_COLUMNS,
} from '@raccroche/contract';
import { type ReactNode, useState } from 'react';
import { today } from '../client/clock.ts';
import { shortDate, since } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { nextStepOf } from './next-step-words.ts';
import { StateWord, tellAxes } from './state-words.tsx';

/** Codes of columns alone: nothing of anybody. */
const STORAGE_KEY = 'raccroche.colonnes';

function readColumns(): readonly ListColumn[] {
  const kept = (localStorage.getItem(STORAGE_KEY) ?? '').split(',');
  const known = LIST_COLUMNS.filter((column) => kept.includes(column));
  return known.length === 0 ? USUAL_COLUMNS : known;
}

/** The columns that this person shows in this browser, in their order, and what changes them. */
export function useColumns(): readonly [readonly ListColumn[], (columns: readonly ListColumn[]) => void] {
  const [columns, setColumns] = useState(readColumns);
  return [
    columns,
    (wanted) => {
      const next = LIST_COLUMNS.filter((column) => column === 'name' || wanted.includes(column));
      localStorage.setItem(STORAGE_KEY, next.join(','));
      setColumns(next);
    },
  ];
}

function Axis({ row, axis }: { readonly row: CaseRow; readonly axis: string }) {
  const told = tellAxes(row).find((one) => one.axis === axis);
  return told ? <StateWord told={told} /> : <>—</>;
}

/** What stands in a cell, of every column but the name, which is the heading of its row. */
const CELLS: Readonly<Record<Exclude<ListColumn, 'name'>, (row: CaseRow, referent: string) => ReactNode>> = {
  birth: ({ birthDate }) => shortDate(birthDate),
  training: ({ lastTraining, leftOn }) => (
    <>
      {capital(lastTraining ?? 'non connue')}
      <span className="row-sub">{leftOn === null ? '' : `jusqu’au ${shortDate(leftOn)}`}</span>
    </>
  ),
  school: ({ lastSchool }) => lastSchool ?? '—',
  commune: ({ communeName }) => communeName ?? '—',
  mission_locale: ({ missionLocale }) => capital(MissionLocaleLabels[missionLocale]),
  priority: ({ priority }) => (priority === null ? '—' : capital(PriorityLabels[priority])),
  verification: (row) => <Axis row={row} axis="Vérification" />,
  contact: (row) => (
    <>
      <Axis row={row} axis="Contact" />
      <span className="row-sub">{row.lastAttemptAt === null ? '' : since(row.lastAttemptAt, today())}</span>
    </>
  ),
  pathway: (row) => <Axis row={row} axis="Parcours" />,
  obligation: (row) => <Axis row={row} axis="Obligation 16-18 ans" />,
  solution: ({ solution }) => (solution === null ? '—' : capital(SolutionKindLabels[solution])),
  referent: (_, referent) => referent,
  next: (row) => nextStepOf(row),
  siei: ({ siei }) => siei,
};

export function Cells({
  row,
  columns,
  referent,
}: {
  readonly row: CaseRow;
  readonly columns: readonly ListColumn[];
  readonly referent: string;
}) {
  return (
    <>
      {columns.map(
        (column) =>
          column !== 'name' && (
            <td key={column} className={`column-${column}`}>
              {CELLS[column](row, referent)}
            </td>
          ),
      )}
    </>
  );
}

/** Which columns to show: kept in this browser. */
export function ColumnChoice({
  columns,
  onChange,
}: {
  readonly columns: readonly ListColumn[];
  readonly onChange: (columns: readonly ListColumn[]) => void;
}) {
  return (
    <fieldset className="filter-fields">
      <legend className="visually-hidden">Colonnes à montrer</legend>
      {LIST_COLUMNS.map(
        (column) =>
          column !== 'name' && (
            <label key={column} className="check">
              <input
                type="checkbox"
                checked={columns.includes(column)}
                onChange={({ target }) =>
                  onChange(
                    target.checked ? [...columns, column] : columns.filter((other) => other !== column),
                  )
                }
              />
              {ListColumnLabels[column]}
            </label>
          ),
      )}
      <button type="button" className="link" onClick={() => onChange(USUAL_COLUMNS)}>
        Comme au départ
      </button>
    </fieldset>
  );
}
