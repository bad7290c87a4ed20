import { SAVED_VIEWS, type SavedView } from '@raccroche/contract';
import { Link } from 'wouter';
import { usePlatform } from '../frame/platform.ts';
import { changedSearch, type UrlChange, useUrlState } from '../frame/url-state.ts';
import { capital, number } from '../words/texts.ts';
import { OPEN, useGroups, usePlaces } from './cases.ts';
import {
  activeFilters,
  DISPLAYS,
  type Display,
  displayOf,
  FILTERS,
  nameOfPlace,
  PLACE_FILTERS,
  SORT_LABELS,
  sortName,
  sortOf,
  viewOf,
  withoutFilters,
} from './filters.ts';

/** The saved views, each with how many it holds. */
export function Views({
  counts,
}: {
  readonly counts: Readonly<Partial<Record<SavedView, number>>> | undefined;
}) {
  const [url] = useUrlState();
  const platform = url.get('plateforme');
  return (
    <nav className="views" aria-label="Vues de la liste">
      <ul>
        {(Object.keys(SAVED_VIEWS) as SavedView[]).map((view) => {
          const search = new URLSearchParams(platform === null ? {} : { plateforme: platform });
          if (view !== 'all') search.set('vue', view);
          return (
            <li key={view}>
              <Link
                href={`/liste${search.size === 0 ? '' : `?${search.toString()}`}`}
                aria-current={view === viewOf(url) ? 'true' : undefined}
              >
                {SAVED_VIEWS[view].label} <span className="count">{number(counts?.[view] ?? 0)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

export function Sort() {
  const [url, setUrl] = useUrlState();
  return (
    <label className="field-inline">
      <span>Trier par</span>
      <select
        value={sortOf(url)}
        onChange={(event) => setUrl({ tri: sortName(event.target.value) }, { replace: true })}
      >
        {Object.entries(SORT_LABELS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Other ways to look at the same filter. */
export function Displays() {
  const [url] = useUrlState();
  const shown = displayOf(url);
  return (
    <nav className="displays" aria-label="Affichage">
      <ul>
        {(Object.keys(DISPLAYS) as Display[]).map((display) => (
          <li key={display}>
            <Link
              href={`/liste${changedSearch(url.toString(), { affichage: display === 'table' ? undefined : display })}`}
              aria-current={display === shown ? 'true' : undefined}
            >
              {DISPLAYS[display]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Communes, schools and trainings: those that the platform has, each with how many. */
function PlaceFields({ change }: { readonly change: (one: UrlChange) => void }) {
  const [url] = useUrlState();
  const platform = usePlatform()?.platformId;
  const { communes, schools, names } = usePlaces(platform);
  const trainings = useGroups(platform, 'training', OPEN).data?.groups ?? [];
  const places = { commune: communes, school: schools, training: trainings };
  return (
    <>
      {PLACE_FILTERS.map(({ name, label, by }) => (
        <label key={name} className="field">
          <span>{label}</span>
          <select value={url.get(name) ?? ''} onChange={(event) => change({ [name]: event.target.value })}>
            <option value="">Indifférent</option>
            {places[by].map(
              ({ value, count }) =>
                value !== null && (
                  <option key={value} value={value}>
                    {capital(nameOfPlace(value, names))} ({number(count)})
                  </option>
                ),
            )}
          </select>
        </label>
      ))}
    </>
  );
}

export function FilterPanel() {
  const [url, setUrl] = useUrlState();
  const change = (one: UrlChange) => setUrl(one, { replace: true });
  return (
    <div className="filter-fields">
      {FILTERS.map(({ name, label, options }) => (
        <label key={name} className="field">
          <span>{label}</span>
          <select value={url.get(name) ?? ''} onChange={(event) => change({ [name]: event.target.value })}>
            <option value="">Indifférent</option>
            {options.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      <PlaceFields change={change} />
    </div>
  );
}

/** The filters that are on: each goes by a press. */
export function FilterTags() {
  const [url, setUrl] = useUrlState();
  const { names } = usePlaces(usePlatform()?.platformId);
  const active = activeFilters(url, names);
  if (active.length === 0) return null;
  return (
    <ul className="filter-tags" aria-label="Filtres en place">
      {active.map(({ name, label }) => (
        <li key={name}>
          <button type="button" onClick={() => setUrl({ [name]: undefined }, { replace: true })}>
            {label} <span aria-hidden>×</span>
            <span className="visually-hidden">, retirer ce filtre</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="link" onClick={() => setUrl(withoutFilters(), { replace: true })}>
          Tout effacer
        </button>
      </li>
    </ul>
  );
}
