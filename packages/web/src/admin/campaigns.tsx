import type { CampaignRun } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { counted } from '../words/texts.ts';
import { CampaignForm } from './campaign-form.tsx';
import { FinishedRow } from './campaign-row.tsx';
import { RunRow } from './run-row.tsx';

const REFRESH_MS = 2_000;

const isOnItsWay = ({ state, silent }: CampaignRun) => (state === 'asked' || state === 'running') && !silent;

/** How this place is told where its campaigns are. */
export function NotConfigured() {
  return (
    <Empty title="Aucun dossier de campagnes n’est réglé ici.">
      <p>
        Réglez RACCROCHE_DELIVERIES (le dossier des fichiers reçus) et RACCROCHE_CAMPAIGNS (le dossier des
        campagnes, où leur registre de numéros est gardé), pour « raccroche serve » et pour « raccroche worker
        », qui doivent voir les mêmes dossiers. Puis relancez-les.
      </p>
      <p>« raccroche serve --help » dit le reste. La ligne de commande mène les campagnes sans cela.</p>
    </Empty>
  );
}

/** Administration, campagnes: asked for, on their way, finished; to check by eye and to publish. */
export default function CampaignsPage() {
  const [url, setUrl] = useUrlState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => call('campaigns', {}, signal),
    refetchInterval: ({ state }) => (state.data?.runs.some(isOnItsWay) ? REFRESH_MS : false),
  });
  const starting = url.get('faire') === 'lancer';
  const finished = new Set(data?.campaigns.map(({ name }) => name));
  // Of those that ended well the campaign itself tells more.
  const runs = data?.runs.filter(({ state, name }) => state !== 'done' || !finished.has(name)) ?? [];
  return (
    <>
      <h1>Campagnes</h1>
      <p className="lead">
        Des fichiers reçus aux listes des plateformes : mener la campagne, comparer à la précédente, en
        regarder vingt noms, puis publier.
      </p>
      {isPending && <Skeleton lines={3} height={120} />}
      {error !== null && <Failed error={error} what="les campagnes" onRetry={() => void refetch()} />}
      {data && !data.configured && <NotConfigured />}
      {data?.configured && (
        <>
          {starting ? (
            <CampaignForm campaigns={data.campaigns} onDone={() => setUrl({ faire: undefined })} />
          ) : (
            <p className="actions">
              <button type="button" className="button" onClick={() => setUrl({ faire: 'lancer' })}>
                Lancer une campagne
              </button>
            </p>
          )}
          {runs.length > 0 && (
            <section className="stack">
              <h2>Demandées d’ici</h2>
              <ul>
                {runs.map((run) => (
                  <RunRow key={run.runId} run={run} />
                ))}
              </ul>
            </section>
          )}
          <section className="stack">
            <h2>
              Finies <span className="count">{data.campaigns.length}</span>
            </h2>
            {data.campaigns.length === 0 && <p className="quiet">Aucune campagne finie encore.</p>}
            <ul aria-label={counted(data.campaigns.length, 'campagne finie', 'campagnes finies')}>
              {data.campaigns.map((one) => (
                <FinishedRow key={one.name} one={one} />
              ))}
            </ul>
          </section>
        </>
      )}
    </>
  );
}
