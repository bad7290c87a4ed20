import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { refreshCases } from '../client/act.ts';
import { tell } from '../client/notices.ts';
import { startOutbox } from '../client/outbox.ts';
import { useRenewal } from '../client/renewal.ts';
import type { Me } from '../client/session.ts';
import { Tour } from '../tour/tour.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { MissingParts } from './missing-parts.tsx';
import { Navigation } from './navigation.tsx';
import { Notices, Offline } from './notices.tsx';

function SkipLink() {
  return (
    <a className="skip" href="#contenu">
      Aller au contenu
    </a>
  );
}

/** Sends what waits for the network, and tells what became of it. */
function useOutboxOf({ personId }: Me): void {
  const client = useQueryClient();
  useEffect(
    () =>
      startOutbox(personId, ({ label, problem }) => {
        tell(
          problem === undefined
            ? { tone: 'done', text: `Connexion retrouvée. ${label} : c’est parti.` }
            : {
                tone: 'problem',
                text: `${label} : cela n’a pas pu être enregistré. ${problem.message}`,
              },
        );
        void refreshCases(client);
      }),
    [personId, client],
  );
}

/** Around every screen of somebody signed in. */
export function Frame({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  useOutboxOf(me);
  useRenewal();
  return (
    <>
      <SkipLink />
      <Header me={me} />
      <Navigation me={me} />
      <Offline />
      <main id="contenu" tabIndex={-1}>
        <Tour me={me} />
        <MissingParts />
        {children}
      </main>
      <Footer />
      <Notices />
    </>
  );
}

/** Around the pages that anybody may read. */
export function PublicFrame({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="header">
        <Link className="brand" href="/">
          <img src="/favicon.svg" alt="" width="32" height="32" />
          Raccroche
        </Link>
      </header>
      <main id="contenu" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}
