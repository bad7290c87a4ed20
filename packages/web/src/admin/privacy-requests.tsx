import { type PrivacyRequest, PrivacyRequestLabels } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { daysBetween, shortDate } from '../words/dates.ts';
import { capital, counted } from '../words/texts.ts';
import { AnswerForm, RequestActions } from './request-actions.tsx';
import { RequestForm } from './request-form.tsx';

const ANSWERS = { granted: 'acceptée', partly: 'acceptée en partie', refused: 'refusée' } as const;
const SOON_DAYS = 7;

/** Where the clock of a request stands, and how pressing it is. */
function clockWords(one: PrivacyRequest, now: string): readonly [word: string, text: string] {
  if (one.answeredOn !== null && one.answer !== null) {
    const answered = `${ANSWERS[one.answer]} le ${shortDate(one.answeredOn)}`;
    if (one.endedOn !== null) return ['none', `${answered}, levée le ${shortDate(one.endedOn)}`];
    return one.inForce
      ? ['doing', `${answered}, en vigueur : personne n’agit sur le dossier`]
      : ['done', answered];
  }
  const left = daysBetween(now, one.dueOn);
  const extended = one.extendedOn === null ? '' : ', prolongée';
  if (one.late) return ['todo', `en retard de ${counted(-left, 'jour', 'jours')}${extended}`];
  return [
    left <= SOON_DAYS ? 'todo' : 'doing',
    `réponse due le ${shortDate(one.dueOn)} : ${counted(left, 'jour', 'jours')}${extended}`,
  ];
}

function RequestRow({ one }: { readonly one: PrivacyRequest }) {
  const [url, setUrl] = useUrlState();
  const [word, text] = clockWords(one, today());
  const isAnswering = url.get('demande') === one.requestId && url.get('faire') === 'repondre';
  return (
    <li className="admin-item">
      <div className="duty">
        <div>
          <p className="duty-who">
            <strong>{capital(PrivacyRequestLabels[one.kind])}</strong>
          </p>
          <p>
            <span className={`word word-${word}`}>{text}</span>
          </p>
          <p className="quiet">
            Reçue le {shortDate(one.receivedOn)}
            {one.extendedOn !== null && `, prolongée le ${shortDate(one.extendedOn)}`}
          </p>
          <p className="quiet admin-id">Dossier {one.caseId}</p>
        </div>
        <RequestActions one={one} />
      </div>
      {isAnswering && (
        <AnswerForm
          one={one}
          onDone={() => setUrl({ demande: undefined, faire: undefined }, { replace: true })}
        />
      )}
    </li>
  );
}

/** Administration, demandes: what people ask about their own data, with the clock of each. */
export default function PrivacyRequestsPage() {
  const [url, setUrl] = useUrlState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['privacy-requests'],
    queryFn: ({ signal }) => call('privacyRequests', {}, signal),
  });
  const adding = url.get('faire') === 'enregistrer';
  const requests = data?.requests ?? [];
  const open = requests.filter(({ answeredOn }) => answeredOn === null);
  const late = open.filter((one) => one.late).length;
  return (
    <>
      <h1>Demandes des personnes</h1>
      <p className="lead">
        Accès, rectification, limitation, opposition. Un mois pour répondre à compter de la réception, deux de
        plus si la personne en est informée dans le premier (RGPD, article 12).
      </p>
      {adding ? (
        <RequestForm onDone={() => setUrl({ faire: undefined })} />
      ) : (
        <p className="actions">
          <button
            type="button"
            className="button"
            onClick={() => setUrl({ faire: 'enregistrer', demande: undefined })}
          >
            Enregistrer une demande
          </button>
        </p>
      )}
      {isPending && <Skeleton lines={3} height={110} />}
      {error !== null && <Failed error={error} what="les demandes" onRetry={() => void refetch()} />}
      {data && requests.length === 0 && <Empty title="Aucune demande." />}
      {requests.length > 0 && (
        <>
          <p role="status">
            {counted(open.length, 'demande sans réponse', 'demandes sans réponse')}
            {late > 0 && (
              <>
                , dont <strong>{late} en retard</strong>
              </>
            )}
            .
          </p>
          <ul>
            {requests.map((one) => (
              <RequestRow key={one.requestId} one={one} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
