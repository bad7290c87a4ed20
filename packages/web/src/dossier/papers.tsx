import { type CaseDetail, type DocumentKind, DocumentLabels } from '@raccroche/contract';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../client/call.ts';
import { setLetters } from '../client/letters.ts';
import { may, useMe } from '../client/session.ts';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { kindWords } from './event-words.ts';
import { usePlainAct } from './use-plain-act.tsx';

const MADE: Readonly<Record<DocumentKind, string>> = {
  summons: 'summons_made',
  attestation: 'attestation_made',
  interview_summary: 'summary_made',
};

/** Papers that where the case stands allows. */
function possibleFor(one: CaseDetail): readonly DocumentKind[] {
  return [
    ...(one.interviewAt !== null && one.contact !== 'refuses' ? (['summons'] as const) : []),
    ...(one.interviewHeldAt !== null ? (['interview_summary'] as const) : []),
    ...(one.interviewHeldAt !== null || one.contact === 'reached' ? (['attestation'] as const) : []),
  ];
}

/** Papers to print for the person, and those that were made. */
export function Papers({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const [, navigate] = useLocation();
  const { trouble, run } = usePlainAct();
  const [busy, setBusy] = useState(false);
  const possible = possibleFor(one);
  const made = one.timeline.filter(({ kind, undone }) => Object.values(MADE).includes(kind) && !undone);
  const canMake = me !== undefined && me !== null && may(me, 'case.act') && one.pathway !== 'closed';
  const make = async (kind: DocumentKind) => {
    setBusy(true);
    const input = { params: { caseId: one.caseId }, body: { version: one.version, kind } };
    const done = await run(
      async () => setLetters([await call('makeDocument', input)]),
      `${capital(DocumentLabels[kind])} : prêt à imprimer`,
    );
    setBusy(false);
    if (done) navigate('/documents');
  };
  return (
    <section className="panel" aria-labelledby="documents">
      <h2 id="documents">Documents</h2>
      {trouble}
      {canMake && (
        <p className="duty-actions">
          {possible.map((kind) => (
            <button
              key={kind}
              type="button"
              className="button button-quiet"
              disabled={busy}
              onClick={() => void make(kind)}
            >
              {capital(DocumentLabels[kind])}
            </button>
          ))}
        </p>
      )}
      {canMake && possible.length === 0 && (
        <p className="quiet">Un document s’établit une fois un entretien fixé, ou la personne jointe.</p>
      )}
      {made.length > 0 && (
        <ul>
          {made.map(({ eventId, kind, recordedAt }) => (
            <li key={eventId} className="quiet">
              {kindWords(kind)} le {shortDate(recordedAt)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
