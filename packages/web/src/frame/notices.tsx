import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { dropNotice, lastUndo, type Notice, tell, useNotices, useNoticesPlace } from '../client/notices.ts';
import { useOutbox } from '../client/outbox.ts';
import { ApiProblem, Unreachable } from '../client/problem.ts';
import { counted } from '../words/texts.ts';

async function takeBack(notice: Notice): Promise<void> {
  dropNotice(notice.id);
  try {
    await notice.undo?.();
  } catch (error) {
    const text =
      error instanceof Unreachable
        ? 'Connexion perdue : l’annulation n’est pas partie. Vous pourrez annuler depuis l’historique.'
        : error instanceof ApiProblem
          ? error.message
          : 'L’annulation n’a pas abouti.';
    tell({ tone: 'problem', text });
  }
}

/** `Ctrl+Z` takes back what the notice on screen tells. */
function useUndoKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      const typing = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      const notice = isUndo && !typing ? lastUndo() : undefined;
      if (notice === undefined) return;
      event.preventDefault();
      void takeBack(notice);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** What was just done, with its undo, above everything else. */
export function Notices() {
  useUndoKey();
  const notices = useNotices();
  const place = useNoticesPlace();
  const shown = (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={`notice notice-${notice.tone}`}>
          <span>{notice.text}</span>
          {notice.undo && (
            <button type="button" className="notice-undo" onClick={() => void takeBack(notice)}>
              Annuler
            </button>
          )}
          <button
            type="button"
            className="notice-close"
            aria-label="Fermer ce message"
            onClick={() => dropNotice(notice.id)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
  return place === null ? shown : createPortal(shown, place);
}

/** The network is cut, or something waits for it. */
export function Offline() {
  const { cut, kept } = useOutbox();
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  const lost = cut || !online;
  return (
    <div role="status" className="offline-place">
      {lost && (
        <p className="offline">
          Connexion perdue.{' '}
          {kept.length > 0
            ? 'Votre saisie est gardée ici et partira'
            : 'Ce que vous saisirez sera gardé ici et partira'}{' '}
          au retour du réseau
          {kept.length > 0 ? ` (${counted(kept.length, 'action', 'actions')} en attente)` : ''}.
        </p>
      )}
    </div>
  );
}
