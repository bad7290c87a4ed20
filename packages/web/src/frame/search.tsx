import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { may, useMe } from '../client/session.ts';
import { shortDate } from '../words/dates.ts';
import { counted, listName } from '../words/texts.ts';
import { useKeys } from './keys.ts';

type Found = RouteOutput<'search'>['found'];

const TYPING_MS = 250;
const SHORTEST = 2;

/** What is typed, once the fingers rest. */
function useRested(typed: string): string {
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
}

function Results({ found, onLeave }: { readonly found: Found; readonly onLeave: () => void }) {
  const { data: me } = useMe();
  if (found.length === 0)
    return (
      <>
        <p>Personne de ce nom parmi ceux que vous pouvez voir.</p>
        {me && may(me, 'case.signal') && me.platforms.length > 0 && (
          <p>
            <Link href="/accueil" onClick={onLeave}>
              Quelqu’un se présente ? Chercher dans tout le pays
            </Link>
          </p>
        )}
      </>
    );
  return (
    <ul>
      {found.map(({ case: one, exact }) => (
        <li key={one.caseId}>
          <Link href={`/dossiers/${one.caseId}`} onClick={onLeave}>
            <strong>{listName(one)}</strong> · {shortDate(one.birthDate)}
            {one.communeName !== null && ` · ${one.communeName}`}
            {!exact && <span className="quiet"> · ressemblant</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** From an arrow, the place of the keyboard goes to the next or the one before among the field and the results. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Search everywhere: a name mis-spelt or turned round, a date, a telephone, a SIEI number. `/` comes here. */
export function Search() {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const wanted = useRested(typed.trim());
  useKeys({ '/': () => field.current?.focus() });
  const { data, error } = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => call('search', { query: { q: wanted } }, signal),
    enabled: wanted.length >= SHORTEST,
    gcTime: 0,
  });
  const open = typed.trim().length >= SHORTEST && (data !== undefined || error !== null);
  const close = () => {
    setTyped('');
    field.current?.focus();
  };
  return (
    <search
      className="search"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') close();
        else moveFocus(event);
      }}
    >
      <label>
        <span className="visually-hidden">Chercher une personne : nom, date de naissance, téléphone</span>
        <input
          ref={field}
          type="search"
          autoComplete="off"
          placeholder="Chercher une personne"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <p className="visually-hidden" role="status">
        {open && data ? counted(data.found.length, 'personne trouvée', 'personnes trouvées') : ''}
      </p>
      {open && (
        <div className="search-results">
          {data ? (
            <Results found={data.found} onLeave={() => setTyped('')} />
          ) : (
            <p>La recherche n’a pas abouti. Réessayez dans un instant.</p>
          )}
        </div>
      )}
    </search>
  );
}
