import { Component, type ReactNode, useEffect, useRef } from 'react';
import { call } from '../client/call.ts';

const LOOK_MS = 3_000;

/** What stands for a page that could not be shown. It comes by itself once a network that was cut is back. */
function Faulted() {
  const wasCut = useRef(!navigator.onLine);
  useEffect(() => {
    const look = () =>
      call('health', {}).then(
        () => wasCut.current && window.location.reload(),
        () => {
          wasCut.current = true;
        },
      );
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="state state-problem" role="alert">
      <h1 className="state-title">Cette page n’a pas pu s’afficher.</h1>
      <p>
        Le réseau s’est coupé, ou l’application vient d’être mise à jour. Ce que vous aviez enregistré l’est
        toujours, et ce qui attend le réseau partira à son retour.
      </p>
      <p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Recharger la page
        </button>
      </p>
      <p className="quiet">
        Si cela recommence, dites à l’assistance l’adresse de cette page et l’heure : elle ne contient aucun
        nom.
      </p>
    </div>
  );
}

interface Props {
  /** Where one is: elsewhere is another page, which may be well. */
  readonly place: string;
  readonly children: ReactNode;
}

/** Around a page: when its code does not come, or fails, the frame stays, with the way on. */
export class PageFault extends Component<Props, { readonly at: string | undefined }> {
  override state: { readonly at: string | undefined } = { at: undefined };

  static getDerivedStateFromError(): { readonly at: string } {
    return { at: '' };
  }

  static getDerivedStateFromProps({ place }: Props, { at }: { readonly at: string | undefined }) {
    if (at === undefined || at === place) return null;
    return { at: at === '' ? place : undefined };
  }

  override render(): ReactNode {
    return this.state.at === undefined ? this.props.children : <Faulted />;
  }
}
