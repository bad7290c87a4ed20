import { type KeyboardEvent, useRef, useState } from 'react';
import { Link } from 'wouter';
import { may, useMe } from '../client/session.ts';
import { shortDate } from '../words/dates.ts';
import { counted, listName } from '../words/texts.ts';
import { useKeys } from './keys.ts';
import { type Found, useSearch } from './use-search.ts';

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
  useKeys({ '/': () => field.current?.focus() });
  const { data, isOpen } = useSearch(typed);
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
        {isOpen && data ? counted(data.found.length, 'personne trouvée', 'personnes trouvées') : ''}
      </p>
      {isOpen && (
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
