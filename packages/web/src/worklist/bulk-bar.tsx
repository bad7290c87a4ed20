import { BULK_MAX, type CaseRow } from '@raccroche/contract';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { may, useMe } from '../client/session.ts';
import { counted } from '../words/texts.ts';
import { InviteMany } from './invite-many.tsx';
import { useBulk } from './use-bulk.ts';
import { VerifyMany } from './verify-many.tsx';

interface Colleague {
  readonly personId: string;
  readonly displayName: string;
}

/** Who of the selection can be assigned, and how many are left out. */
function split(rows: readonly CaseRow[], selected: ReadonlySet<string>, referent: string) {
  const chosen = rows.filter(({ caseId }) => selected.has(caseId));
  const closed = chosen.filter(({ pathway }) => pathway === 'closed');
  const already = chosen.filter((row) => row.pathway !== 'closed' && row.referent === referent);
  const leftOut = [
    ...(closed.length > 0 ? [counted(closed.length, 'dossier clos', 'dossiers clos')] : []),
    ...(already.length > 0 ? [counted(already.length, 'déjà confié', 'déjà confiés')] : []),
  ].join(', ');
  return {
    chosen,
    leftOut,
    able: chosen.filter((row) => !closed.includes(row) && !already.includes(row)),
  };
}

function AssignTo({
  colleagues,
  referent,
  onChoose,
  able,
  busy,
  onAssign,
}: {
  readonly colleagues: readonly Colleague[];
  readonly referent: string;
  readonly onChoose: (personId: string) => void;
  readonly able: number;
  readonly busy: boolean;
  readonly onAssign: () => void;
}) {
  return (
    <>
      <label className="field-inline">
        <span>Confier à</span>
        <select value={referent} onChange={(event) => onChoose(event.target.value)}>
          <option value="">Choisir…</option>
          {colleagues.map(({ personId, displayName }) => (
            <option key={personId} value={personId}>
              {displayName}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        disabled={referent === '' || able === 0 || busy}
        onClick={onAssign}
      >
        {busy ? 'En cours…' : `Confier ${counted(able, 'dossier', 'dossiers')}`}
      </button>
    </>
  );
}

/** Says what it will do, to how many, and who is left out and why, before it does. */
export function BulkBar({
  rows,
  selected,
  colleagues,
  onClear,
  onExport,
}: {
  readonly rows: readonly CaseRow[];
  readonly selected: ReadonlySet<string>;
  readonly colleagues: readonly Colleague[];
  readonly onClear: () => void;
  readonly onExport: () => void;
}) {
  const { data: me } = useMe();
  const [referent, setReferent] = useState('');
  const { busy, run } = useBulk();
  if (selected.size === 0 || !me) return null;
  const { chosen, able, leftOut } = split(rows, selected, referent);
  const name = colleagues.find(({ personId }) => personId === referent)?.displayName ?? '';
  const assign = async () => {
    const cases = able.slice(0, BULK_MAX).map(({ caseId, version }) => ({ caseId, version }));
    const told = (count: number) => `${counted(count, 'dossier confié', 'dossiers confiés')} à ${name}.`;
    if (await run(() => call('bulkAssign', { body: { cases, referent } }), told)) onClear();
  };
  return (
    <section className="bulk-bar" aria-label="Actions sur la sélection">
      <p role="status">
        <strong>{counted(chosen.length, 'sélectionné', 'sélectionnés')}</strong>
        {referent !== '' && leftOut !== '' && ` · ${able.length} sur ${chosen.length} : ${leftOut}`}
      </p>
      {may(me, 'case.assign') && (
        <AssignTo
          colleagues={colleagues}
          referent={referent}
          onChoose={setReferent}
          able={able.length}
          busy={busy}
          onAssign={() => void assign()}
        />
      )}
      {may(me, 'case.act') && <VerifyMany chosen={chosen} onDone={onClear} />}
      {may(me, 'case.act') && <InviteMany chosen={chosen} />}
      <button type="button" className="button button-quiet" onClick={onExport}>
        Exporter
      </button>
      <button type="button" className="button button-quiet bulk-clear" onClick={onClear}>
        Tout désélectionner
      </button>
    </section>
  );
}
