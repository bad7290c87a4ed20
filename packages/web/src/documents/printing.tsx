import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Empty } from '../frame/states.tsx';

/** Where papers are printed, once those that were made are gone: they are kept nowhere. `children`: how to have them again. */
export const NothingToPrint = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: string;
}) => (
  <Empty title={title} isPage>
    <p>{children}</p>
    <p>
      <Link href="/liste">Retour à la liste</Link>
    </p>
  </Empty>
);

/** Prints what the page shows, or goes back to `href`. `children`: what the way back says. */
export const PrintOrLeave = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <p>
    <button type="button" className="button" onClick={() => window.print()}>
      Imprimer
    </button>{' '}
    <Link className="button button-quiet" href={href}>
      {children}
    </Link>
  </p>
);
