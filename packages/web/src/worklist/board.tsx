import {
  type CaseRow,
  ContactLabels,
  type Pathway,
  PathwayLabels,
  VerificationLabels,
} from '@raccroche/contract';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { today } from '../client/clock.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { since } from '../words/dates.ts';
import { capital, listName, number } from '../words/texts.ts';
import { caseLink } from './case-link.ts';
import { useCases, useGroups } from './cases.ts';
import { NobodyThere } from './empty-list.tsx';
import { filterOf, viewOf } from './filters.ts';
import { nextStepOf } from './next-step-words.ts';

/** By which axis the columns stand: `par` of the address. */
const AXES = {
  parcours: { by: 'pathway', label: 'Parcours', labels: PathwayLabels },
  contact: { by: 'contact', label: 'Contact', labels: ContactLabels },
  verification: { by: 'verification', label: 'Vérification', labels: VerificationLabels },
} as const;
type Axis = keyof typeof AXES;
const axisOf = (url: URLSearchParams): Axis => {
  const asked = url.get('par') ?? '';
  return asked in AXES ? (asked as Axis) : 'parcours';
};

/** Cards of a column at first, and more at each press. */
const CARDS = 30;

function Card({ row }: { readonly row: CaseRow }) {
  return (
    <li>
      <Link href={caseLink(row.caseId)} className="board-card" data-card>
        <strong>{listName(row)}</strong>
        <span>
          {row.age} ans {row.minor && <span className="tag">mineur</span>}
        </span>
        <span className="quiet">
          {nextStepOf(row)}
          {row.lastAttemptAt !== null && ` · appelé ${since(row.lastAttemptAt, today())}`}
        </span>
      </Link>
    </li>
  );
}

function Column({
  platform,
  axis,
  state,
  label,
  count,
}: {
  readonly platform: string;
  readonly axis: Axis;
  readonly state: string;
  readonly label: string;
  readonly count: number;
}) {
  const [url] = useUrlState();
  const cases = useCases(platform, url, {
    narrowed: { [AXES[axis].by]: state },
    limit: CARDS,
    enabled: count > 0,
  });
  if (count === 0)
    return (
      <section className="board-column is-empty quiet" aria-label={`${capital(label)}, personne`}>
        <h2>
          {capital(label)} <span className="count">0</span>
        </h2>
      </section>
    );
  return (
    <section className="board-column" aria-label={`${capital(label)}, ${number(count)}`}>
      <h2>
        {capital(label)} <span className="count">{number(count)}</span>
      </h2>
      {cases.isPending ? (
        <Skeleton lines={3} height={80} />
      ) : (
        <ul>
          {cases.rows.map((row) => (
            <Card key={row.caseId} row={row} />
          ))}
        </ul>
      )}
      {cases.hasMore && (
        <button type="button" className="button button-quiet" onClick={cases.loadMore}>
          {cases.isLoadingMore ? 'Chargement…' : `Afficher la suite de « ${label} »`}
        </button>
      )}
    </section>
  );
}

/** Arrows go from card to card and from column to column; Enter opens, as on any link. */
function moveFocus(board: HTMLElement, event: KeyboardEvent): void {
  const columns = [...board.querySelectorAll('.board-column')]
    .map((column) => [...column.querySelectorAll<HTMLElement>('[data-card]')])
    .filter((cards) => cards.length > 0);
  const here = columns.findIndex((cards) => cards.includes(event.target as HTMLElement));
  const place = columns[here]?.indexOf(event.target as HTMLElement) ?? -1;
  if (place < 0) return;
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (sideways === undefined && along === undefined) return;
  event.preventDefault();
  const cards = columns[here + (sideways ?? 0)];
  const next = cards?.[Math.max(0, Math.min(cards.length - 1, place + (along ?? 0)))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function useArrows() {
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (board.current?.contains(event.target as Node)) moveFocus(board.current, event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return board;
}

function AxisChoice({ axis }: { readonly axis: Axis }) {
  const [, setUrl] = useUrlState();
  return (
    <fieldset className="choices choices-small">
      <legend className="visually-hidden">Colonnes par</legend>
      {(Object.keys(AXES) as Axis[]).map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="par"
            checked={one === axis}
            onChange={() => setUrl({ par: one === 'parcours' ? undefined : one }, { replace: true })}
          />
          {AXES[one].label}
        </label>
      ))}
    </fieldset>
  );
}

/** The same filter by stage: a column for each state in which somebody stands, in the order of the work. */
export default function Board({ platform }: { readonly platform: string }) {
  const [url] = useUrlState();
  const axis = axisOf(url);
  const { by, labels } = AXES[axis];
  const board = useArrows();
  const groups = useGroups(platform, by, filterOf(url));
  if (groups.isPending) return <Skeleton lines={4} height={120} />;
  if (groups.data === undefined)
    return <Failed error={groups.error} what="les étapes" onRetry={() => void groups.refetch()} />;
  const counts = new Map(groups.data.groups.map(({ value, count }) => [value, count]));
  // Closed cases are asked for by no view: their column comes only when there is something in it.
  const states = (Object.keys(labels) as Pathway[]).filter(
    (state) => state !== 'closed' || counts.has(state),
  );
  return (
    <>
      <AxisChoice axis={axis} />
      {counts.size === 0 ? (
        <NobodyThere view={viewOf(url)} />
      ) : (
        <div className="board" ref={board}>
          {states.map((state) => (
            <Column
              key={state}
              platform={platform}
              axis={axis}
              state={state}
              label={(labels as Readonly<Record<string, string>>)[state] ?? state}
              count={counts.get(state) ?? 0}
            />
          ))}
        </div>
      )}
    </>
  );
}
