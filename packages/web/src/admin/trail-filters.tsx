import { PURPOSES, PurposeLabels } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { useUrlState } from '../frame/url-state.ts';
import { capital } from '../words/texts.ts';
import { FindSubject } from './find-subject.tsx';
import { ACTION_FAMILIES } from './trail-words.ts';

/** Finds a professional by name; the address keeps the id alone. */
function FindActor({ onFound }: { readonly onFound: (personId: string, name: string) => void }) {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['audit-people', asked],
    queryFn: ({ signal }) => call('auditPeople', { query: { q: asked } }, signal),
    enabled: asked.length > 1,
  });
  const find = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  return (
    <form onSubmit={find} aria-label="Chercher un professionnel">
      <div className="fields">
        <label className="field">
          <span>Nom ou adresse d’un professionnel</span>
          <input
            required
            minLength={2}
            maxLength={100}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      </div>
      <button type="submit" className="button button-quiet" disabled={isFetching}>
        Retrouver
      </button>
      {data && (
        <ul role="status" className="admin-details">
          {data.people.length === 0 && <li>Aucun professionnel de ce nom.</li>}
          {data.people.map((one) => (
            <li key={one.personId}>
              <button type="button" className="link" onClick={() => onFound(one.personId, one.displayName)}>
                {one.displayName}
              </button>
              {one.organisations !== null && <span className="quiet"> · {one.organisations}</span>}
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

function Dates() {
  const [url, setUrl] = useUrlState();
  return (
    <>
      {(
        [
          ['du', 'Du'],
          ['au', 'Au (compris)'],
        ] as const
      ).map(([name, label]) => (
        <label key={name} className="field">
          <span>{label}</span>
          <input
            type="date"
            value={url.get(name) ?? ''}
            onChange={(event) => setUrl({ [name]: event.target.value }, { replace: true })}
          />
        </label>
      ))}
    </>
  );
}

function Kinds() {
  const [url, setUrl] = useUrlState();
  return (
    <>
      <label className="field">
        <span>Genre d’acte</span>
        <select
          value={url.get('acte') ?? ''}
          onChange={(event) => setUrl({ acte: event.target.value }, { replace: true })}
        >
          <option value="">Tous</option>
          {Object.entries(ACTION_FAMILIES).map(([action, label]) => (
            <option key={action} value={action}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Pour quoi</span>
        <select
          value={url.get('pour') ?? ''}
          onChange={(event) => setUrl({ pour: event.target.value }, { replace: true })}
        >
          <option value="">Indifférent</option>
          {PURPOSES.map((purpose) => (
            <option key={purpose} value={purpose}>
              {capital(PurposeLabels[purpose])}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** Whom and what is looked for; ids in the address, names on the screen alone. */
export function TrailFilters() {
  const [url, setUrl] = useUrlState();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const [qui, dossier] = [url.get('qui'), url.get('dossier')];
  const tags = [
    ['qui', qui, `Par ${names[qui ?? ''] ?? qui}`],
    ['dossier', dossier, `Sur ${names[dossier ?? ''] ?? dossier}`],
  ] as const;
  return (
    <section className="panel" aria-label="Ce que l’on cherche">
      <div className="fields">
        <Kinds />
        <Dates />
      </div>
      <ul className="filter-tags" aria-label="Personnes cherchées">
        {tags.map(
          ([name, value, label]) =>
            value !== null && (
              <li key={name}>
                <button type="button" onClick={() => setUrl({ [name]: undefined }, { replace: true })}>
                  {label} <span aria-hidden>×</span>
                  <span className="visually-hidden">, ne plus chercher cela</span>
                </button>
              </li>
            ),
        )}
      </ul>
      <details className="admin-details">
        <summary>Par qui ?</summary>
        <FindActor
          onFound={(personId, name) => {
            setNames({ ...names, [personId]: name });
            setUrl({ qui: personId }, { replace: true });
          }}
        />
      </details>
      <details className="admin-details">
        <summary>Sur quel jeune ?</summary>
        <FindSubject
          onFound={({ caseId, siei }) => {
            setNames({ ...names, [caseId]: `le dossier ${siei}` });
            setUrl({ dossier: caseId }, { replace: true });
          }}
        />
      </details>
    </section>
  );
}
