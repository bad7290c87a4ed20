import { BULK_MAX, type CaseRow } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { refreshCases } from '../client/act.ts';
import { call } from '../client/call.ts';
import { setLetters } from '../client/letters.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { counted } from '../words/texts.ts';

/** The invitations to the interviews that are set, of those selected, in one print job. */
export function InviteMany({ chosen }: { readonly chosen: readonly CaseRow[] }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const able = chosen.filter(({ interviewAt, pathway }) => interviewAt !== null && pathway !== 'closed');
  const make = async () => {
    setBusy(true);
    try {
      const cases = able.slice(0, BULK_MAX).map(({ caseId, version }) => ({ caseId, version }));
      const { letters, left } = await call('makeManySummons', { body: { cases } });
      if (left.length > 0 || letters.length === 0)
        tell({
          tone: 'problem',
          text: [
            `${counted(letters.length, 'invitation établie', 'invitations établies')}.`,
            ...new Set(left.map(({ why }) => why)),
          ].join(' '),
        });
      await refreshCases(client);
      if (letters.length > 0) {
        setLetters(letters);
        navigate('/documents');
        return;
      }
    } catch (error) {
      const why = error instanceof ApiProblem ? error.message : 'Connexion perdue.';
      tell({ tone: 'problem', text: `Aucune invitation établie. ${why}` });
    }
    setBusy(false);
  };
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={busy || able.length === 0}
      onClick={() => void make()}
    >
      {able.length === 0
        ? 'Inviter : aucun entretien fixé'
        : `Inviter par courrier : ${able.length} sur ${chosen.length}`}
    </button>
  );
}
