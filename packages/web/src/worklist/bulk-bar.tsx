import type { CaseRow } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshCases } from '../client/act.ts';
import { call } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { may, useMe } from '../client/session.ts';
import { counted } from '../words/texts.ts';

interface Colleague {
  readonly personId: string;
  readonly displayName: string;
}

/** Who of the selection can be assigned, and how many are left out. */
function split(rows: readonly CaseRow[], selected: ReadonlySet<string>, referent: string) {
  const chosen = rows.filter(({ caseId }) => selected.has(caseId));
  const closed = chosen.filter(({ pathway }) => pathway === 'closed');
  const already = chosen.filter((row) => row.pathway !== 'closed' && row.referent === referent);
  return {
    chosen,
    closed,
    already,
    able: chosen.filter((row) => !closed.includes(row) && !already.includes(row)),
  };
}

async function assignAll(able: readonly CaseRow[], referent: string): Promise<number> {
  let refused = 0;
  for (const { caseId, version } of able) {
    await call('assign', { params: { caseId }, body: { version, referent } }).catch(() => {
      refused += 1;
    });
  }
  return refused;
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
}: {
  readonly rows: readonly CaseRow[];
  readonly selected: ReadonlySet<string>;
  readonly colleagues: readonly Colleague[];
  readonly onClear: () => void;
}) {
  const client = useQueryClient();
  const { data: me } = useMe();
  const [referent, setReferent] = useState('');
  const [busy, setBusy] = useState(false);
  if (selected.size === 0 || !me) return null;
  const { chosen, able, closed, already } = split(rows, selected, referent);
  const name = colleagues.find(({ personId }) => personId === referent)?.displayName ?? '';
  const leftOut = [
    ...(closed.length > 0 ? [counted(closed.length, 'dossier clos', 'dossiers clos')] : []),
    ...(already.length > 0 ? [counted(already.length, 'déjà confié', 'déjà confiés')] : []),
  ].join(', ');
  const assign = async () => {
    setBusy(true);
    const refused = await assignAll(able, referent);
    setBusy(false);
    tell({
      tone: refused > 0 ? 'problem' : 'done',
      text:
        `${counted(able.length - refused, 'dossier confié', 'dossiers confiés')} à ${name}.` +
        (refused > 0
          ? ` ${counted(refused, 'n’a pas pu l’être', 'n’ont pas pu l’être')} : relisez-les.`
          : ''),
    });
    onClear();
    await refreshCases(client);
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
      <button type="button" className="button button-quiet" onClick={onClear}>
        Tout désélectionner
      </button>
    </section>
  );
}
