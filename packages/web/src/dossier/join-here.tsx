import type { CaseDetail } from '@raccroche/contract';
import { call } from '../client/call.ts';
import { usePlainAct } from './use-plain-act.tsx';

/** The other case is closed and its story goes on in this one; an undo parts them. `other`: its id. */
export function JoinHere({ one, other }: { readonly one: CaseDetail; readonly other: string }) {
  const { busy, trouble, run } = usePlainAct();
  const ofOther = { params: { caseId: other } };
  const join = () =>
    run(
      async () => {
        const { version } = await call('caseDetail', ofOther);
        const body = { version, into: one.caseId, intoVersion: one.version };
        await call('mergeCases', { ...ofOther, body });
      },
      'Dossiers réunis dans celui-ci',
      async () => {
        const { version } = await call('caseDetail', ofOther);
        await call('partCases', { ...ofOther, body: { version } });
      },
    );
  return (
    <>
      {trouble}
      <button type="button" className="button" disabled={busy} onClick={() => void join()}>
        C’est la même personne : réunir ici
      </button>
    </>
  );
}
