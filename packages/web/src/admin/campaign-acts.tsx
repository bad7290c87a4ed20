import { type EventKind, EventLabels, type PublicationAct } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../client/call.ts';
import { FormButtons } from '../frame/fields.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { counted, number } from '../words/texts.ts';

/** What each thing that a publication did becomes when it is taken back. */
const UNDONE: Readonly<Partial<Record<EventKind, string>>> = {
  opened: 'retirés : elle les avait ouverts',
  transferred: 'rendus à leur plateforme d’avant',
  closed_by_publication: 'rouverts : elle les avait clos',
  no_longer_listed: 'de nouveau sur la liste',
  reopened: 'clos de nouveau : elle les avait rouverts',
  corrected: 'avec leur identité d’avant',
};
const whatOf = ({ departments }: PublicationAct) =>
  departments === null ? '' : ` (${departments.join(', ')})`;

function Counts({ publicationId }: { readonly publicationId: number }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['publications', publicationId, 'taking-back'],
    queryFn: ({ signal }) => call('takingBackCounts', { params: { publicationId } }, signal),
  });
  if (isPending) return <Skeleton lines={2} height={80} />;
  if (error !== null)
    return <Failed error={error} what="ce qui serait défait" onRetry={() => void refetch()} />;
  const kept = data.kept.reduce((sum, { count }) => sum + count, 0);
  return (
    <div role="status" className="stack">
      {data.undone.length === 0 ? (
        <p>Aucun dossier ne change.</p>
      ) : (
        <ul>
          {data.undone.map(({ kind, count }) => (
            <li key={kind}>
              <strong>{counted(count, 'dossier', 'dossiers')}</strong>{' '}
              {UNDONE[kind as EventKind] ?? `où ne vaudra plus : ${EventLabels[kind as EventKind] ?? kind}`}
            </li>
          ))}
        </ul>
      )}
      {kept > 0 && (
        <div className="warning">
          <p>
            <strong>{counted(kept, 'dossier est gardé tel quel', 'dossiers sont gardés tels quels')}</strong>{' '}
            : quelqu’un y a agi depuis. Leur histoire le dira.
          </p>
          <ul>
            {data.kept.map(({ platform, count }) => (
              <li key={platform ?? ''}>
                {number(count)} : {platform ?? 'dans la zone d’aucune plateforme'}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** To take a publication back: what it would do in counts, why it is done, and to confirm it. */
export function TakeBack({
  name,
  act,
  onDone,
}: {
  readonly name: string;
  readonly act: PublicationAct;
  readonly onDone: () => void;
}) {
  const client = useQueryClient();
  const { publicationId } = act;
  const draft = useDraft(`take back ${publicationId}`, { reason: '' });
  const { values, set } = draft;
  const { busy, trouble, send } = useChange({ name: `take back ${publicationId}`, values });
  const takeBack = async (event: FormEvent) => {
    event.preventDefault();
    const done = 'Reprise demandée : « Travaux » dit où elle en est.';
    if (!(await send(() => call('takeBack', { params: { publicationId }, body: values }), done))) return;
    onDone();
    await client.invalidateQueries();
  };
  return (
    <form className="act-form" aria-label={`Reprendre ${name}`} onSubmit={(event) => void takeBack(event)}>
      <h3>
        Reprendre la publication du {shortDate(act.at)}
        {whatOf(act)}
      </h3>
      <Back isBack={draft.isBack} />
      {trouble}
      <Counts publicationId={publicationId} />
      <p>
        Tout redevient comme avant elle ; chaque dossier garde l’histoire de l’une et de l’autre. La campagne
        pourra être publiée de nouveau.
      </p>
      <label className="field">
        <span>Pourquoi ? (gardé avec la publication, et dans la trace)</span>
        <textarea
          required
          minLength={5}
          maxLength={300}
          rows={2}
          value={values.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      </label>
      <FormButtons
        busy={busy}
        label="Reprendre cette publication"
        leave="Ne pas reprendre"
        onLeave={onDone}
      />
    </form>
  );
}

/** What was published of a campaign, act by act, and what of it was taken back. */
export function Acts({ acts }: { readonly acts: readonly PublicationAct[] }) {
  const told = acts.filter(({ departments, takenBack }) => departments !== null || takenBack !== null);
  if (told.length === 0) return null;
  return (
    <ul aria-label="Publications">
      {acts.map((act) => (
        <li key={act.publicationId}>
          Publiée le {shortDate(act.at)}
          {whatOf(act)}
          {act.takenBack !== null &&
            (act.takenBack.at === null
              ? ', reprise demandée'
              : `, reprise le ${shortDate(act.takenBack.at)} par ${act.takenBack.by ?? 'la ligne de commande'} : « ${act.takenBack.reason} »`)}
        </li>
      ))}
    </ul>
  );
}
