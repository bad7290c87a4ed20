import { ACCESS_DAYS, DECLINE_REASONS, type DeclineReason, DeclineReasonLabels } from '@raccroche/contract';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { part } from '../frame/missing-parts.tsx';
import { longDate, shortDate } from '../words/dates.ts';
import { capital, listName } from '../words/texts.ts';
import { caseLink } from '../worklist/case-link.ts';

type Asked = RouteOutput<'caseRequests'>['requests'][number];
type Answer =
  | { readonly answer: 'granted' }
  | { readonly answer: 'declined'; readonly reason: DeclineReason };

/** A page of what waits for an answer, the oldest first: of a platform, or of the départements that one coordinates. */
const WAYS = {
  platform: (platform: string, after: object, signal: AbortSignal) =>
    call('caseRequests', { query: { platform, ...after } }, signal),
  department: (_: string, after: object, signal: AbortSignal) =>
    call('departmentRequests', { query: after }, signal),
} as const;
/** Who answers: the platform that follows, or the coordination for want of one. */
type Way = keyof typeof WAYS;

/** What waits for an answer of a platform (`of`: its id) or of the coordination, and what brings more; nothing for who may not answer. */
export function useRequests(way: Way, of: string | undefined) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['case-requests', way, of],
    queryFn: ({ pageParam, signal }) =>
      WAYS[way](of ?? '', pageParam === null ? {} : { after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: of !== undefined,
    retry: (failures, error) => !(error instanceof ApiProblem) && failures < 3,
    meta: part('les demandes d’autres plateformes'),
  });
  return {
    requests: data?.pages.flatMap((page) => page.requests) ?? [],
    more: { hasMore: hasNextPage, busy: isFetchingNextPage, onMore: fetchNextPage },
  };
}

function useAnswer({ requestId, wanted, case: { version } }: Asked, way: Way) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const send = async (answer: Answer) => {
    setBusy(true);
    try {
      const params = { askedId: requestId };
      await (way === 'platform'
        ? call('answerRequest', { params, body: { version, ...answer } })
        : call('answerForDepartment', { params, body: answer }));
      const granted = wanted === 'access' ? 'Accès accordé' : 'Dossier transféré';
      tell({
        tone: 'done',
        text: `${answer.answer === 'granted' ? granted : 'Demande refusée'} ; l’autre plateforme est prévenue.`,
      });
    } catch (error) {
      const why =
        error instanceof ApiProblem
          ? error.message
          : 'La réponse n’est pas partie. Réessayez dans un instant.';
      tell({ tone: 'problem', text: why });
    }
    setBusy(false);
    await Promise.all([
      client.invalidateQueries({ queryKey: ['case-requests'] }),
      client.invalidateQueries({ queryKey: ['my-day'] }),
    ]);
  };
  return { busy, send };
}

/** Why not, or not yet. */
function Declining({
  busy,
  onReason,
  onLater,
}: {
  readonly busy: boolean;
  readonly onReason: (reason: DeclineReason) => void;
  readonly onLater: () => void;
}) {
  return (
    <fieldset className="later">
      <legend className="visually-hidden">Pourquoi refuser ?</legend>
      {DECLINE_REASONS.map((reason) => (
        <button
          key={reason}
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() => onReason(reason)}
        >
          {capital(DeclineReasonLabels[reason])}
        </button>
      ))}
      <button type="button" className="button button-quiet" onClick={onLater}>
        Ne pas répondre encore
      </button>
    </fieldset>
  );
}

/** Who asks for what, and two answers. A coordination hands nothing over: a case goes to a platform by the zone of its commune. */
export function RequestRow({ asked, way }: { readonly asked: Asked; readonly way: Way }) {
  const { busy, send } = useAnswer(asked, way);
  const mayGrant = way === 'platform' || asked.wanted === 'access';
  const [declining, setDeclining] = useState(false);
  const from = asked.forPlatform === null ? asked.askedBy : `${asked.askedBy} (${asked.forPlatform})`;
  const what = asked.wanted === 'access' ? `l’accès en lecture pour ${ACCESS_DAYS} jours` : 'le transfert';
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <Link href={caseLink(asked.case.caseId)}>{listName(asked.case)}</Link>
        </p>
        <p className="quiet">
          {from} a demandé {what}, {longDate(asked.askedOn, today())} ; à répondre avant le{' '}
          {shortDate(asked.expiresOn)}.
        </p>
        {!mayGrant && (
          <p className="quiet">
            Sa commune n’est dans la zone d’aucune plateforme : le dossier rejoindra celle qui la prendra.
          </p>
        )}
      </div>
      {declining ? (
        <Declining
          busy={busy}
          onReason={(reason) => void send({ answer: 'declined', reason })}
          onLater={() => setDeclining(false)}
        />
      ) : (
        <div className="duty-actions">
          {mayGrant && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void send({ answer: 'granted' })}
            >
              {asked.wanted === 'access' ? 'Accorder' : 'Transférer'}
            </button>
          )}
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            onClick={() => setDeclining(true)}
          >
            Refuser
          </button>
        </div>
      )}
    </li>
  );
}
