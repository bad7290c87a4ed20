import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { downloadText } from '../client/download.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useChange } from '../frame/use-change.tsx';
import { capital } from '../words/texts.ts';

function Pages() {
  const { busy, trouble, send } = useChange({ name: 'register', values: {} });
  const save = (which: 'register' | 'impact') =>
    void send(async () => {
      const pages = await call('processingPages', {});
      downloadText(which === 'register' ? 'registre.md' : 'aipd.md', pages[which], 'text/markdown');
    });
  return (
    <section className="panel">
      <h2>Registre et analyse d’impact</h2>
      <p>
        Écrits d’après la base elle-même et les durées d’ici : chaque colonne y est. Ce que seule votre
        organisation sait (responsable, délégué, hébergeur) y est à compléter.
      </p>
      {trouble}
      <p className="actions">
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() => save('register')}
        >
          Télécharger le registre du traitement
        </button>
        <button type="button" className="button button-quiet" disabled={busy} onClick={() => save('impact')}>
          Télécharger l’analyse d’impact
        </button>
      </p>
    </section>
  );
}

/** Administration, durées: how long each sort of data lives here, and what ends it. */
export default function RetentionPage() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => call('retentionTerms', {}, signal),
  });
  return (
    <>
      <h1>Durées et registre</h1>
      <p className="lead">
        Combien de temps vit chaque sorte de données, et ce qui y met fin. La purge passe chaque nuit.
      </p>
      <Pages />
      {isPending && <Skeleton lines={6} />}
      {error !== null && <Failed error={error} what="les durées" onRetry={() => void refetch()} />}
      {data && (
        <table className="plain-table admin-table">
          <caption className="visually-hidden">Durées de conservation</caption>
          <thead>
            <tr>
              <th scope="col">Données</th>
              <th scope="col">Durée</th>
              <th scope="col">Ensuite</th>
              <th scope="col">D’après</th>
            </tr>
          </thead>
          <tbody>
            {data.classes.map((one) => (
              <tr key={one.code}>
                <th scope="row">
                  {capital(one.label)}
                  <span className="row-sub">{one.code}</span>
                </th>
                <td data-label="Durée">
                  {one.term ?? 'sans délai'}, à compter de : {one.from}
                  {one.adjustable && <span className="row-sub">réglable par RACCROCHE_CONSERVATION</span>}
                </td>
                <td data-label="Ensuite">{capital(one.ending)}</td>
                <td data-label="D’après">{capital(one.basis)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
