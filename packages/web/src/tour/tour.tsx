import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Me } from '../client/session.ts';
import { type Stop, stopsOf } from './stops.ts';
import { setTour, useTour } from './tour-state.ts';
import '../style/tour.css';

/** One stop after the other, above its page; Escape ends it. */
function Steps({ stops }: { readonly stops: readonly Stop[] }) {
  const [, navigate] = useLocation();
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const stop = stops[at];
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  // The page comes behind, and the stop is said.
  useEffect(() => {
    if (stop === undefined) return;
    navigate(stop.path);
    const said = requestAnimationFrame(() => title.current?.focus());
    return () => cancelAnimationFrame(said);
  }, [stop, navigate]);
  if (stop === undefined) return null;
  const isLast = at === stops.length - 1;
  return (
    <dialog ref={dialog} className="tour" aria-labelledby="visite-etape" onClose={() => setTour('closed')}>
      <p className="quiet">
        Visite, étape {at + 1} sur {stops.length}
      </p>
      <h2 id="visite-etape" ref={title} tabIndex={-1}>
        {stop.title}
      </h2>
      <p>{stop.text}</p>
      <div className="tour-buttons">
        <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
          {isLast ? 'Fermer' : 'Arrêter la visite'}
        </button>
        {at > 0 && (
          <button type="button" className="button button-quiet" onClick={() => setAt(at - 1)}>
            Précédent
          </button>
        )}
        {!isLast && (
          <button type="button" className="button" onClick={() => setAt(at + 1)}>
            Suivant
          </button>
        )}
      </div>
    </dialog>
  );
}

/** Of the demonstration alone: offered once, at the top of the page, and never again when it is declined. */
export function Tour({ me }: { readonly me: Me }) {
  const standing = useTour();
  if (me.signIn.kind !== 'demo' || standing === 'closed') return null;
  if (standing === 'open') return <Steps stops={stopsOf(me)} />;
  return (
    <section className="tour-offer" aria-label="Visite guidée">
      <p>
        <strong>Première visite, {me.displayName} ?</strong> Une minute pour voir l’essentiel. Personne n’est
        réel : essayez tout.
      </p>
      <div className="tour-buttons">
        <button type="button" className="button" onClick={() => setTour('open')}>
          Faire la visite
        </button>
        <button type="button" className="button button-quiet" onClick={() => setTour('closed')}>
          Ne plus proposer
        </button>
      </div>
    </section>
  );
}

/** From the help: once more. */
export function TourAgain({ me }: { readonly me: Me }) {
  if (me.signIn.kind !== 'demo') return null;
  return (
    <p>
      <button type="button" className="button button-quiet" onClick={() => setTour('open')}>
        Refaire la visite guidée
      </button>
    </p>
  );
}
