import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { setNoticesPlace } from '../client/notices.ts';
import { CaseSummary } from '../dossier/case-summary.tsx';
import { Offline } from '../frame/notices.tsx';
import { useUrlState } from '../frame/url-state.ts';

/** The case of the address, beside its list. Escape closes it, `j` and `k` go to the next and the one before. */
export function Drawer() {
  const [url, setUrl] = useUrlState();
  const dialog = useRef<HTMLDialogElement>(null);
  const caseId = url.get('dossier');
  const open = caseId !== null;
  useEffect(() => {
    if (!open) return;
    if (dialog.current?.open === false) dialog.current.showModal();
    setNoticesPlace(dialog.current);
    return () => setNoticesPlace(null);
  }, [open]);
  if (caseId === null) return null;
  const close = () => setUrl({ dossier: undefined, faire: undefined });
  return (
    <dialog ref={dialog} className="drawer" aria-label="Dossier" onClose={close}>
      <div className="drawer-bar">
        <Link href={`/dossiers/${caseId}`}>Ouvrir le dossier entier</Link>
        <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
          Fermer <kbd aria-hidden>Échap</kbd>
        </button>
      </div>
      <Offline />
      <CaseSummary key={caseId} caseId={caseId} first={url.get('faire') ?? undefined} />
    </dialog>
  );
}
