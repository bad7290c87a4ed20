import {
  EXPORT_CHOSEN_MAX,
  EXPORT_KEPT_DAYS,
  EXPORT_PURPOSES,
  type ExportPurpose,
  ExportPurposeLabels,
  type ListColumn,
  ListColumnLabels,
} from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type RouteInput, type RouteOutput } from '../client/call.ts';
import { download } from '../client/download.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem, hasCode } from '../client/problem.ts';
import { Dialog } from '../frame/dialog.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { StepUp } from '../frame/use-change.tsx';
import { AskMore } from '../warnings/ask-more.tsx';
import { counted } from '../words/texts.ts';
import { filterOf, sortOf } from './filters.ts';

type Body = RouteInput<'exportCases'>['body'];

const TERMS_KEY = 'export-terms';

function useTerms(platform: string, filter: Record<string, string>) {
  return useQuery({
    queryKey: [TERMS_KEY, platform, filter],
    queryFn: ({ signal }) => call('exportTerms', { query: { ...filter, platform } }, signal),
    staleTime: 0,
  });
}

function Purposes({
  chosen,
  onChoose,
}: {
  readonly chosen: ExportPurpose;
  readonly onChoose: (purpose: ExportPurpose) => void;
}) {
  return (
    <fieldset className="choices">
      <legend>Pour quoi faire ?</legend>
      {EXPORT_PURPOSES.map((purpose) => (
        <label key={purpose} className="check">
          <input type="radio" name="usage" checked={chosen === purpose} onChange={() => onChoose(purpose)} />
          {ExportPurposeLabels[purpose]}
        </label>
      ))}
    </fieldset>
  );
}

/** How many and what, before anything is made. */
function Contents({
  count,
  columns,
  isChosen,
}: {
  readonly count: number;
  readonly columns: readonly ListColumn[];
  readonly isChosen: boolean;
}) {
  const titles = columns.map((column) => ListColumnLabels[column].toLowerCase()).join(', ');
  return (
    <p>
      Le fichier contiendra <strong>{counted(count, 'personne', 'personnes')}</strong>
      {isChosen ? ', celles que vous avez sélectionnées' : ', celles que la liste montre avec ses filtres'} :{' '}
      {titles}. Ni téléphones, ni adresses, ni notes.
    </p>
  );
}

/** What went wrong, and what to do about it. */
function Trouble({ error }: { readonly error: unknown }) {
  if (error === undefined) return null;
  if (hasCode(error, 'stronger_sign_in_needed')) return <StepUp />;
  return (
    <p className="warning" role="alert">
      {error instanceof ApiProblem ? error.message : 'Connexion perdue : rien n’a été exporté.'}
    </p>
  );
}

/** Makes the file and gives it to the browser; `onMade` once it is there. */
function useExport(onMade: () => void) {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const make = async (body: Body) => {
    setBusy(true);
    setError(undefined);
    try {
      const made = await call('exportCases', { body });
      download(made.fileName, made.mediaType, made.content);
      await client.invalidateQueries({ queryKey: [TERMS_KEY] });
      onMade();
      tell({ tone: 'done', text: `${counted(made.count, 'personne exportée', 'personnes exportées')}.` });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return { busy, error, make };
}

function Formats({
  chosen,
  onChoose,
}: {
  readonly chosen: Body['format'];
  readonly onChoose: (format: Body['format']) => void;
}) {
  return (
    <fieldset className="choices choices-small">
      <legend>Format</legend>
      {(['xlsx', 'csv'] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="format" checked={chosen === one} onChange={() => onChoose(one)} />
          {one === 'xlsx' ? 'Tableur (XLSX)' : 'Texte (CSV)'}
        </label>
      ))}
    </fieldset>
  );
}

interface Asked {
  readonly platform: string;
  readonly columns: readonly ListColumn[];
  /** These cases alone. */
  readonly chosen?: readonly string[] | undefined;
  readonly onClose: () => void;
}

function ExportForm({
  asked: { platform, columns, chosen, onClose },
  terms,
}: {
  readonly asked: Asked;
  readonly terms: RouteOutput<'exportTerms'>;
}) {
  const client = useQueryClient();
  const [url] = useUrlState();
  const [purpose, setPurpose] = useState<ExportPurpose>('calls');
  const [format, setFormat] = useState<Body['format']>('xlsx');
  const { busy, error, make } = useExport(onClose);
  const cases = chosen?.slice(0, EXPORT_CHOSEN_MAX);
  const count = cases?.length ?? terms.count;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const seen = {
      platform,
      filter: filterOf(url) as Body['filter'],
      sort: sortOf(url),
      columns: [...columns],
    };
    void make({ ...seen, format, purpose, ...(cases === undefined ? {} : { cases }) });
  };
  return (
    <form onSubmit={submit}>
      <Contents count={count} columns={columns} isChosen={chosen !== undefined} />
      <Purposes chosen={purpose} onChoose={setPurpose} />
      <Formats chosen={format} onChoose={setFormat} />
      <p className="quiet">
        L’export est tracé avec sa raison. Le fichier est à détruire sous {EXPORT_KEPT_DAYS} jours.
        {terms.left > 0 && ` Il vous en reste ${terms.left} sur ${terms.perDay} aujourd’hui.`}
      </p>
      {terms.left === 0 && (
        <AskMore
          allowance={{ ...terms, kind: 'export' }}
          purpose={purpose}
          onAsked={() => client.invalidateQueries({ queryKey: [TERMS_KEY] })}
        />
      )}
      <Trouble error={error} />
      <p>
        <button type="submit" className="button" disabled={busy || count === 0 || terms.left === 0}>
          {busy ? 'En cours…' : `Exporter ${counted(count, 'personne', 'personnes')}`}
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onClose}>
          Ne rien exporter
        </button>
      </p>
    </form>
  );
}

/** The list that one sees, in a file: says what it will hold, asks what for, counts. */
export function ExportDialog(asked: Asked) {
  const [url] = useUrlState();
  const { data: terms, error, refetch } = useTerms(asked.platform, filterOf(url));
  return (
    <Dialog title="Exporter la liste" onClose={asked.onClose}>
      {terms !== undefined && <ExportForm asked={asked} terms={terms} />}
      {terms === undefined && error === null && <Skeleton lines={3} />}
      {terms === undefined && error !== null && (
        <Failed error={error} what="ce que contiendrait le fichier" onRetry={() => void refetch()} />
      )}
    </Dialog>
  );
}
