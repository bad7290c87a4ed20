import { OWN_VIEWS_MAX, type OwnView, VIEW_NAME_MAX } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { Dialog } from '../frame/dialog.tsx';
import { part } from '../frame/missing-parts.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { searchOf } from './filters.ts';

const KEY = 'own-views';

const useOwnViews = (platform: string) =>
  useQuery({
    queryKey: [KEY, platform],
    queryFn: ({ signal }) => call('ownViews', { query: { platform } }, signal),
    meta: part('vos vues'),
  });

/** The address of a view on a platform: what one pastes to a colleague. */
const addressOf = (platform: string, search: string) =>
  `/liste?plateforme=${platform}${search === '' ? '' : `&${search}`}`;

const whyOf = (error: unknown) => (error instanceof ApiProblem ? error.message : 'Connexion perdue.');

function Item({ platform, view }: { readonly platform: string; readonly view: OwnView }) {
  const client = useQueryClient();
  const [url] = useUrlState();
  const drop = async () => {
    try {
      await call('dropView', { params: { viewId: view.viewId } });
      tell({ tone: 'done', text: `Vue « ${view.name} » retirée.` });
    } catch (error) {
      tell({ tone: 'problem', text: whyOf(error) });
    }
    await client.invalidateQueries({ queryKey: [KEY] });
  };
  return (
    <li>
      <Link
        href={addressOf(platform, view.search)}
        aria-current={searchOf(url) === view.search ? 'true' : undefined}
      >
        {view.name}
      </Link>
      <button
        type="button"
        className="button-small"
        aria-label={`Retirer la vue « ${view.name} »`}
        onClick={() => void drop()}
      >
        Retirer
      </button>
    </li>
  );
}

function NewViewForm({ platform, onDone }: { readonly platform: string; readonly onDone: () => void }) {
  const client = useQueryClient();
  const [url] = useUrlState();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await call('keepView', { body: { platform, name, search: searchOf(url) } });
      await client.invalidateQueries({ queryKey: [KEY] });
      onDone();
      tell({ tone: 'done', text: `Vue « ${name.trim()} » enregistrée.` });
    } catch (error) {
      setProblem(whyOf(error));
    }
  };
  return (
    <form onSubmit={(event) => void keep(event)}>
      <label className="field">
        <span>Nom de la vue</span>
        <input
          value={name}
          required
          maxLength={VIEW_NAME_MAX}
          aria-describedby="vue-a-soi"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p id="vue-a-soi" className="quiet">
        La vue garde les filtres, le tri et l’affichage, pour vous seulement ; n’y mettez le nom de personne.
        Pour la montrer à un collègue, envoyez-lui l’adresse de la page.
      </p>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
      <p>
        <button type="submit" className="button">
          Enregistrer la vue
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien enregistrer
        </button>
      </p>
    </form>
  );
}

/** The filters that one keeps under a name, and keeping the one that is shown. */
export function OwnViews({ platform }: { readonly platform: string }) {
  const { data } = useOwnViews(platform);
  const [naming, setNaming] = useState(false);
  const views = data?.views ?? [];
  return (
    <>
      <div className="filter-fields own-views">
        {views.length === 0 && <p>Aucune vue enregistrée.</p>}
        <ul>
          {views.map((view) => (
            <Item key={view.viewId} platform={platform} view={view} />
          ))}
        </ul>
        {views.length < OWN_VIEWS_MAX && (
          <button type="button" className="button button-quiet" onClick={() => setNaming(true)}>
            Enregistrer ce que je vois
          </button>
        )}
      </div>
      {naming && (
        <Dialog title="Enregistrer cette vue" onClose={() => setNaming(false)}>
          <NewViewForm platform={platform} onDone={() => setNaming(false)} />
        </Dialog>
      )}
    </>
  );
}
