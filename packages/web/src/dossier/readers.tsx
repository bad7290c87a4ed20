import type { CaseDetail } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';

const DEEDS = {
  read: 'a lu',
  changed: 'a modifié',
  exported: 'a exporté',
  opened_elsewhere: 'a ouvert depuis un autre territoire',
} as const;

function Consultations({ caseId }: { readonly caseId: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['consultations', caseId],
    queryFn: ({ signal }) => call('caseConsultations', { params: { caseId } }, signal),
    staleTime: 0,
  });
  if (isPending) return <Skeleton lines={3} height={32} />;
  if (data === undefined)
    return <Failed error={error} what="les consultations" onRetry={() => void refetch()} />;
  if (data.consultations.length === 0) return <p className="quiet">Aucune consultation à montrer.</p>;
  return (
    <table className="plain-table">
      <caption className="visually-hidden">Consultations, les dernières d’abord</caption>
      <thead>
        <tr>
          <th scope="col">Jour</th>
          <th scope="col">Qui</th>
          <th scope="col">Quoi</th>
        </tr>
      </thead>
      <tbody>
        {data.consultations.map(({ day, displayName, deed, times }) => (
          <tr key={`${day} ${displayName} ${deed}`}>
            <td>{shortDate(day)}</td>
            <td>{displayName}</td>
            <td>
              {DEEDS[deed]} <span className="quiet">({counted(times, 'fois', 'fois')})</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who read or changed the case, asked only when one wants to know: asking is itself in the trail. */
export function Readers({ one }: { readonly one: CaseDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="panel" aria-labelledby="consultations">
      <h2 id="consultations">Qui a consulté ce dossier ?</h2>
      {open ? (
        <Consultations caseId={one.caseId} />
      ) : (
        <>
          <p className="quiet">Chaque lecture est tracée. La personne peut demander cette liste.</p>
          <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
            Voir qui l’a consulté
          </button>
        </>
      )}
    </section>
  );
}
