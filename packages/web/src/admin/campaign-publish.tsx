import type { CampaignList, FinishedCampaign } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { counted, number } from '../words/texts.ts';

interface Chosen {
  readonly isSome: boolean;
  readonly codes: readonly string[];
}

const listedOn = (lists: readonly CampaignList[]) =>
  lists.reduce((sum, { listed }) => sum + (listed ?? 0), 0);
const followedIn = (lists: readonly CampaignList[]) => lists.reduce((sum, { followed }) => sum + followed, 0);

/** The lists that are not out yet, each with what it weighs beside what is followed. */
function Lists({
  lists,
  codes,
  onChange,
}: {
  readonly lists: readonly CampaignList[];
  readonly codes: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}) {
  return (
    <table className="plain-table admin-table">
      <caption className="visually-hidden">Listes à publier</caption>
      <thead>
        <tr>
          <th scope="col">Liste</th>
          <th scope="col">Dans cette campagne</th>
          <th scope="col">Suivis aujourd’hui</th>
        </tr>
      </thead>
      <tbody>
        {lists.map(({ code, name, listed, followed }) => (
          <tr key={code}>
            <th scope="row">
              <label className="check">
                <input
                  type="checkbox"
                  checked={codes.includes(code)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...codes, code] : codes.filter((other) => other !== code))
                  }
                />
                {name} ({code})
              </label>
            </th>
            <td data-label="Dans cette campagne">{listed === null ? 'inconnu' : number(listed)}</td>
            <td data-label="Suivis aujourd’hui">{number(followed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What of the campaign goes out: all that is not yet, or some lists. */
function Choice({
  lists,
  values,
  set,
}: {
  readonly lists: readonly CampaignList[];
  readonly values: Chosen;
  readonly set: (change: Partial<Chosen>) => void;
}) {
  const options = [
    [
      false,
      lists.some(({ isPublished }) => isPublished)
        ? 'Tout ce qui ne l’est pas encore'
        : 'Tous les départements',
    ],
    [true, 'Quelques départements'],
  ] as const;
  const waiting = lists.filter(({ isPublished }) => !isPublished);
  const chosen = values.isSome ? waiting.filter(({ code }) => values.codes.includes(code)) : waiting;
  return (
    <>
      <fieldset className="choices ticks">
        <legend>Que publier ?</legend>
        {options.map(([isSome, label]) => (
          <label key={label} className="check">
            <input
              type="radio"
              name="publish"
              checked={values.isSome === isSome}
              onChange={() => set({ isSome })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {values.isSome && <Lists lists={waiting} codes={values.codes} onChange={(codes) => set({ codes })} />}
      <p role="status">
        <strong>
          {counted(listedOn(chosen), 'personne', 'personnes')} dans{' '}
          {counted(chosen.length, 'département', 'départements')}
        </strong>
        , où {counted(followedIn(chosen), 'est suivie', 'sont suivies')} aujourd’hui.
      </p>
      {values.isSome && (
        <p className="quiet">
          Les dossiers des autres départements ne sont ni fermés ni signalés. Qui a déménagé vers un
          département pas encore publié reste suivi où il est ; les deux plateformes sont prévenues.
        </p>
      )}
    </>
  );
}

/** To publish a campaign, whole or some lists of it; what it does is said first. */
export function Publish({ one, onDone }: { readonly one: FinishedCampaign; readonly onDone: () => void }) {
  const client = useQueryClient();
  const { name } = one;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['campaigns', name, 'lists'],
    queryFn: ({ signal }) => call('campaignLists', { params: { name } }, signal),
  });
  const draft = useDraft<Chosen>(`publish ${name}`, { isSome: false, codes: [] });
  const { values, set } = draft;
  const { busy, trouble, send } = useChange({ name: `publish ${name}`, values });
  const publish = async () => {
    const body = { departments: values.isSome ? [...values.codes] : null };
    const done = 'Publication demandée : « Travaux » dit où elle en est.';
    if (!(await send(() => call('publishFinished', { params: { name }, body }), done))) return;
    onDone();
    await client.invalidateQueries();
  };
  const isNothing = values.isSome && values.codes.length === 0;
  return (
    <section className="act-form" aria-label={`Publier ${name}`}>
      <Back isBack={draft.isBack} />
      {trouble}
      {isPending && <Skeleton lines={2} height={80} />}
      {error !== null && <Failed error={error} what="les listes" onRetry={() => void refetch()} />}
      {data && <Choice lists={data.lists} values={values} set={set} />}
      <p>
        Les plateformes désignées verront leur liste, des dossiers s’ouvrent, d’autres sont transférés ou
        signalés comme n’étant plus sur la liste. Ce que les gens ont fait reste. Tout ou rien, et une fois ;
        la dernière publication peut être reprise, mais pas ce que les gens en auront fait. Regardez d’abord
        vingt noms et la comparaison.
      </p>
      <p className="actions">
        <button
          type="button"
          className="button"
          disabled={busy || data === undefined || isNothing}
          onClick={() => void publish()}
        >
          {values.isSome ? 'Publier ces listes' : 'Publier cette campagne'}
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne pas publier
        </button>
      </p>
    </section>
  );
}
