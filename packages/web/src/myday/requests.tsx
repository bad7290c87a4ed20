import { ACCESS_DAYS, DECLINE_REASONS, type DeclineReason, DeclineReasonLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
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

/** What waits for an answer of the platform; nothing for who may not answer. */
export function useRequests(platformId: string | undefined) {
  return useQuery({
    queryKey: ['case-requests', platformId],
    queryFn: ({ signal }) => call('caseRequests', { query: { platform: platformId ?? '' } }, signal),
    enabled: platformId !== undefined,
    retry: (failures, error) => !(error instanceof ApiProblem) && failures < 3,
    meta: part('les demandes d’autres plateformes'),
  }).data?.requests;
}

function useAnswer({ requestId, wanted, case: { version } }: Asked) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const send = async (answer: Answer) => {
    setBusy(true);
    try {
      await call('answerRequest', { params: { askedId: requestId }, body: { version, ...answer } });
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

/** Who asks for what, and two answers. */
export function RequestRow({ asked }: { readonly asked: Asked }) {
  const { busy, send } = useAnswer(asked);
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
      </div>
      {declining ? (
        <fieldset className="later">
          <legend className="visually-hidden">Pourquoi refuser ?</legend>
          {DECLINE_REASONS.map((reason) => (
            <button
              key={reason}
              type="button"
              className="button button-quiet"
              disabled={busy}
              onClick={() => void send({ answer: 'declined', reason })}
            >
              {capital(DeclineReasonLabels[reason])}
            </button>
          ))}
          <button type="button" className="button button-quiet" onClick={() => setDeclining(false)}>
            Ne pas répondre encore
          </button>
        </fieldset>
      ) : (
        <div className="duty-actions">
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void send({ answer: 'granted' })}
          >
            {asked.wanted === 'access' ? 'Accorder' : 'Transférer'}
          </button>
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
