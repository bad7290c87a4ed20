import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { CaseSummary } from '../dossier/case-summary.tsx';
import { useUrlState } from '../frame/url-state.ts';

/** The case of the address, beside its list. Escape closes it, `j` and `k` go to the next and the one before. */
export function Drawer() {
  const [url, setUrl] = useUrlState();
  const dialog = useRef<HTMLDialogElement>(null);
  const caseId = url.get('dossier');
  const open = caseId !== null;
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
  }, [open]);
  if (caseId === null) return null;
  const close = () => setUrl({ dossier: undefined });
  return (
    <dialog ref={dialog} className="drawer" aria-label="Dossier" onClose={close}>
      <div className="drawer-bar">
        <Link href={`/dossiers/${caseId}`}>Ouvrir le dossier entier</Link>
        <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
          Fermer <kbd aria-hidden>Échap</kbd>
        </button>
      </div>
      <CaseSummary key={caseId} caseId={caseId} />
    </dialog>
  );
}
