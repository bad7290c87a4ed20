import { type WebhookEvent, WebhookEventLabels, type WebhookMessage } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { type Change, useChange } from '../frame/use-change.tsx';
import { hour, shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { useRefreshPartners } from './refresh.ts';

const STATES = {
  waiting: ['attend', 'doing'],
  delivered: ['arrivée', 'done'],
  dead: ['abandonnée', 'todo'],
} as const satisfies Record<WebhookMessage['state'], readonly [string, string]>;

const eventWords = (event: string) =>
  event in WebhookEventLabels ? capital(WebhookEventLabels[event as WebhookEvent]) : 'Annonce d’essai';

function Row({
  message: { messageId, event, madeAt, state, tries, lastCode },
  partnerId,
  change,
}: {
  readonly message: WebhookMessage;
  readonly partnerId: string;
  readonly change: Change;
}) {
  const refresh = useRefreshPartners();
  const retry = async () => {
    const params = { partnerId, messageId };
    await change.send(() => call('retryPartnerMessage', { params }), 'Annonce remise à envoyer.');
    await refresh();
  };
  return (
    <tr>
      <th scope="row">
        {eventWords(event)}
        <span className="row-sub">
          {shortDate(madeAt)}, {hour(madeAt)}
        </span>
      </th>
      <td>
        <span className={`word word-${STATES[state][1]}`}>{STATES[state][0]}</span>{' '}
        {state === 'dead' && (
          <button type="button" className="button-small" disabled={change.busy} onClick={() => void retry()}>
            Refaire
          </button>
        )}
      </td>
      <td>
        {tries}
        {lastCode !== null && state !== 'delivered' && <span className="row-sub">réponse {lastCode}</span>}
      </td>
    </tr>
  );
}

/** What was told to a system, and what became of it. */
export function PartnerMessages({ partnerId }: { readonly partnerId: string }) {
  const change = useChange();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['partners', partnerId, 'messages'],
    queryFn: ({ signal }) => call('partnerMessages', { params: { partnerId }, query: {} }, signal),
  });
  if (isPending) return <Skeleton lines={3} />;
  if (error !== null) return <Failed error={error} what="les annonces" onRetry={() => void refetch()} />;
  if (data.messages.length === 0) return <p className="quiet">Aucune annonce depuis trente jours.</p>;
  return (
    <>
      {change.trouble}
      <table className="plain-table">
        <caption className="visually-hidden">Annonces, celles abandonnées d’abord</caption>
        <thead>
          <tr>
            <th scope="col">Annonce</th>
            <th scope="col">État</th>
            <th scope="col">Essais</th>
          </tr>
        </thead>
        <tbody>
          {data.messages.map((message) => (
            <Row key={message.messageId} message={message} partnerId={partnerId} change={change} />
          ))}
        </tbody>
      </table>
    </>
  );
}
