import type { SavedView } from '@raccroche/contract';
import { Empty } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { activeFilters, withoutFilters } from './filters.ts';

const GOOD_REASONS: Readonly<Partial<Record<SavedView, string>>> = {
  mine: 'Aucun dossier ne vous est confié pour l’instant.',
  nobody: 'Chaque dossier a son référent.',
  to_verify: 'Tout est vérifié.',
  minors_without_interview: 'Tous les mineurs ont eu un entretien.',
  never_called: 'Tout le monde a été contacté au moins une fois.',
  quiet: 'Tout le monde a eu un contact depuis moins de 30 jours.',
  unreachable: 'Personne n’est injoignable.',
  entered: 'Personne n’est entré dans une solution depuis un mois.',
  delisted: 'Toutes les personnes suivies sont sur la liste en cours.',
};

/** Nobody: because of the filters, or for a good reason. */
export function NobodyThere({ view }: { readonly view: SavedView }) {
  const [url, setUrl] = useUrlState();
  const [first] = activeFilters(url);
  if (first)
    return (
      <Empty title="Aucun jeune ne correspond.">
        <p>
          <button
            type="button"
            className="button"
            onClick={() => setUrl({ [first.name]: undefined }, { replace: true })}
          >
            Retirer le filtre « {first.label} »
          </button>{' '}
          <button
            type="button"
            className="button button-quiet"
            onClick={() => setUrl(withoutFilters(), { replace: true })}
          >
            Tout effacer
          </button>
        </p>
      </Empty>
    );
  return (
    <Empty title={GOOD_REASONS[view] ?? 'La liste est vide. Elle se remplira à la prochaine publication.'} />
  );
}
