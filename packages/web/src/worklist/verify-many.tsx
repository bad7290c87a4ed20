import {
  BULK_MAX,
  type CaseRow,
  REFUTATION_REASONS,
  RefutationLabels,
  type RefutationReason,
} from '@raccroche/contract';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { capital, counted } from '../words/texts.ts';
import { useBulk } from './use-bulk.ts';

const CONFIRMED = 'confirmed';
/** A death is told of one person at a time. */
const REASONS = REFUTATION_REASONS.filter((reason) => reason !== 'deceased');

/** Verifies those selected alike: still without a solution, or not to follow, and why. */
export function VerifyMany({
  chosen,
  onDone,
}: {
  readonly chosen: readonly CaseRow[];
  readonly onDone: () => void;
}) {
  const [answer, setAnswer] = useState('');
  const { busy, run } = useBulk();
  const able = chosen.filter(
    ({ verification, pathway }) => verification === 'to_verify' && pathway !== 'closed',
  );
  const cases = able.slice(0, BULK_MAX).map(({ caseId, version }) => ({ caseId, version }));
  const verify = async () => {
    const body =
      answer === CONFIRMED
        ? { cases, decision: 'confirm' as const }
        : { cases, decision: 'refute' as const, reason: answer as RefutationReason };
    const told = (count: number) => `${counted(count, 'personne vérifiée', 'personnes vérifiées')}.`;
    if (await run(() => call('bulkVerify', { body }), told)) onDone();
  };
  return (
    <>
      <label className="field-inline">
        <span>Vérifier</span>
        <select value={answer} onChange={(event) => setAnswer(event.target.value)}>
          <option value="">Choisir…</option>
          <option value={CONFIRMED}>Toujours sans solution</option>
          {REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {capital(RefutationLabels[reason])}
            </option>
          ))}
        </select>
      </label>
      {answer !== '' && (
        <button
          type="button"
          className="button"
          disabled={busy || able.length === 0}
          onClick={() => void verify()}
        >
          {able.length === chosen.length
            ? `Vérifier ${counted(able.length, 'personne', 'personnes')}`
            : `Vérifier ${able.length} sur ${chosen.length} : les autres le sont déjà`}
        </button>
      )}
    </>
  );
}
