import type { DeliveredFile } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { shortDate } from '../words/dates.ts';
import { counted, number } from '../words/texts.ts';
import { NotConfigured } from './campaigns.tsx';

type Deliveries = RouteOutput<'deliveries'>;

/** A file that lost or gained this share of its lines is looked at. */
const UNUSUAL_SHARE = 0.2;

function coverage(rows: number, before: number | null): { readonly text: string; readonly unusual: boolean } {
  if (before === null || before === 0) return { text: 'rien à comparer', unusual: false };
  const change = (rows - before) / before;
  const signed = `${change > 0 ? '+' : change < 0 ? '−' : ''}${number(Math.round(Math.abs(change) * 100))} %`;
  return { text: `${signed} de lignes`, unusual: Math.abs(change) > UNUSUAL_SHARE };
}

function Sources({ sources }: { readonly sources: Deliveries['sources'] }) {
  return (
    <table className="plain-table admin-table">
      <caption>Par source, d’après la dernière campagne</caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">Fichiers</th>
          <th scope="col">Lignes</th>
          <th scope="col">Rejets</th>
          <th scope="col">Dernière extraction</th>
          <th scope="col">Depuis la campagne d’avant</th>
        </tr>
      </thead>
      <tbody>
        {sources.map((one) => {
          const { text, unusual } = coverage(one.rows, one.rowsBefore);
          return (
            <tr key={one.source}>
              <th scope="row">{one.source}</th>
              <td data-label="Fichiers">{number(one.files)}</td>
              <td data-label="Lignes">{number(one.rows)}</td>
              <td data-label="Rejets">{number(one.rejects)}</td>
              <td data-label="Dernière extraction">{one.freshness}</td>
              <td data-label="Depuis" className={unusual ? 'duty-late' : ''}>
                {text}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Message({ path, text }: { readonly path: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <details className="admin-details">
      <summary>
        Message pour l’émetteur<span className="visually-hidden"> de {path}</span>
      </summary>
      <pre className="admin-message">{text}</pre>
      <button
        type="button"
        className="button-small"
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? 'Copié' : 'Copier'}
      </button>
    </details>
  );
}

function FileRow({ file }: { readonly file: DeliveredFile }) {
  const { path, read, changedOn } = file;
  const told = read && coverage(read.rows, read.rowsBefore);
  return (
    <li className="admin-file">
      <p className="admin-break">
        <strong>{path}</strong>
      </p>
      <p className="quiet">
        Déposé le {shortDate(changedOn)}
        {read === null ? ' · la prochaine campagne le lira' : ` · ${read.kind}`}
      </p>
      {read && (
        <p>
          {read.rejected ? (
            <span className="word word-todo">n’a pas pu être lu</span>
          ) : (
            <>
              {counted(read.rows, 'ligne', 'lignes')}, {counted(read.rejects, 'rejetée', 'rejetées')}
              {told && <span className={told.unusual ? 'duty-late' : 'quiet'}> · {told.text}</span>}
            </>
          )}
        </p>
      )}
      {read?.message && <Message path={path} text={read.message} />}
    </li>
  );
}

const SHOWN = {
  tous: 'Tous',
  ecrire: 'À signaler à l’émetteur',
  nouveaux: 'Pas encore lus',
} as const;
type Shown = keyof typeof SHOWN;
const isShown = (shown: Shown, { read }: DeliveredFile) =>
  shown === 'tous' || (shown === 'nouveaux' ? read === null : read !== null && read.message !== null);
const FILES = 100;

function Files({ files }: { readonly files: readonly DeliveredFile[] }) {
  const [url, setUrl] = useUrlState();
  const shown = (Object.keys(SHOWN) as Shown[]).find((one) => one === url.get('montrer')) ?? 'tous';
  const rows = files.filter((file) => isShown(shown, file));
  return (
    <section className="stack">
      <h2>Fichiers reçus</h2>
      <fieldset className="choices choices-small">
        <legend className="visually-hidden">Montrer</legend>
        {(Object.keys(SHOWN) as Shown[]).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="montrer"
              checked={shown === one}
              onChange={() => setUrl({ montrer: one === 'tous' ? undefined : one }, { replace: true })}
            />
            {SHOWN[one]} ({number(files.filter((file) => isShown(one, file)).length)})
          </label>
        ))}
      </fieldset>
      {rows.length === 0 && <p className="quiet">Aucun fichier ici.</p>}
      <ul>
        {rows.slice(0, FILES).map((file) => (
          <FileRow key={file.path} file={file} />
        ))}
      </ul>
      {rows.length > FILES && (
        <p className="quiet">
          Les {FILES} premiers sur {number(rows.length)}.
        </p>
      )}
    </section>
  );
}

/** Administration, livraisons: what was received, how fresh, how whole, and what to write to the senders. */
export default function DeliveriesPage() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['deliveries'],
    queryFn: ({ signal }) => call('deliveries', {}, signal),
  });
  return (
    <>
      <h1>Livraisons</h1>
      <p className="lead">
        Les fichiers reçus, comme la dernière campagne les a lus. Aucune donnée de personne ici.
      </p>
      {isPending && <Skeleton lines={6} />}
      {error !== null && <Failed error={error} what="les livraisons" onRetry={() => void refetch()} />}
      {data && !data.configured && <NotConfigured />}
      {data?.configured && (
        <>
          {data.sources.length > 0 && <Sources sources={data.sources} />}
          {data.files.length === 0 ? (
            <Empty title="Aucun fichier dans le dossier des livraisons." />
          ) : (
            <Files files={data.files} />
          )}
        </>
      )}
    </>
  );
}
